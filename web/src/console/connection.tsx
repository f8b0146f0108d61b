// One connection: the sentence that matters, what was last read, and what could not be.
import {useSignal} from '@preact/signals';
import {connections} from '../api/client';
import type {Connection} from '../api/types';
import {ago, count, full_time, span} from '../lib/format';
import {as_failure} from '../lib/resource';
import {now} from '../state/screen';
import {Blank, Icon} from '../ui/parts';
import {run} from './client';
import {use_live} from './live';
import {Live, Said, State} from './parts';
import {CausesOf} from './dead_letters';
import {t} from '../lib/words';
import {may} from '../state/session';
import {Requests} from './requests';
import {Runs} from './runs';

function sentence_of({state, last_success, error, dead_letters}: Connection): string {
  const age = last_success ? span(now.value - Date.parse(last_success)) : '';
  if (state === 'failing') return age ? t('Failing for {span}: {error}', {span: age, error: error ?? t('the last run ended with an error')}) : t('It has never been read: {error}', {error: error ?? t('no run has succeeded')});
  if (state === 'behind') return age ? t('Behind: nothing has been read for {span}.', {span: age}) : t('Its first run is still under way.');
  if (state === 'paused') return t('Paused in touchline.yaml (enabled: false).');
  return dead_letters ? t('Current, but {n} records could not be processed.', {n: count(dead_letters)}) : t('Current. Nothing is missing.');
}

export function ConnectionPage({id}: {id: string}) {
  const all = use_live(connections, id);
  return (
    <Live of={all} what={t('This connection')}>
      {({connections: list}) => {
        const found = list.find(connection => connection.id === id);
        if (!found) return <Blank icon="connections" title={t('There is no connection {id}', {id})}><a class="button" href="/connections">{t('All connections')}</a></Blank>;
        return (
          <>
            <p class="headline"><State state={found.state} /> <span class={found.state === 'failing' ? 'alarm' : undefined}><Said text={sentence_of(found)} /></span></p>
            <dl class="facts-list">
              <div><dt>{t('Connector')}</dt><dd>{found.plugin}</dd></div>
              <div><dt>{t('Department')}</dt><dd>{found.department || '–'}</dd></div>
              <div><dt>{t('Last success')}</dt><dd title={found.last_success ? full_time(Date.parse(found.last_success)) : ''}>{found.last_success ? ago(Date.parse(found.last_success), now.value) : t('never')}</dd></div>
              <div><dt>{t('Records')}</dt><dd>{count(found.records)}</dd></div>
            </dl>
            {may('POST /api/v1/connections/{}/run') ? <RunNow id={id} after={() => void all.load()} /> : null}
            {may('GET /api/v1/connections/{}/runs') ? <><h2>{t('Runs')}</h2><Runs connection={id} /></> : null}
            {may('GET /api/v1/connections/{}/requests') ? <><h2>{t('Requests')}</h2><Requests connection={id} /></> : null}
            {may('GET /api/v1/dead-letters/causes') ? <><h2>{t('Could not be processed')}</h2><CausesOf connection={id} /></> : null}
          </>
        );
      }}
    </Live>
  );
}

function RunNow({id, after}: {id: string; after: () => void}) {
  const said = useSignal('');
  const start = async () => {
    try {
      await run(id);
      said.value = t('Started. The state changes when the run is over.');
      after();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return (
    <p class="action-row">
      <button class="button" onClick={() => void start()}><Icon name="play" size={13} />{t('Run now')}</button>
      <span role="status">{said.value}</span>
    </p>
  );
}
