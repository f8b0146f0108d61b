// Every stream, and the mapping that reads it.
import {t} from '../lib/words';
import {Blank} from '../ui/parts';
import {mapping_path, streams} from './change_client';
import {use_live} from './live';
import {Live} from './parts';

export function MappingsPage() {
  const all = use_live(streams, 'streams');
  return (
    <Live of={all} what={t('The mappings')}>
      {({streams: list}) => list.length ? (
        <>
          <p class="headline">{t('A mapping says what the records of a stream become. Try a change on stored records, save it, and plan it before anybody sees it.')}</p>
          <div class="table-box" tabIndex={0} role="region" aria-label={t('Mappings')}>
            <table>
              <thead><tr><th>{t('Stream')}</th><th>{t('Connection')}</th><th>{t('Mapping')}</th></tr></thead>
              <tbody>
                {list.map(({connection, stream, file, why_not}) => (
                  <tr key={connection + stream}>
                    <th scope="row"><a class="link" href={mapping_path(connection, stream)}>{stream}</a></th>
                    <td>{connection}</td>
                    <td><code>{file}</code>{why_not ? ` ${t('ships with the connector')}` : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : <Blank icon="connections" title={t('No stream is read yet')}><p>{t('Add a connection to touchline.yaml first.')}</p></Blank>}
    </Live>
  );
}
