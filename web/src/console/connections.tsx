// Is anything missing on the agents' screens? Failing connections first.
import {connections} from '../api/client';
import type {Connection} from '../api/types';
import {ago, count, counted} from '../lib/format';
import {now} from '../state/screen';
import {Blank} from '../ui/parts';
import {use_live} from './live';
import {Live, Said, State} from './parts';
import {rich, t} from '../lib/words';
import {may} from '../state/session';

const k_order = ['failing', 'behind', 'current', 'paused'];
const worst_first = (a: Connection, b: Connection) => k_order.indexOf(a.state) - k_order.indexOf(b.state) || b.dead_letters - a.dead_letters || a.id.localeCompare(b.id);

export function ConnectionsPage() {
  const all = use_live(connections, 'connections');
  return (
    <Live of={all} what={t('The connections')}>
      {({connections: list}) => {
        const late = list.filter(({state}) => state === 'failing' || state === 'behind').length;
        if (!list.length) {
          return (
            <Blank icon="connections" title={t('No source is connected yet')}>
              <p>{rich('Add a connection to touchline.yaml, then {command} says whether it is right.', {command: <code>touchline config check</code>})}</p>
            </Blank>
          );
        }
        return (
          <>
            <p class="headline">{late ? t('{n} of {all} are not current: their newest records may be missing.', {n: late, all: counted(list.length, 'source')}) : t('Current: {sources}.', {sources: counted(list.length, 'source')})}</p>
            <div class="table-box" tabIndex={0} role="region" aria-label={t('Connections')}>
              <table>
                <thead><tr><th>{t('Connection')}</th><th>{t('Department')}</th><th>{t('State')}</th><th>{t('Last success')}</th><th class="number">{t('Records')}</th><th class="number">{t('Dead letters')}</th></tr></thead>
                <tbody>{[...list].sort(worst_first).map(connection => <Row key={connection.id} connection={connection} />)}</tbody>
              </table>
            </div>
          </>
        );
      }}
    </Live>
  );
}

function Row({connection: {id, plugin, department, state, last_success, records, dead_letters, error}}: {connection: Connection}) {
  return (
    <tr>
      <th scope="row"><a class="link" href={`/connections/${encodeURIComponent(id)}`}>{id}</a> <small>{plugin}</small>{error ? <small class="alarm error"><Said text={error} /></small> : null}</th>
      <td>{department}</td>
      <td><State state={state} /></td>
      <td>{last_success ? ago(Date.parse(last_success), now.value) : t('never')}</td>
      <td class="number">{count(records)}</td>
      <td class="number">{dead_letters && may('GET /api/v1/dead-letters') ? <a class="link alarm" href={`/dead-letters?connection=${encodeURIComponent(id)}`}>{count(dead_letters)}</a> : count(dead_letters)}</td>
    </tr>
  );
}
