// What a row shows when it is open: the facts of the record, its phase, and what it is about.
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import type {Touchpoint} from '../api/types';
import {full_time, hour_and_minute, sentence, split_identity} from '../lib/format';
import {channel_name, namespace_name} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {set_filters} from '../state/route';
import {OutLink} from './parts';
import {t, w, word} from '../lib/words';

const k_phase_by: Record<string, string> = {
  agent: w('an agent says so'), source: w('the source says so'), mapping: w('the mapping says so'), journey: w('a step of a journey'),
  rule: w('by where the customer stood'), table: w('by its kind'),
};

/** Sources call some things only `x`. */
const rel_name = (rel: string) => (rel === 'x' ? t('Record') : word(sentence(rel)));

export function Details({state, item, time}: {state: CustomerState; item: Touchpoint; time: number}) {
  if (item.hidden) return <p class="note">{t('Your role may not read it. What it was stays with its department.')}</p>;
  if (item.burst) return <Members state={state} item={item} />;
  const identity = split_identity(item.identity);
  return (
    <dl class="details">
      <dt>{t('When')}</dt>
      <dd>{full_time(time)}</dd>
      <dt>{t('Kind')}</dt>
      <dd>{word(item.title)}, {item.kind}</dd>
      {item.phase ? [<dt key="phase">{t('Phase')}</dt>, <dd key="phase-value">{word(item.phase.name)} <small>({word(k_phase_by[item.phase.by] ?? item.phase.by)})</small></dd>] : null}
      <dt>{t('Channel')}</dt>
      <dd>{sentence(channel_name(item.channel))}{item.platform ? `, ${sentence(item.platform)}` : ''}</dd>
      {item.owner && (item.owner.employee || item.owner.team) ? [<dt key="owner">{t('Handled by')}</dt>, <dd key="owner-value">{[item.owner.employee, item.owner.team].filter(Boolean).join(', ')}</dd>] : null}
      <dt>{t('Known by')}</dt>
      <dd>{namespace_name(identity.ns)} <bdi>{identity.value}</bdi></dd>
      {item.refs?.map(({rel, id, label, url}) => [
        <dt key={`${rel}-name`}>{rel_name(rel)}</dt>,
        <dd key={`${rel}-${id}`} class="about">
          <OutLink url={url} within={item.connection}>{label || id}</OutLink>
          <button class="text-button" tabIndex={-1} onClick={() => set_filters({ref: id, group: 'all', text: '', mood: '', people: false})}>{t('Only this: {what}', {what: rel_name(rel)})}</button>
        </dd>,
      ])}
      <dt>{t('Source')}</dt>
      <dd>{item.url ? <OutLink url={item.url} within={item.connection}>{item.connection}</OutLink> : item.connection}</dd>
    </dl>
  );
}

/** What a burst stands for. */
function Members({state, item}: {state: CustomerState; item: Touchpoint}) {
  const members = useSignal<Touchpoint[] | null>(null);
  const failed = useSignal('');
  useEffect(() => {
    state.members(item).then(found => (members.value = found), error => (failed.value = String((error as Error).message)));
  }, [item.id]);
  if (failed.value) return <p class="alarm" role="alert">{t('They could not be read: {why}.', {why: failed.value})}</p>;
  return (
    <ul class="members">
      {members.value?.map(each => (
        <li key={each.id}>
          <time dateTime={each.occurred_at}>{hour_and_minute(Date.parse(each.occurred_at))}</time>
          <bdi>{each.subject || word(each.title)}</bdi>
          <OutLink url={each.url} within={each.connection}>{each.url ? t('Open|verb') : ''}</OutLink>
        </li>
      ))}
    </ul>
  );
}
