// Can I repair last Tuesday? Stored records, read anew by the mappings of now; no source is asked.
import {useSignal, type Signal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {ago, count, counted, full_time} from '../lib/format';
import {as_failure} from '../lib/resource';
import {t, word} from '../lib/words';
import {now} from '../state/screen';
import {my_name} from '../state/settings';
import {cancel_plan, cancel_replay, plan, replays, start_plan, start_replay, streams, volume} from './change_client';
import {bars_of} from './bars';
import type {Replay, Selection, Volume} from './change_types';
import {Effects, Numbers} from './effects';
import {use_live} from './live';
import {Asks, Live, Progress, Said} from './parts';

/** For a field of the browser: in its own time zone. */
const local = (time: number) => new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const utc = (field: string) => (field ? new Date(field).toISOString() : undefined);

export function ReplayPage() {
  const from = useSignal('');
  const to = useSignal('');
  const connection = useSignal(new URLSearchParams(location.search).get('connection') ?? '');
  const where = useSignal('');
  const trying = useSignal('');
  const said = useSignal('');
  const known = use_live(streams, 'streams');
  const amount = use_live(stop => volume({connection: connection.value}, stop), connection.value);
  const all = use_live(replays, 'replays');
  const running = all.value.value?.replays.find(({state}) => state === 'running');
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void all.load(), 500);
    return () => clearInterval(timer);
  }, [running?.id]);
  const selection = (): Selection => ({connection: connection.value, from: utc(from.value)!, to: utc(to.value)!, where: where.value});
  const act = async (what: () => Promise<unknown>) => {
    said.value = '';
    try {
      await what();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  const connections = [...new Set(known.value.value?.streams.map(stream => stream.connection))];
  return (
    <>
      <p class="headline">{t('Reads stored records again with the mappings in use. Sources are not asked; what people decided stands.')}</p>
      <Live of={amount} what={t('What arrived when')}>{found => <Histogram found={found} from={from} to={to} />}</Live>
      <div class="fields-row">
        <label>{t('From|time')} <input type="datetime-local" value={from.value} onInput={event => (from.value = event.currentTarget.value)} /></label>
        <label>{t('To|time')} <input type="datetime-local" value={to.value} onInput={event => (to.value = event.currentTarget.value)} /></label>
        <label>{t('Connection')} <select value={connection.value} onChange={event => (connection.value = event.currentTarget.value)}><option value="">{t('all')}</option>{connections.map(id => <option key={id}>{id}</option>)}</select></label>
        <label>{t('Only where')} <input type="text" value={where.value} placeholder="status == 'open'" onInput={event => (where.value = event.currentTarget.value)} /></label>
      </div>
      <p class="action-row">
        <button class="button" onClick={() => void act(async () => (trying.value = (await start_plan({...selection(), with_rules: false})).id))}>{t('Dry run')}</button>
        <Asks primary off={!!running} label={t('Replay…')} sure={t('Replay these records')} act={() => void act(() => start_replay(selection(), my_name.value).then(() => all.load()))} />
        <span role="status">{said.value}</span>
      </p>
      {trying.value ? <DryRun key={trying.value} id={trying.value} /> : null}
      <Live of={all} what={t('The replays')}>
        {({replays: list}) => <ul class="causes">{list.map(replay => <One key={replay.id} replay={replay} after={() => void all.load()} />)}</ul>}
      </Live>
    </>
  );
}

/** A bar sets the range; with the shift key, or by a second one, it grows. */
function Histogram({found, from, to}: {found: Volume; from: Signal<string>; to: Signal<string>}) {
  const bars = bars_of(found.hours);
  const most = Math.max(1, ...bars.map(({records}) => records));
  const chosen = {from: from.value ? Date.parse(from.value) : -Infinity, to: to.value ? Date.parse(to.value) : Infinity};
  const take = (bar: {from: number; to: number}, grow: boolean) => {
    from.value = local(grow && from.value ? Math.min(chosen.from, bar.from) : bar.from);
    to.value = local(grow && to.value ? Math.max(chosen.to, bar.to) : bar.to);
  };
  if (!bars.length) return <p class="meta">{t('Nothing is stored yet.')}</p>;
  return (
    <figure class="arrivals">
      <div>
        {bars.map(bar => (
          <button key={bar.from} tabIndex={-1} title={`${full_time(bar.from)}: ${counted(bar.records, 'record')}`} aria-hidden="true"
            class={bar.to > chosen.from && bar.from < chosen.to ? 'on' : undefined} onClick={event => take(bar, event.shiftKey)}>
            <i style={{height: `${Math.round((bar.records / most) * 100)}%`}} />
          </button>
        ))}
      </div>
      <figcaption>{t('{records} arrived between {from} and {to}.', {records: counted(found.records, 'record'), from: full_time(bars[0]!.from), to: full_time(bars.at(-1)!.to)})}</figcaption>
    </figure>
  );
}

function DryRun({id}: {id: string}) {
  const one = use_live(stop => plan(id, stop), id);
  const state = one.value.value?.state;
  useEffect(() => {
    if (state && state !== 'running') return;
    const timer = setInterval(() => void one.load(), 500);
    return () => clearInterval(timer);
  }, [state]);
  return (
    <section aria-label={t('Dry run')} class="cause">
      <Live of={one} what={t('The dry run')}>
        {({state: how, records, total, started_at, error, report}) => how === 'running' ? <Progress label={t('Trying it on a copy')} done={records} total={total} since={started_at} stop={() => void cancel_plan(id)} />
          : report ? <><p class="headline">{report.empty ? t('Nothing would change.') : t('This is what would change.')}</p>{report.empty ? null : <Effects report={report} />}</>
          : <p class="alarm"><Said text={error || t('It was stopped.')} /></p>}
      </Live>
    </section>
  );
}

function One({replay, after}: {replay: Replay; after: () => void}) {
  const {id, state, connection, stream, from, to, where, total, records, started_at} = replay;
  const what = [connection || t('everything'), stream, from && t('from {time}', {time: full_time(Date.parse(from))}), to && t('to {time}', {time: full_time(Date.parse(to))}), where && t('where {condition}', {condition: where})].filter(Boolean).join(t(', '));
  return (
    <li class="cause">
      <h2>{t('Replay {id}', {id})} <small>{state === 'running' ? t('under way') : word(state)}{t(', ')}{ago(Date.parse(started_at), now.value)}</small></h2>
      <p class="meta"><Said text={what} /> · {t('{n} of {records}', {n: count(records), records: counted(total, 'record')})}</p>
      {state === 'running' ? <Progress label={t('Replay {id}', {id})} done={records} total={total} since={started_at} stop={() => void cancel_replay(id).then(after)} /> : null}
      <Numbers of={replay} />
    </li>
  );
}
