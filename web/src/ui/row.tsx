// One row of the timeline: a touchpoint, or a burst of passing ones.
import type {ComponentChildren} from 'preact';
import {memo} from './memo';
import type {Touchpoint} from '../api/types';
import {beginning, count, counted, full_time, hour_and_minute, money, sentence, span} from '../lib/format';
import {experience_text, icon_of, is_talk, tone_of} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {pins, toggle_pin} from '../state/pins';
import type {Timeline} from '../state/timeline';
import {later} from './later';
import {MoodGlyph} from './mood_glyph';
import {Hidden, Icon, OutLink} from './parts';
import {t, word} from '../lib/words';
import {may} from '../state/session';

const Details = later(() => import('./beside').then(part => part.Details));

const k_long_silence_days = 9;
/** A row that is closed shows no more; laying out a megabyte for it would take seconds. */
const k_two_lines = 600;
const k_title = 200;
/** What a mapping makes of a record is seen by its beginning. */
const k_sample = 2_000;

interface Props {
  state: CustomerState;
  item: Touchpoint;
  index: number;
  total: number;
  timeline: Timeline;
  day: string;
  quiet_days: number;
}

export const Row = memo(function Row({state, item, index, total, timeline, day, quiet_days}: Props) {
  const cursor = timeline.cursor.value;
  const open = timeline.open.value.has(item.id);
  return (
    <article class={`${kinds_of(item)}${cursor === index ? ' at-cursor' : ''}`} data-row={index} tabIndex={cursor === index || (cursor < 0 && index === 0) ? 0 : -1} aria-posinset={index + 1}
      aria-setsize={total} aria-labelledby={item.id} onFocus={() => (timeline.cursor.value = index)}>
      {quiet_days >= k_long_silence_days ? <div class="silence">{counted(quiet_days, 'quiet day')}</div> : null}
      {day ? <div class="day"><b>{day}</b></div> : null}
      <Item item={item} open={open} toggle={() => timeline.toggle(item.id)}
        details={open ? <Details state={state} item={item} time={Date.parse(item.occurred_at)} /> : null} actions={<Actions state={state} item={item} />} />
    </article>
  );
});

const kinds_of = (item: Touchpoint) => `row${item.internal ? ' internal' : ''}${item.quiet ? ' quiet' : ''}${item.hidden ? ' hidden-row' : ''}`;

interface ItemProps {
  item: Touchpoint;
  open?: boolean;
  /** Without it, the title is no button. */
  toggle?: () => void;
  details?: ComponentChildren;
  actions?: ComponentChildren;
}

function Item({item, open, toggle, details, actions}: ItemProps) {
  const time = Date.parse(item.occurred_at);
  const icon = icon_of(item.kind, item.channel);
  const title = <bdi>{open ? title_of(item) : beginning(title_of(item), k_title)}</bdi>;
  return (
    <div class="item">
      <time dateTime={item.occurred_at} title={full_time(time)}>{hour_and_minute(time)}</time>
      <span class={`node icon-${icon}`}>
        <Icon name={item.hidden ? 'internal' : icon} size={15} />
        {item.mood && item.mood.tone !== 'neutral' ? <i><MoodGlyph tone={item.mood.tone} /></i> : null}
      </span>
      <div class="words">
        <h3 id={toggle ? item.id : undefined}>
          <Who item={item} />
          <span class="title">
            {toggle ? <button tabIndex={-1} aria-expanded={open} onClick={toggle}>{title}</button> : title}
            {item.subject && !item.burst && !is_talk(item.kind) ? <span class="kind">{word(item.title)}</span> : null}
            {item.status ? <span class={`status ${tone_of(item.status)}`}>{word(sentence(item.status))}</span> : null}
          </span>
        </h3>
        {item.burst ? <p class="clamped">{item.burst.subjects.join(' · ')}</p> : item.snippet ? <p dir="auto" class={open ? undefined : 'clamped'}>{open ? item.snippet : beginning(item.snippet, k_two_lines)}</p> : null}
        <Facts item={item} />
        {details}
      </div>
      <Origin item={item} />
      {actions}
    </div>
  );
}

