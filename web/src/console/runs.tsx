// The runs of a connection, and what was different between one and the next: what changed before it broke?
import {ago, count, full_time} from '../lib/format';
import {t, word} from '../lib/words';
import {now} from '../state/screen';
import {runs} from './change_client';
import {use_live} from './live';
import {Live, Said} from './parts';
import {changes_of, story_of} from './stories';

export function Runs({connection}: {connection: string}) {
  const all = use_live(stop => runs(connection, stop), connection);
  return (
    <Live of={all} what={t('The runs')}>
      {({runs: list}) => list.length ? (
        <>
          {story_of(list) ? <p class="headline"><Said text={story_of(list)} /></p> : null}
          <div class="table-box" tabIndex={0} role="region" aria-label={t('Runs')}>
            <table>
              <thead><tr><th>{t('Started')}</th><th>{t('Outcome')}</th><th class="number">{t('Records')}</th><th class="number">{t('Touchpoints')}</th><th class="number">{t('Dead letters')}</th></tr></thead>
              <tbody>
                {list.map((run, at) => (
                  <tr key={run.started_at}>
                    <th scope="row" title={full_time(Date.parse(run.started_at))}>
                      {ago(Date.parse(run.started_at), now.value)}{run.error ? <small class="alarm error"><Said text={run.error} /></small> : null}
                      {changes_of(run, list[at + 1]).map(change => <small key={change} class="changed"><Said text={change} /></small>)}
                    </th>
                    <td class={run.outcome === 'failed' ? 'alarm' : undefined}>{word(run.outcome)}</td>
                    <td class="number">{count(run.records)}</td><td class="number">{count(run.touchpoints)}</td><td class="number">{count(run.dead_letters)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : <p class="meta">{t('It has not run yet.')}</p>}
    </Live>
  );
}
