// What could not be processed or delivered, by its cause: one bug, or many?
import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {DeadLetter} from '../api/types';
import {ago, count, counted} from '../lib/format';
import {causes_of, type Cause} from '../lib/causes';
import {as_failure} from '../lib/resource';
import {now} from '../state/screen';
import {note_waiting} from '../state/waiting_work';
import {Blank, Icon} from '../ui/parts';
import {dead_letters, retry} from './client';
import {use_live} from './live';
import {Live} from './parts';

export function DeadLettersPage() {
  return <Causes connection={new URLSearchParams(location.search).get('connection') ?? ''} />;
}

export function Causes({connection}: {connection: string}) {
  const all = use_live(stop => dead_letters(connection, stop), connection);
  const found = all.value.value?.dead_letters;
  useEffect(() => {
    if (found && !connection) note_waiting('/dead-letters', found.length);
  }, [found, connection]);
  return (
    <Live of={all} what="The dead letters">
      {({dead_letters: list}) => {
        if (!list.length) return <Blank icon="task" title="Nothing was left over"><p>Every record{connection ? ' of this connection' : ' and every delivery'} made it.</p></Blank>;
        const causes = causes_of(list);
        return (
          <>
            <p class="headline">{counted(list.length, 'dead letter')}{list.length === 500 ? ' (the newest)' : ''} of {counted(causes.length, 'cause')}{connection ? ` at ${connection}` : ''}.</p>
            <ul class="causes">{causes.map(cause => <Group key={cause.key} cause={cause} after={() => void all.load()} />)}</ul>
          </>
        );
      }}
    </Live>
  );
}

function Group({cause, after}: {cause: Cause; after: () => void}) {
  const {letters, message, connection, stage, place, cure, first_at, last_at} = cause;
  const newest = letters[0]!;
  return (
    <li class="cause">
      <h2><span class="count">{count(letters.length)}</span> {message}</h2>
      <p class="meta">
        {stage === 'deliver' ? `delivery to ${connection}` : `${connection}, ${stage}`}{place ? <> · <code>{place}</code></> : null} · first {ago(Date.parse(first_at), now.value)}, last {ago(Date.parse(last_at), now.value)}
      </p>
      {cure ? <p class="cure">{cure}</p> : null}
      <details>
        <summary>{letters.length === 1 ? 'The record' : `The newest of ${count(letters.length)}`}</summary>
        <Sample letter={newest} />
      </details>
      <RetryGroup letters={letters} after={after} />
    </li>
  );
}

function Sample({letter: {id, stream, external_id, attempts, raw_bytes}}: {letter: DeadLetter}) {
  return (
    <dl class="facts-list">
      <div><dt>Number</dt><dd>{id}</dd></div>
      <div><dt>Stream</dt><dd>{stream || '–'}</dd></div>
      <div><dt>Record</dt><dd><bdi>{external_id || '–'}</bdi></dd></div>
      <div><dt>Attempts</dt><dd>{attempts}</dd></div>
      <div><dt>Kept</dt><dd>{count(raw_bytes)} bytes, see <code>touchline dlq show {id}</code></dd></div>
    </dl>
  );
}

/** One after the other, with the count before and the outcome after; who leaves the page stops it. */
function RetryGroup({letters, after}: {letters: DeadLetter[]; after: () => void}) {
  const asks = useSignal(false);
  const said = useSignal('');
  const busy = useSignal(false);
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);
  const start = async () => {
    asks.value = false;
    busy.value = true;
    let done = 0;
    let failed = 0;
    for (const {id} of letters) {
      if (left.current) return;
      try {
        if ((await retry(id)).processed) done += 1;
        else failed += 1;
      } catch (error) {
        failed += 1;
        said.value = as_failure(error).message;
      }
      said.value = `${count(done + failed)} of ${count(letters.length)} tried`;
    }
    busy.value = false;
    said.value = failed ? `${count(done)} went through, ${count(failed)} failed again.` : `${count(done)} went through.`;
    after();
  };
  return (
    <p class="action-row">
      {asks.value ? (
        <>
          <button class="button primary small" onClick={() => void start()}>Try {counted(letters.length, 'record')} again</button>
          <button class="button small" onClick={() => (asks.value = false)}>Not now</button>
        </>
      ) : (
        <button class="button small" aria-disabled={busy.value} onClick={() => (busy.value ? null : (asks.value = true))}><Icon name="retry" size={13} />Retry{letters.length > 1 ? ' all of them' : ''}</button>
      )}
      <span role="status">{said.value}</span>
    </p>
  );
}