/** A touchpoint as agents see it, on other pages than theirs. */
export const Shown = ({item}: {item: Touchpoint}) => <div class={`as-shown ${kinds_of(item)}`}><Item item={{...item, snippet: beginning(item.snippet ?? '', k_sample)}} open /></div>;

/** A burst reads "Page viewed 14 times"; anything else by its subject; what one may not see by its department. */
function title_of(item: Touchpoint): string {
  if (item.hidden) return item.department_name ? t('{department}, hidden', {department: item.department_name}) : t('Hidden');
  if (item.burst) return t('{what} {n} times', {what: word(item.title), n: count(item.burst.count)});
  return item.subject?.trim() || word(item.title);
}

function Who({item}: {item: Touchpoint}) {
  if (item.internal) return <span class="direction"><Icon name="internal" size={13} /><Hidden>{t('Internal')}: </Hidden></span>;
  if (item.quiet || (item.direction !== 'inbound' && item.direction !== 'outbound')) return null;
  const words = item.direction === 'inbound' ? t('From the customer') : t('From us');
  return <span class="direction" title={words}><Icon name={item.direction} size={14} /><Hidden>{words}: </Hidden></span>;
}

/** What was paid and what was measured. */
function Facts({item}: {item: Touchpoint}) {
  if (!item.amount && !item.experience?.length) return null;
  return (
    <p class="facts">
      {item.amount ? <span>{money(item.amount)}</span> : null}
      {item.experience?.map(experience => <span key={experience.measure}>{experience_text(experience)}</span>)}
      {item.mood ? <Hidden>{t('Mood')}: {item.mood.stated ? word(item.mood.tone) : t('{what}, estimated', {what: word(item.mood.tone)})}</Hidden> : null}
    </p>
  );
}

function Origin({item}: {item: Touchpoint}) {
  const record = record_of(item);
  const length = item.burst ? Date.parse(item.burst.to) - Date.parse(item.burst.from) : item.ended_at ? Date.parse(item.ended_at) - Date.parse(item.occurred_at) : 0;
  return (
    <div class="origin">
      <span>{[item.department_name ?? item.department, item.connection].filter(Boolean).join(', ')}</span>
      {record || length ? (
        <small>
          {length >= 60_000 ? <span>{span(length)}</span> : null}
          {record ? <OutLink url={record.url} within={item.connection}>{record.label}</OutLink> : null}
        </small>
      ) : null}
    </div>
  );
}

/** The source's own name for the record, and where it lies. */
function record_of(item: Touchpoint): {label: string; url: string | null} | null {
  const named = item.refs?.find(({label, id}) => label || id);
  if (named) return {label: named.label || named.id, url: item.url || named.url || null};
  return item.url ? {label: t('Open|verb'), url: item.url} : null;
}

/** Floating at the row's edge while the pointer or the keyboard is on it. */
function Actions({state, item}: {state: CustomerState; item: Touchpoint}) {
  if (item.burst || item.hidden || !may('POST /api/v1/customers/{}/pins')) return null;
  const pinned = pins.value.some(({touchpoint}) => touchpoint === item.id);
  return (
    <span class="actions">
      <button class="icon-button small pin" aria-pressed={pinned} tabIndex={-1} title={t('Pin for everybody (p)')} onClick={() => void toggle_pin(state.id, item.id)}>
        <Icon name="pin" size={14} /><Hidden>{pinned ? t('Unpin for everybody') : t('Pin for everybody')}</Hidden>
      </button>
    </span>
  );
}

export function SkeletonRow({index, total}: {index: number; total: number}) {
  return (
    <article class="row skeleton" data-row={index} aria-posinset={index + 1} aria-setsize={total} aria-busy="true" aria-label={t('Loading')}>
      <div class="item">
        <time />
        <span class="node" />
        <div class="words"><s class={`bar width-${index % 3}`} /><s class="bar wide" /></div>
      </div>
    </article>
  );
}
