// What could not be processed or delivered, by its cause: one bug, or many?
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import {ago, count, counted} from '../lib/format';
import {as_failure, type Resource} from '../lib/resource';
import {now} from '../state/screen';
import {note_waiting} from '../state/waiting_work';
import {Blank, Icon} from '../ui/parts';
import {causes, drop, droppings, mapping_path} from './change_client';
import type {LetterCause} from './change_types';
import {retry} from './client';
import {Dropped} from './dropped';
import {use_live} from './live';
import {Asks, Live, Said} from './parts';
import {rich, t} from '../lib/words';

export function DeadLettersPage() {
  const connection = new URLSearchParams(location.search).get('connection') ?? '';
  const all = use_live(stop => causes(connection, stop), connection);
  const dropped = use_live(droppings, 'dropped');
  const again = () => (void all.load(), void dropped.load());
  return (
    <>
      <Causes connection={connection} all={all} again={again} />
      <Dropped droppings={dropped.value.value?.droppings ?? []} after={again} />
    </>
  );
}

export function CausesOf({connection}: {connection: string}) {
  const all = use_live(stop => causes(connection, stop), connection);
  return <Causes connection={connection} all={all} again={() => void all.load()} />;
}

interface CausesProps {
  connection: string;
  all: Resource<{causes: LetterCause[]; total: number}>;
  /** Reads what is on the page anew. */
  again: () => void;
}

function Causes({connection, all, again}: CausesProps) {
  const total = all.value.value?.total;
  useEffect(() => {
    if (total !== undefined && !connection) note_waiting('/dead-letters', total);
  }, [total, connection]);
  return (
    <Live of={all} what={t('The dead letters')}>
      {({causes: list, total: letters}) => list.length ? (
        <>
          <p class="headline">{t('{letters} of {causes}.', {letters: counted(letters, 'dead letter'), causes: counted(list.length, 'cause')})}</p>
          <ul class="causes">{list.map(cause => <Group key={cause.id} cause={cause} after={again} />)}</ul>
        </>
      ) : <Blank icon="task" title={t('Nothing was left over')}><p>{connection ? t('Every record of this connection made it.') : t('Every record and every delivery made it.')}</p></Blank>}
    </Live>
  );
}

function Group({cause, after}: {cause: LetterCause; after: () => void}) {
  const {connection, stream, stage, message, place, cure, letters, first_at, last_at, newest: {id, external_id, attempts, raw_bytes}, ids} = cause;
  const is_mapping = stage === 'map' || stage === 'identity';
  return (
    <li class="cause">
      <h2><span class="count">{count(letters)}</span> <Said text={message} /></h2>
      <p class="meta">
        {stage === 'deliver' ? t('delivery to {destination}', {destination: connection}) : `${connection}, ${stage}`}{place ? <> · <code>{place}</code></> : null} · {t('first {first}, last {last}', {first: ago(Date.parse(first_at), now.value), last: ago(Date.parse(last_at), now.value)})}
      </p>
      {cure ? <p class="cure"><Said text={cure} /></p> : null}
      <details>
        <summary>{letters === 1 ? t('The record') : t('The newest of {n}', {n: count(letters)})}</summary>
        <dl class="facts-list">
          <div><dt>{t('Number')}</dt><dd>{id}</dd></div>
          <div><dt>{t('Stream')}</dt><dd>{stream || '–'}</dd></div>
          <div><dt>{t('Record')}</dt><dd><bdi>{external_id || '–'}</bdi></dd></div>
          <div><dt>{t('Attempts')}</dt><dd>{attempts}</dd></div>
          <div><dt>{t('Kept')}</dt><dd>{rich('{bytes}, see {command}', {bytes: counted(raw_bytes, 'byte'), command: <code>touchline dlq show {id}</code>})}</dd></div>
        </dl>
      </details>
      {letters > ids.length ? <p class="meta">{t('The newest {n} at a time.', {n: count(ids.length)})}</p> : null}
      <Actions ids={ids} after={after}>{is_mapping ? <a class="button small" href={`${mapping_path(connection, stream)}?sample=letter:${id}`}>{t('Mend the mapping')}</a> : null}</Actions>
    </li>
  );
}

const k_patience_ms = 2_000;

/** One after the other, with the count before and the outcome after; who leaves the page stops it. */
function Actions({ids, after, children}: {ids: number[]; after: () => void; children: ComponentChildren}) {
  const said = useSignal('');
  const busy = useSignal(false);
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);
  /** Whether the letter is processed. While nothing answers, it waits: a letter counts only once it was tried. */
  const outcome = async (id: number): Promise<boolean> => {
    while (!left.current) {
      try {
        return (await retry(id)).processed;
      } catch (error) {
        const {status} = as_failure(error);
        // The answer to an earlier try was lost, or a colleague was faster: it is not there any more.
        if (status !== 0) return status === 404;
        said.value = t('Touchline cannot be reached. This goes on by itself.');
        await new Promise(resolve => setTimeout(resolve, k_patience_ms));
      }
    }
    return false;
  };
  const start = async () => {
    busy.value = true;
    let done = 0;
    let failed = 0;
    for (const id of ids) {
      const went = await outcome(id);
      if (left.current) return;
      if (went) done += 1;
      else failed += 1;
      said.value = t('{n} of {all} tried', {n: count(done + failed), all: count(ids.length)});
    }
    busy.value = false;
    said.value = failed ? t('{done} went through, {failed} failed again.', {done: count(done), failed: count(failed)}) : t('{done} went through.', {done: count(done)});
    after();
  };
  const forget = async () => {
    try {
      await drop(ids);
      after();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return (
    <p class="action-row">
      <Asks small off={busy.value} label={<><Icon name="retry" size={13} />{ids.length > 1 ? t('Retry all of them') : t('Retry')}</>} sure={t('Try {records} again', {records: counted(ids.length, 'record')})} act={() => void start()} />
      {children}
      <Asks small label={t('Drop…')} sure={t('Drop {records}', {records: counted(ids.length, 'record')})} act={() => void forget()} />
      <span role="status">{said.value}</span>
    </p>
  );
}
