// What will the agent see? A mapping on the bench: records on the left, the text in the middle, what comes of it on the right.
import {signal, useSignal, type Signal} from '@preact/signals';
import {useEffect, useMemo, useRef} from 'preact/hooks';
import {ago, count, counted} from '../lib/format';
import {as_failure, Resource} from '../lib/resource';
import {t} from '../lib/words';
import {go} from '../state/route';
import {now} from '../state/screen';
import {Blank} from '../ui/parts';
import {mapping, samples, save, start_plan, trial} from './change_client';
import type {Fault, MappingText, Sample, Trial} from './change_types';
import {Editor, go_to} from './editor';
import {Live, Said} from './parts';
import {Shown} from './shown';

const k_try_after_ms = 150;
const k_again_after_ms = 3_000;
/** Of code, more is shown than of sentences; laying out a megabyte would take seconds. */
const k_long_code = 10_000;
/** What was typed and not saved outlives a visit to another page. */
const drafts = new Map<string, string>();
const shows_all = signal(false);

export function StudioPage({connection, stream}: {connection: string; stream: string}) {
  const all = shows_all.value;
  const text = useMemo(() => new Resource(stop => mapping(connection, stream, stop)), [connection, stream]);
  const records = useMemo(() => new Resource(stop => samples(connection, stream, all, stop)), [connection, stream, all]);
  useEffect(() => {
    void text.load();
    return () => text.stop();
  }, [text]);
  useEffect(() => {
    void records.load();
    return () => records.stop();
  }, [records]);
  return (
    <Live of={text} what={t('The mapping')}>
      {file => (
        <Live of={records} what={t('The records')}>
          {({samples: list}) => <Bench key={file.etag} at={{connection, stream}} file={file} list={list} all={all} reload={() => text.load()} />}
        </Live>
      )}
    </Live>
  );
}

interface BenchProps {
  at: {connection: string; stream: string};
  file: MappingText;
  list: Sample[];
  all: boolean;
  reload: () => Promise<void>;
}

