// What could not be processed or delivered, by its cause: one bug, or many?
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import {ago, count, counted} from '../lib/format';
import {as_failure} from '../lib/resource';
import {now} from '../state/screen';
import {note_waiting} from '../state/waiting_work';
import {Blank, Icon} from '../ui/parts';
import {causes, drop, mapping_path} from './change_client';
import type {LetterCause} from './change_types';
import {retry} from './client';
import {use_live} from './live';
import {Live} from './parts';

export function DeadLettersPage() {
  return <Causes connection={new URLSearchParams(location.search).get('connection') ?? ''} />;
}

export function Causes({connection}: {connection: string}) {
  const all = use_live(stop => causes(connection, stop), connection);
  const total = all.value.value?.total;
  useEffect(() => {
    if (total !== undefined && !connection) note_waiting('/dead-letters', total);
  }, [total, connection]);
  return (
    <Live of={all} what="The dead letters">
      {({causes: list, total: letters}) => list.length ? (
        <>
          <p class="headline">{counted(letters, 'dead letter')} of {counted(list.length, 'cause')}{connection ? ` at ${connection}` : ''}.</p>
          <ul class="causes">{list.map(cause => <Group key={`${cause.connection}${cause.stage}${cause.place}${cause.message}`} cause={cause} after={() => void all.load()} />)}</ul>
        </>
      ) : <Blank icon="task" title="Nothing was left over"><p>Every record{connection ? ' of this connection' : ' and every delivery'} made it.</p></Blank>}
    </Live>
  );
}

function Group({cause, after}: {cause: LetterCause; after: () => void}) {
  const {connection, stream, stage, message, place, cure, letters, first_at, last_at, newest: {id, external_id, attempts, raw_bytes}, ids} = cause;
  const is_mapping = stage === 'map' || stage === 'identity';
  return (
    <li class="cause">
      <h2><span class="count">{count(letters)}</span> {message}</h2>
      <p class="meta">
        {stage === 'deliver' ? `delivery to ${connection}` : `${connection}, ${stage}`}{place ? <> · <code>{place}</code></> : null} · first {ago(Date.parse(first_at), now.value)}, last {ago(Date.parse(last_at), now.value)}
      </p>
      {cure ? <p class="cure">{cure}</p> : null}
      <details>
        <summary>{letters === 1 ? 'The record' : `The newest of ${count(letters)}`}</summary>
        <dl class="facts-list">
          <div><dt>Number</dt><dd>{id}</dd></div>
          <div><dt>Stream</dt><dd>{stream || '–'}</dd></div>
          <div><dt>Record</dt><dd><bdi>{external_id || '–'}</bdi></dd></div>
          <div><dt>Attempts</dt><dd>{attempts}</dd></div>
          <div><dt>Kept</dt><dd>{count(raw_bytes)} bytes, see <code>touchline dlq show {id}</code></dd></div>
        </dl>
      </details>
      {letters > ids.length ? <p class="meta">The newest {count(ids.length)} at a time.</p> : null}
      <Actions ids={ids} after={after}>{is_mapping ? <a class="button small" href={`${mapping_path(connection, stream)}?sample=letter:${id}`}>Mend the mapping</a> : null}</Actions>
    </li>
  );
}

/** One after the other, with the count before and the outcome after; who leaves the page stops it. */
function Actions({ids, after, children}: {ids: number[]; after: () => void; children: ComponentChildren}) {
  const asks = useSignal<'' | 'retry' | 'drop'>('');
  const said = useSignal('');
  const busy = useSignal(false);
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);
  const start = async () => {
    asks.value = '';
    busy.value = true;
    let done = 0;
    let failed = 0;
    for (const id of ids) {
      if (left.current) return;
      try {
        if ((await retry(id)).processed) done += 1;
        else failed += 1;
      } catch (error) {
        failed += 1;
        said.value = as_failure(error).message;
      }
      said.value = `${count(done + failed)} of ${count(ids.length)} tried`;
    }
    busy.value = false;
    said.value = failed ? `${count(done)} went through, ${count(failed)} failed again.` : `${count(done)} went through.`;
    after();
  };
  const forget = async () => {
    asks.value = '';
    try {
      await drop(ids);
      after();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return (
    <p class="action-row">
      {asks.value ? (
        <>
          {asks.value === 'retry' ? <button class="button primary small" onClick={() => void start()}>Try {counted(ids.length, 'record')} again</button>
            : <button class="button primary small" onClick={() => void forget()}>Drop {counted(ids.length, 'record')} for good</button>}
          <button class="button small" onClick={() => (asks.value = '')}>Not now</button>
        </>
      ) : (
        <>
          <button class="button small" aria-disabled={busy.value} onClick={() => (busy.value ? null : (asks.value = 'retry'))}><Icon name="retry" size={13} />Retry{ids.length > 1 ? ' all of them' : ''}</button>
          {children}
          <button class="button small" onClick={() => (asks.value = 'drop')}>Drop…</button>
        </>
      )}
      <span role="status">{said.value}</span>
    </p>
  );
}
