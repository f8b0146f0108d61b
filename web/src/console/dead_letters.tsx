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
import {rich, t, w} from '../lib/words';

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
    <Live of={all} what={t('The dead letters')}>
      {({dead_letters: list}) => {
        if (!list.length) return <Blank icon="task" title={t('Nothing was left over')}><p>{connection ? t('Every record of this connection made it.') : t('Every record and every delivery made it.')}</p></Blank>;
        const causes = causes_of(list);
        return (
          <>
            <p class="headline">{t(list.length === 500 ? w('{letters} (the newest) of {causes}.') : w('{letters} of {causes}.'), {letters: counted(list.length, 'dead letter'), causes: counted(causes.length, 'cause')})}</p>
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
        {stage === 'deliver' ? t('delivery to {destination}', {destination: connection}) : `${connection}, ${stage}`}{place ? <> · <code>{place}</code></> : null} · {t('first {first}, last {last}', {first: ago(Date.parse(first_at), now.value), last: ago(Date.parse(last_at), now.value)})}
      </p>
      {cure ? <p class="cure">{cure}</p> : null}
      <details>
        <summary>{letters.length === 1 ? t('The record') : t('The newest of {n}', {n: count(letters.length)})}</summary>
        <Sample letter={newest} />
      </details>
      <RetryGroup letters={letters} after={after} />
    </li>
  );
}

function Sample({letter: {id, stream, external_id, attempts, raw_bytes}}: {letter: DeadLetter}) {
  return (
    <dl class="facts-list">
      <div><dt>{t('Number')}</dt><dd>{id}</dd></div>
      <div><dt>{t('Stream')}</dt><dd>{stream || '–'}</dd></div>
      <div><dt>{t('Record')}</dt><dd><bdi>{external_id || '–'}</bdi></dd></div>
      <div><dt>{t('Attempts')}</dt><dd>{attempts}</dd></div>
      <div><dt>{t('Kept')}</dt><dd>{rich('{bytes}, see {command}', {bytes: counted(raw_bytes, 'byte'), command: <code>touchline dlq show {id}</code>})}</dd></div>
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
      said.value = t('{n} of {all} tried', {n: count(done + failed), all: count(letters.length)});
    }
    busy.value = false;
    said.value = failed ? t('{done} went through, {failed} failed again.', {done: count(done), failed: count(failed)}) : t('{done} went through.', {done: count(done)});
    after();
  };
  return (
    <p class="action-row">
      {asks.value ? (
        <>
          <button class="button primary small" onClick={() => void start()}>{t('Try {records} again', {records: counted(letters.length, 'record')})}</button>
          <button class="button small" onClick={() => (asks.value = false)}>{t('Not now')}</button>
        </>
      ) : (
        <button class="button small" aria-disabled={busy.value} onClick={() => (busy.value ? null : (asks.value = true))}><Icon name="retry" size={13} />{letters.length > 1 ? t('Retry all of them') : t('Retry')}</button>
      )}
      <span role="status">{said.value}</span>
    </p>
  );
}