function Bench({at, file, list, all, reload}: BenchProps) {
  const {connection, stream} = at;
  const key = `${connection}\n${stream}`;
  const text = useSignal(drafts.get(key) ?? file.text);
  const chosen = useSignal(new URLSearchParams(location.search).get('sample') ?? list[0]?.id ?? '');
  const result: Signal<Trial | null> = useSignal(null);
  const said = useSignal('');
  const attempt = useSignal(0);
  const diff = useSignal('');
  const field = useRef<HTMLTextAreaElement>(null);
  const changed = text.value !== file.text;

  useEffect(() => {
    const stop = new AbortController();
    let wait = setTimeout(() => {
      trial(connection, stream, text.value, list.map(({id}) => id), all, stop.signal).then(
        found => {
          result.value = found;
          said.value = '';
        },
        error => {
          if (stop.signal.aborted) return;
          said.value = as_failure(error).message;
          wait = setTimeout(() => (attempt.value += 1), k_again_after_ms);
        });
    }, result.peek() ? k_try_after_ms : 0);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [text.value, list, all, attempt.value]);

  const type = (typed: string) => {
    text.value = typed;
    if (typed === file.text) drafts.delete(key);
    else drafts.set(key, typed);
  };
  const ask = async () => {
    try {
      diff.value = (await save(connection, stream, text.value, file.etag, true)).diff;
      said.value = diff.value ? '' : t('Nothing is different.');
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  const write = async () => {
    try {
      await save(connection, stream, text.value, file.etag, false);
      drafts.delete(key);
      diff.value = '';
      wrote.value = key;
      await reload();
    } catch (error) {
      diff.value = '';
      said.value = as_failure(error).message;
    }
  };
  const at_index = list.findIndex(({id}) => id === chosen.value);
  const faults = result.value?.faults ?? [];
  const record = at_index < 0 ? undefined : result.value?.records[at_index];
  const marks = faults.length ? faults : record?.fault ? [record.fault] : [];
  return (
    <>
      <p class="headline"><code>{file.file}</code> {file.why_not || (changed ? t('is not saved.') : wrote.value === key ? t('is saved. Agents see no change until a plan of it is applied.') : '')}</p>
      <div class="bench">
        <section aria-label={t('Records')}>
          <h2>{t('Records')} <label class="check"><input type="checkbox" checked={all} onChange={event => (shows_all.value = event.currentTarget.checked)} />{t('Show what they say of people')}</label></h2>
          {list.length ? <Samples list={list} chosen={chosen} result={result.value} /> : <Blank icon="other" title={t('Nothing has come yet')}><p>{t('Run the connection once; what it brings can be tried here.')}</p></Blank>}
        </section>
        <section aria-label={t('Mapping')}>
          <h2>{t('Mapping')}</h2>
          <Editor text={text.value} faults={marks} label={t('Mapping {file}', {file: file.file})} readonly={!!file.why_not} field={field} change={type} />
          <Faults list={marks} field={field} of_record={!faults.length} />
          <p class="action-row">
            <button class="button primary" aria-disabled={!changed || !!faults.length} onClick={() => (changed && !faults.length ? void ask() : null)}>{t('Save…')}</button>
            {changed ? <button class="button" onClick={() => type(file.text)}>{t('Discard')}</button> : null}
            {!changed && wrote.value === key ? <PlanThis connection={connection} stream={stream} /> : null}
            <span role="status">{said.value}</span>
          </p>
          {diff.value ? <Diff text={diff.value} write={() => void write()} close={() => (diff.value = '')} /> : null}
          <Cases result={result.value} field={field} />
        </section>
        <section aria-label={t('What agents see')} aria-live="polite">
          <h2>{t('What agents see')}</h2>
          {faults.length ? <p class="meta">{t('Mend the mapping first.')}</p> : record ? <Outcome record={record} /> : null}
        </section>
      </div>
    </>
  );
}
const wrote = signal('');

function Samples({list, chosen, result}: {list: Sample[]; chosen: Signal<string>; result: Trial | null}) {
  const sample = list.find(({id}) => id === chosen.value);
  return (
    <>
      <ul class="samples">
        {list.map(({id, external_id, at, fault}, index) => {
          const record = result?.records[index];
          const outcome = record?.fault ? `▼ ${t('fails')}` : record ? [counted(record.items.length, 'touchpoint'), record.facts.length ? counted(record.facts.length, 'fact') : ''].filter(Boolean).join(t(', ')) : '';
          return (
            <li key={id}>
              <button aria-pressed={id === chosen.value} onClick={() => (chosen.value = id)}>
                <b><bdi>{external_id || id}</bdi></b> <small class={record?.fault ? 'alarm' : undefined}>{outcome}</small>
                <small>{fault ? t('dead letter, {ago}', {ago: ago(Date.parse(at), now.value)}) : ago(Date.parse(at), now.value)}</small>
              </button>
            </li>
          );
        })}
      </ul>
      {sample ? <pre class="raw" tabIndex={0} aria-label={t('The record')}><Said key={sample.id} text={pretty(sample.text)} most={k_long_code} draw={text => text} /></pre> : null}
    </>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}

function Faults({list, field, of_record}: {list: readonly Fault[]; field: {current: HTMLTextAreaElement | null}; of_record: boolean}) {
  return (
    <ul class="faults" id="faults">
      {list.map(fault => (
        <li key={`${fault.line}:${fault.column}:${fault.message}`}>
          {fault.line ? <button class="text-button" onClick={() => go_to(field.current, fault)}>{fault.line}:{fault.column}</button> : null} <Said text={fault.message} />{fault.cure ? <small><Said text={fault.cure} /></small> : null}
          {of_record ? <small>{t('This record fails.')}</small> : null}
        </li>
      ))}
    </ul>
  );
}

const lines_of = (diff: string) => diff.split('\n').map((line, at) => <span key={at} class={{'+': 'plus', '-': 'minus', '@': 'hunk'}[line[0]!]}>{line}{'\n'}</span>);

function Diff({text, write, close}: {text: string; write: () => void; close: () => void}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="dialog wide" aria-labelledby="diff-title" onClose={close}>
      <h2 id="diff-title">{t('Save this change?')}</h2>
      <pre class="diff" tabIndex={0} aria-label={t('What changes in the file')}><Said text={text} most={k_long_code} draw={lines_of} /></pre>
      <p class="dialog-end"><button class="button primary" onClick={write}>{t('Save to the file')}</button><button class="button" onClick={close}>{t('Not now')}</button></p>
    </dialog>
  );
}

function PlanThis({connection, stream}: {connection: string; stream: string}) {
  const said = useSignal('');
  const make = async () => {
    try {
      go(`/plan?id=${(await start_plan({connection, stream})).id}`);
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return <><button class="button" onClick={() => void make()}>{t('Plan this change')}</button><span role="status">{said.value}</span></>;
}

function Cases({result, field}: {result: Trial | null; field: {current: HTMLTextAreaElement | null}}) {
  if (!result || result.faults.length) return null;
  const bad = result.cases.filter(({passed}) => !passed).length;
  return (
    <>
      <h2>{t('Tests')} <small>{result.cases.length ? (bad ? t('{n} of {all} fail', {n: count(bad), all: count(result.cases.length)}) : t('all {n} pass', {n: count(result.cases.length)})) : t('this mapping has none')}</small></h2>
      <ul class="cases">
        {result.cases.map(({name, line, passed, error, differences}) => (
          <li key={line}>
            <span class={passed ? 'good' : 'alarm'}>{passed ? '✓' : '▼'} {passed ? t('passes') : t('fails')}</span> <button class="text-button" onClick={() => go_to(field.current, {line, column: 1, length: 0, message: '', cure: ''})}>{name}</button>
            {error ? <small>{error}</small> : null}
            {differences.map(({pointer, expected, got}) => <small key={pointer}><code>{pointer}</code> {t('expected {expected}, got {got}', {expected, got})}</small>)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Outcome({record: {fault, items, facts, links}}: {record: Trial['records'][number]}) {
  if (fault) return <p class="alarm"><Said text={t('It becomes a dead letter: {why}.', {why: fault.message})} /></p>;
  if (!items.length && !facts.length && !links.length) return <p class="meta">{t('Nothing comes of this record.')}</p>;
  return (
    <>
      {items.map(item => <Shown key={item.id} item={item} />)}
      {facts.length ? <dl class="facts-list">{facts.map(({field, value}) => <div key={field}><dt><code>{field}</code></dt><dd><bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi></dd></div>)}</dl> : null}
      {links.length ? <p class="meta">{t('{links} of who is who', {links: counted(links.length, 'link')})}</p> : null}
    </>
  );
}
