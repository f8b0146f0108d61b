// Is it arriving? Records as they come, as they are mapped, as customers change, and as they go out.
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {hour_and_minute} from '../lib/format';
import {as_failure} from '../lib/resource';
import {t, w} from '../lib/words';
import {copy_text} from '../lib/clipboard';
import {tap} from './change_client';
import type {TapRow} from './change_types';
import {test_of} from './test_case';

const k_stages = [w('raw'), w('mapped'), w('merged'), w('out')] as const;
const k_every_ms = 1_000;
const k_most_rows = 300;

export function TapPage() {
  const rows = useSignal<TapRow[]>([]);
  const stage = useSignal('');
  const text = useSignal('');
  const frozen = useSignal(false);
  const all = useSignal(false);
  const said = useSignal('');
  const made = useSignal('');
  useEffect(() => {
    if (frozen.value) return;
    const stop = new AbortController();
    const look = async () => {
      try {
        const {rows: more} = await tap(rows.peek()[0]?.number ?? 0, all.value, stop.signal);
        if (more.length) rows.value = [...more.reverse(), ...rows.peek()].slice(0, k_most_rows);
        said.value = '';
      } catch (error) {
        if (!stop.signal.aborted) said.value = as_failure(error).message;
      }
    };
    void look();
    const timer = setInterval(() => void look(), k_every_ms);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [frozen.value, all.value]);
  const make_test = async (test: string) => {
    made.value = test;
    frozen.value = true;
    said.value = (await copy_text(test)) ? t('Copied. It goes under “tests:” in the mapping.') : t('It goes under “tests:” in the mapping.');
  };
  const shown = rows.value.filter(row => (!stage.value || row.stage === stage.value) && (!text.value || `${row.connection} ${row.stream} ${row.external_id} ${row.text}`.includes(text.value)));
  return (
    <>
      <p class="headline">{t('What passes through now. Nothing is kept here: what was before is on the timelines.')}</p>
      <div class="action-row">
        <div class="segments" role="group" aria-label={t('Stage')}>
          <button aria-pressed={!stage.value} onClick={() => (stage.value = '')}>{t('all')}</button>
          {k_stages.map(each => <button key={each} aria-pressed={stage.value === each} onClick={() => (stage.value = each)}>{t(each)}</button>)}
        </div>
        <label>{t('Containing')} <input type="text" value={text.value} onInput={event => (text.value = event.currentTarget.value)} /></label>
        <button class="button" aria-pressed={frozen.value} onClick={() => (frozen.value = !frozen.value)}>{frozen.value ? t('Go on') : t('Freeze')}</button>
        <label class="check"><input type="checkbox" checked={all.value} onChange={event => (all.value = event.currentTarget.checked)} />{t('Show what they say of people')}</label>
        <span role="status">{said.value}</span>
      </div>
      {made.value ? <pre class="raw" tabIndex={0} aria-label={t('The test')}>{made.value}</pre> : null}
      {shown.length ? (
        <div class="table-box" tabIndex={0} role="region" aria-label={t('What passes through')}>
          <table class="tap">
            <thead><tr><th>{t('Time')}</th><th>{t('Stage')}</th><th>{t('Where')}</th><th>{t('Record')}</th><th>{t('Content')}</th></tr></thead>
            <tbody>{shown.map(row => <Row key={row.number} row={row} test={test_of(row, rows.value)} make_test={make_test} />)}</tbody>
          </table>
        </div>
      ) : <p class="meta" role="status">{rows.value.length ? t('Nothing fits the filter.') : t('Waiting for the next record …')}</p>}
    </>
  );
}

function Row({row: {at, stage: of, connection, stream, external_id, text: content}, test, make_test}: {row: TapRow; test: string; make_test: (test: string) => Promise<void>}) {
  return (
    <tr>
      <td>{hour_and_minute(Date.parse(at))}</td>
      <td>{t(of)}</td>
      <td>{[connection, stream].filter(Boolean).join(t(', '))}</td>
      <td><bdi>{external_id}</bdi></td>
      <td><code>{content.slice(0, 200)}</code>{test ? <> <button class="text-button" onClick={() => void make_test(test)}>{t('Copy as a test')}</button></> : null}</td>
    </tr>
  );
}
