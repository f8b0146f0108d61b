// Is anything missing on the agents' screens? Failing connections first.
import {connections} from '../api/client';
import type {Connection} from '../api/types';
import {ago, count} from '../lib/format';
import {now} from '../state/screen';
import {Blank} from '../ui/parts';
import {use_live} from './live';
import {Live, State} from './parts';

const k_order = ['failing', 'behind', 'current', 'paused'];
const worst_first = (a: Connection, b: Connection) => k_order.indexOf(a.state) - k_order.indexOf(b.state) || b.dead_letters - a.dead_letters || a.id.localeCompare(b.id);

export function ConnectionsPage() {
  const all = use_live(connections, 'connections');
  return (
    <Live of={all} what="The connections">
      {({connections: list}) => {
        const late = list.filter(({state}) => state === 'failing' || state === 'behind').length;
        if (!list.length) {
          return (
            <Blank icon="connections" title="No source is connected yet">
              <p>Add a connection to touchline.yaml, then <code>touchline config check</code> says whether it is right.</p>
            </Blank>
          );
        }
        return (
          <>
            <p class="headline">{late ? `${late} of ${list.length} sources are not current: their newest records may be missing.` : `All ${list.length} sources are current.`}</p>
            <div class="table-box" tabIndex={0} role="region" aria-label="Connections">
              <table>
                <thead><tr><th>Connection</th><th>Department</th><th>State</th><th>Last success</th><th class="number">Records</th><th class="number">Dead letters</th></tr></thead>
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
      <th scope="row"><a class="link" href={`/connections/${encodeURIComponent(id)}`}>{id}</a> <small>{plugin}</small>{error ? <small class="alarm error">{error}</small> : null}</th>
      <td>{department}</td>
      <td><State state={state} /></td>
      <td>{last_success ? ago(Date.parse(last_success), now.value) : 'never'}</td>
      <td class="number">{count(records)}</td>
      <td class="number">{dead_letters ? <a class="link alarm" href={`/dead-letters?connection=${encodeURIComponent(id)}`}>{count(dead_letters)}</a> : '0'}</td>
    </tr>
  );
}
