// One touchpoint.
import {memo} from './memo';
import type {Touchpoint} from '../api/types';
import {full_time, hour_and_minute, money, sentence, split_identity} from '../lib/format';
import {channel_name, experience_text, icon_of, is_quiet, namespace_name, tone_of} from '../lib/kinds';
import type {Timeline} from '../state/timeline';
import {Hidden, Icon, OutLink} from './parts';

const k_long_silence_days = 9;

interface Props {
  item: Touchpoint;
  index: number;
  total: number;
  timeline: Timeline;
  day: string;
  quiet_days: number;
}

export const Row = memo(function Row({item, index, total, timeline, day, quiet_days}: Props) {
  const cursor = timeline.cursor.value;
  const open = timeline.open.value.has(item.id);
  const time = Date.parse(item.occurred_at);
  const icon = icon_of(item.kind, item.channel);
  const kinds = ['row', item.internal && 'internal', is_quiet(item) && 'quiet', cursor === index && 'at-cursor'].filter(Boolean).join(' ');
  return (
    <article class={kinds} data-row={index} tabIndex={cursor === index || (cursor < 0 && index === 0) ? 0 : -1} aria-posinset={index + 1}
      aria-setsize={total} aria-labelledby={item.id} onFocus={() => (timeline.cursor.value = index)}>
      {quiet_days >= k_long_silence_days ? <div class="silence">{quiet_days} quiet days</div> : null}
      {day ? <div class="day"><b>{day}</b></div> : null}
      <div class="item">
        <time dateTime={item.occurred_at} title={full_time(time)}>{hour_and_minute(time)}</time>
        <span class={`node icon-${icon}`}><Icon name={icon} size={15} /></span>
        <div class="words">
          <h3 id={item.id}>
            <Who item={item} />
            <span class="title">
              <button tabIndex={-1} aria-expanded={open} onClick={() => timeline.toggle(item.id)}>
                {item.title}
                {item.subject ? <span class="subject">{item.subject}</span> : null}
              </button>
              {item.status ? <span class={`status ${tone_of(item.status)}`}>{sentence(item.status)}</span> : null}
            </span>
          </h3>
          {item.snippet ? <p class={open ? undefined : 'clamped'}>{item.snippet}</p> : null}
          <Facts item={item} />
          {open ? <Details item={item} time={time} /> : null}
        </div>
        <Origin item={item} />
      </div>
    </article>
  );
});

function Who({item}: {item: Touchpoint}) {
  if (item.internal) return <span class="direction"><Icon name="internal" size={13} /><Hidden>Internal: </Hidden></span>;
  if (item.direction !== 'inbound' && item.direction !== 'outbound') return null;
  const words = item.direction === 'inbound' ? 'From the customer' : 'From us';
  return <span class="direction" title={words}><Icon name={item.direction} size={14} /><Hidden>{words}: </Hidden></span>;
}

/** What was paid and what was measured. */
function Facts({item}: {item: Touchpoint}) {
  if (!item.amount && !item.experience?.length) return null;
  return (
    <p class="facts">
      {item.amount ? <span>{money(item.amount)}</span> : null}
      {item.experience?.map(experience => <span key={experience.measure}>{experience_text(experience)}</span>)}
    </p>
  );
}

function Origin({item}: {item: Touchpoint}) {
  const record = record_of(item);
  return (
    <div class="origin">
      <span>{[item.department_name ?? item.department, item.connection].filter(Boolean).join(', ')}</span>
      {record ? <small><OutLink url={record.url} within={item.connection}>{record.label}</OutLink></small> : null}
    </div>
  );
}

/** The source's own name for the record, and where it lies. */
function record_of(item: Touchpoint): {label: string; url: string | null} | null {
  const named = item.refs?.find(({label, id}) => label || id);
  if (named) return {label: named.label || named.id, url: item.url ?? named.url ?? null};
  return item.url ? {label: 'Open', url: item.url} : null;
}

function Details({item, time}: {item: Touchpoint; time: number}) {
  const identity = split_identity(item.identity);
  return (
    <dl class="details">
      <dt>When</dt>
      <dd>{full_time(time)}</dd>
      <dt>Kind</dt>
      <dd>{item.kind}</dd>
      <dt>Channel</dt>
      <dd>{sentence(channel_name(item.channel))}{item.platform ? `, ${sentence(item.platform)}` : ''}</dd>
      <dt>Known by</dt>
      <dd>{namespace_name(identity.ns)} {identity.value}</dd>
      {item.refs?.map(({rel, id, label, url}) => [
        <dt key={`${rel}-name`}>{sentence(rel)}</dt>,
        <dd key={`${rel}-${id}`}><OutLink url={url} within={item.connection}>{label || id}</OutLink></dd>,
      ])}
      <dt>Source</dt>
      <dd>{item.url ? <OutLink url={item.url} within={item.connection}>{item.connection}</OutLink> : item.connection}</dd>
    </dl>
  );
}

export function SkeletonRow({index, total}: {index: number; total: number}) {
  return (
    <article class="row skeleton" data-row={index} aria-posinset={index + 1} aria-setsize={total} aria-busy="true" aria-label="Loading">
      <div class="item">
        <time />
        <span class="node" />
        <div class="words"><s class={`bar width-${index % 3}`} /><s class="bar wide" /></div>
      </div>
    </article>
  );
}
