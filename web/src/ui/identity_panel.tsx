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
import {rich, t, w} from '../lib/words';
import {may} from '../state/session';

const shown = (key: string) => {
  const {ns, value} = split_identity(key);
  return `${namespace_name(ns)} ${value}`;
};

export function IdentityPanel({state, customer}: {state: CustomerState; customer: Customer}) {
  return (
    <section class="panel" aria-labelledby="identity-title">
      <h2 id="identity-title">{t('Identity')} <span class="total">{customer.identities.length}</span></h2>
      <IdentityGraph customer={customer} />
      <ul class="identities">
        {customer.identities.map(identity => <Known key={`${identity.ns}:${identity.value}`} identity={identity} />)}
      </ul>
      {customer.links.length ? (
        <details class="why">
          <summary>{t('Why linked?')}</summary>
          <ul>{customer.links.map(link => <Reason key={`${link.a} ${link.b} ${link.rule}`} link={link} />)}</ul>
        </details>
      ) : null}
      <p class="panel-actions">
        {customer.identities.length > 1 && may('POST /api/v1/customers/{}/split') ? (
          <button class="button small" onClick={() => decide_split(state, customer)}><Icon name="split" size={13} />{t('These are two people')}</button>
        ) : null}
        {may('POST /api/v1/customers/{}/merge') ? <button class="button small" onClick={() => decide_merge(state, customer)}><Icon name="merge" size={13} />{t('Join with another')}</button> : null}
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
          {identity.strength === 'weak' ? t(', tells little by itself') : ''}
          {identity.sources.length > 0 && t(', from {sources}', {sources: identity.sources.join(', ')})}
        </small>
      </span>
    </li>
  );
}

function Reason({link}: {link: Link}) {
  const joins = link.polarity === 'same';
  const actor = link.by === 'source' ? '' : t('by {who}, ', {who: link.by});
  return (
    <li class={joins ? undefined : 'apart'}>
      <p>{rich(joins ? w('{a} is {b}') : w('{a} is not {b}'), {a: <b><bdi>{shown(link.a)}</bdi></b>, b: <b><bdi>{shown(link.b)}</bdi></b>})}</p>
      <p>{link.reason}</p>
      <small>{actor}{t('rule {rule}', {rule: link.rule})}{link.evidence ? t(', record {record}', {record: link.evidence}) : ''}, {short_date(Date.parse(link.asserted_at), now.value)}</small>
    </li>
  );
}
