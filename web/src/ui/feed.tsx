// The timeline: the rows near the screen, the keyboard, and what is shown while there are none.
import {useEffect, useLayoutEffect} from 'preact/hooks';
import {is_filtered, k_no_filters} from '../lib/address';
import {counted, day_label, days_between, hour_and_minute} from '../lib/format';
import type {CustomerState} from '../state/customer';
import {filters, set_filters} from '../state/route';
import {now} from '../state/screen';
import type {Timeline} from '../state/timeline';
import {Blank, Icon, Stale} from './parts';
import {use_keys, use_window} from './feed_keys';
import {Row, SkeletonRow} from './row';
import {use_virtual_list, type VirtualList} from './virtual_list';
import {t} from '../lib/words';

const feed_role = () => ({role: 'feed', 'aria-label': t('Touchpoints, newest first')}) as const;

export function Feed({state, timeline}: {state: CustomerState; timeline: Timeline}) {
  const virtual = use_virtual_list(timeline);
  const focus = use_keys(state, timeline, virtual);
  use_window(state, timeline, virtual);
  useEffect(() => {
    const row = state.wanted_row.value;
    if (row === null) return;
    state.wanted_row.value = null;
    focus(row);
  }, [state.wanted_row.value]);
  const total = timeline.total.value;
  const failure = timeline.failure.value;
  const retry = () => {
    timeline.expire();
    timeline.need(virtual.window.peek().first, Math.max(1, virtual.window.peek().end));
  };
  const show_newest = async () => {
    await state.show_newest();
    virtual.to_newest();
  };
  return (
    <>
      {failure && total !== null ? (
        <Stale what={t('The timeline could not be read:')} message={failure.message} since={hour_and_minute(timeline.read_at)} retry={retry} />
      ) : null}
      <div class="scroll" data-scroll tabIndex={-1}>
        <Floating timeline={timeline} virtual={virtual} />
        <Unseen state={state} show={show_newest} />
        <div class="feed" ref={virtual.list} {...(total === 0 || (failure && total === null) ? {} : feed_role())} aria-busy={total === null && !failure}>
          {total === null ? failure ? null : Array.from({length: 8}, (_, index) => <SkeletonRow key={index} index={index} total={-1} />)
            : <Rows state={state} timeline={timeline} virtual={virtual} total={total} />}
        </div>
        {total === 0 ? <Nothing state={state} /> : null}
        {failure && total === null ? (
          <Blank icon="alert" title={t('The timeline could not be read')} alert>
            <p>{failure.message}.</p>
            <button class="button" onClick={retry}>{t('Try again')}</button>
          </Blank>
        ) : null}
      </div>
    </>
  );
}

function Rows({state, timeline, virtual, total}: {state: CustomerState; timeline: Timeline; virtual: VirtualList; total: number}) {
  const {first, end} = virtual.window.value;
  useLayoutEffect(virtual.after_draw);
  const rows = [];
  for (let index = first; index < Math.min(end, total); index++) {
    const item = timeline.row(index);
    if (!item) {
      rows.push(<SkeletonRow key={`empty-${index}`} index={index} total={total} />);
      continue;
    }
    const time = Date.parse(item.occurred_at);
    const newer = timeline.row(index - 1);
    const newer_time = newer && Date.parse(newer.occurred_at);
    const days = newer_time === undefined ? 0 : days_between(time, newer_time);
    const starts_day = index === 0 || days > 0;
    rows.push(
      <Row key={item.id} state={state} item={item} index={index} total={total} timeline={timeline} quiet_days={days - 1}
        day={starts_day ? day_label(time, now.value) : ''} />,
    );
  }
  return <>{rows}</>;
}

/** The day of the topmost row, while the divider itself is scrolled away. */
function Floating({timeline, virtual}: {timeline: Timeline; virtual: VirtualList}) {
  const item = virtual.top.value > 30 ? timeline.row(virtual.first_visible.value) : undefined;
  if (!item) return null;
  return <div class="floating-day" aria-hidden="true"><b>{day_label(Date.parse(item.occurred_at), now.value)}</b></div>;
}

function Unseen({state, show}: {state: CustomerState; show: () => void}) {
  const unseen = state.unseen.value.size;
  return (
    <div class="unseen" role="status">
      {unseen ? <button onClick={show}><Icon name="up" size={13} />{counted(unseen, 'new touchpoint')}</button> : null}
    </div>
  );
}

function Nothing({state}: {state: CustomerState}) {
  const summary = state.summary.value.value;
  if (is_filtered(filters.value)) {
    return (
      <Blank icon="search" title={t('Nothing matches')}>
        <p>{filters.value.text ? t('No touchpoint of this customer fits the filters and “{text}”.', {text: filters.value.text}) : t('No touchpoint of this customer fits the filters.')}</p>
        <button class="button" onClick={() => set_filters(k_no_filters)}>
          {summary ? t('Show all {count}', {count: counted(summary.touchpoints, 'touchpoint')}) : t('Show all')}
        </button>
      </Blank>
    );
  }
  const sources = summary?.sources.length ?? 0;
  return (
    <Blank icon="clock" title={sources ? t('Nothing yet from {sources}', {sources: counted(sources, 'source')}) : t('Nothing yet')}>
      <p>{t('The customer is known, but no source has recorded a touchpoint. New ones appear here as they happen.')}</p>
    </Blank>
  );
}
