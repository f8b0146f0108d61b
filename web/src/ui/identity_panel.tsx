// Every identity of the customer, who knows it, why they are held to be one, and the ways to change that.
import type {Customer, Identity, Link} from '../api/types';
import {short_date, split_identity} from '../lib/format';
import {glyph_of} from '../lib/identities';
import {namespace_name} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {decide_merge, decide_split} from '../state/decision';
import {now} from '../state/screen';
import {IdentityGraph} from './identity_graph';
import {Icon} from './parts';

const shown = (key: string) => {
  const {ns, value} = split_identity(key);
  return `${namespace_name(ns)} ${value}`;
};

export function IdentityPanel({state, customer}: {state: CustomerState; customer: Customer}) {
  return (
    <section class="panel" aria-labelledby="identity-title">
      <h2 id="identity-title">Identity <span class="total">{customer.identities.length}</span></h2>
      <IdentityGraph customer={customer} />
      <ul class="identities">
        {customer.identities.map(identity => <Known key={`${identity.ns}:${identity.value}`} identity={identity} />)}
      </ul>
      {customer.links.length ? (
        <details class="why">
          <summary>Why linked?</summary>
          <ul>{customer.links.map(link => <Reason key={`${link.a} ${link.b} ${link.rule}`} link={link} />)}</ul>
        </details>
      ) : null}
      <p class="panel-actions">
        {customer.identities.length > 1 ? (
          <button class="button small" onClick={() => decide_split(state, customer)}><Icon name="split" size={13} />These are two people</button>
        ) : null}
        <button class="button small" onClick={() => decide_merge(state, customer)}><Icon name="merge" size={13} />Join with another</button>
      </p>
    </section>
  );
}

function Known({identity}: {identity: Identity}) {
  return (
    <li>
      <Icon name={glyph_of(identity.ns)} size={14} />
      <span class="identity">
        <b title={identity.value}><bdi>{identity.value}</bdi></b>
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
      <small>{actor}rule {link.rule}{link.evidence ? `, record ${link.evidence}` : ''}, {short_date(Date.parse(link.asserted_at), now.value)}</small>
    </li>
  );
}
