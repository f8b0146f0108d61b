// What will this break? The files as they are now, tried on a copy of everything that is stored.
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {ago, count, counted} from '../lib/format';
import {as_failure} from '../lib/resource';
import {rich, t, word} from '../lib/words';
import {go} from '../state/route';
import {now} from '../state/screen';
import {my_name} from '../state/settings';
import {apply, cancel_plan, plan, plans, start_plan} from './change_client';
import type {Plan} from './change_types';
import {Effects} from './effects';
import {use_live} from './live';
import {Asks, Live, Progress, Said} from './parts';

export function PlanPage() {
  const id = new URLSearchParams(location.search).get('id');
  return id ? <OnePlan key={id} id={id} /> : <Plans />;
}

function Plans() {
  const all = use_live(plans, 'plans');
  const share = useSignal('1');
  const said = useSignal('');
  const make = async () => {
    try {
      go(`/plan?id=${(await start_plan({share: Number(share.value)})).id}`);
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return (
    <>
      <p class="headline">{t('A plan tries the mappings and rules of the files on a copy of the store. Nobody sees a difference until it is applied.')}</p>
      <p class="action-row">
        <label>{t('Records')} <select value={share.value} onChange={event => (share.value = event.currentTarget.value)}><option value="1">{t('all of them')}</option><option value="0.1">{t('every tenth')}</option><option value="0.01">{t('every hundredth')}</option></select></label>
        <button class="button primary" onClick={() => void make()}>{t('Plan what the files say')}</button>
        <span role="status">{said.value}</span>
      </p>
      <Live of={all} what={t('The plans')}>
        {({plans: list}) => list.length ? (
          <ul class="causes">{list.map(({id, state, started_at, total}) => <li class="cause" key={id}><h2><a class="link" href={`/plan?id=${id}`}>{t('Plan {id}', {id})}</a> <small>{word(state)}</small></h2><p class="meta">{t('over {records}, {ago}', {records: counted(total, 'record'), ago: ago(Date.parse(started_at), now.value)})}</p></li>)}</ul>
        ) : <p class="meta">{t('No plan was made since the daemon started.')}</p>}
      </Live>
    </>
  );
}

function OnePlan({id}: {id: string}) {
  const one = use_live(stop => plan(id, stop), id);
  const state = one.value.value?.state;
  useEffect(() => {
    if (state !== 'running') return;
    const timer = setInterval(() => void one.load(), 500);
    return () => clearInterval(timer);
  }, [state]);
  return (
    <Live of={one} what={t('The plan')}>
      {found => (
        <>
          {found.state === 'running' ? <Progress label={t('Trying it on a copy')} done={found.records} total={found.total} since={found.started_at} stop={() => void cancel_plan(id).then(() => one.load())} /> : null}
          {found.state === 'failed' ? <p class="alarm" role="alert"><Said text={t('It could not be worked out: {why}.', {why: found.error})} /></p> : null}
          {found.state === 'cancelled' ? <p class="headline">{t('It was stopped.')}</p> : null}
          {found.report ? <Ready found={found} /> : null}
        </>
      )}
    </Live>
  );
}

function Ready({found: {id, state, report}}: {found: Plan}) {
  const moved = useSignal('');
  const start = async (even: boolean) => {
    try {
      await apply(id, even, my_name.value);
      go('/replay');
    } catch (error) {
      moved.value = as_failure(error).message;
    }
  };
  const sample = report!.share < 1 ? ` ${t('It was tried on {n} % of the records.', {n: count(Math.round(report!.share * 100))})}` : '';
  return (
    <>
      <p class="headline">{report!.empty ? t('Nothing would change.') : t('This is what would change.')}{sample}</p>
      {state === 'done' && !report!.empty ? (
        <p class="action-row">
          <Asks primary label={t('Apply…')} sure={t('Apply it to everything')} act={() => void start(false)} />
          <span role="status">{moved.value}</span>
          {/^records/.test(moved.value) ? <button class="button" onClick={() => void start(true)}>{t('Apply it all the same')}</button> : null}
        </p>
      ) : null}
      {state === 'done' && !report!.empty ? <p class="meta">{rich('Mappings are applied here, while everything runs. What else touchline.yaml says (connections, rules) needs the daemon stopped: {command}.', {command: <code>touchline apply {id}</code>})}</p> : null}
      {report!.empty ? null : <Effects report={report!} />}
    </>
  );
}
