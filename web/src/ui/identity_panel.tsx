// Every identity of the customer, who knows it, and why they are held to be one.
import type {Customer, Identity, Link} from '../api/types';
import {short_date, split_identity} from '../lib/format';
import {namespace_name} from '../lib/kinds';
import {now} from '../state/screen';
import {Icon} from './parts';
import type {Glyph} from './icons';

const glyph_of: Record<string, Glyph> = {email: 'email', phone: 'phone', cookie: 'web', device: 'app', social: 'social'};
const shown = (key: string) => {
  const {ns, value} = split_identity(key);
  return `${namespace_name(ns)} ${value}`;
};

export function IdentityPanel({customer}: {customer: Customer}) {
  return (
    <section class="panel" aria-labelledby="identity-title">
      <h2 id="identity-title">Identity <span class="total">{customer.identities.length}</span></h2>
      <ul class="identities">
        {customer.identities.map(identity => <Known key={`${identity.ns}:${identity.value}`} identity={identity} />)}
      </ul>
      {customer.links.length ? (
        <details class="why">
          <summary>Why linked?</summary>
          <ul>{customer.links.map(link => <Reason key={`${link.a} ${link.b} ${link.rule}`} link={link} />)}</ul>
        </details>
      ) : null}
    </section>
  );
}

function Known({identity}: {identity: Identity}) {
  return (
    <li>
      <Icon name={glyph_of[identity.ns] ?? 'other'} size={14} />
      <span class="identity">
        <b title={identity.value}>{identity.value}</b>
        <small>
          {namespace_name(identity.ns)}
          {identity.strength === 'weak' ? ', tells little by itself' : ''}
          {identity.sources.length > 0 && `, from ${identity.sources.join(', ')}`}
        </small>
      </span>
    </li>
  );
}

function Reason({link}: {link: Link}) {
  const joins = link.polarity === 'same';
  const actor = link.by === 'source' ? '' : `by ${link.by}, `;
  return (
    <li class={joins ? undefined : 'apart'}>
      <p><b>{shown(link.a)}</b> {joins ? 'is' : 'is not'} <b>{shown(link.b)}</b></p>
      <p>{link.reason}</p>
      <small>{actor}rule {link.rule}, record {link.evidence}, {short_date(Date.parse(link.asserted_at), now.value)}</small>
    </li>
  );
}
