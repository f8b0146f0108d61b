// The timeline on paper or as a file, under the filters that are set. What a role may not read is not in it either.
import {useSignal} from '@preact/signals';
import * as api from '../api/client';
import type {TimelinePage} from '../api/types';
import {full_time, short_date} from '../lib/format';
import {t, word} from '../lib/words';
import {as_failure} from '../lib/resource';
import type {CustomerState} from '../state/customer';
import {now} from '../state/screen';

export function TakeAlong({state}: {state: CustomerState}) {
  const failure = useSignal('');
  const sheet = useSignal<TimelinePage | null>(null);
  const attempt = (work: () => Promise<void>) => () => {
    failure.value = '';
    work().catch(error => (failure.value = as_failure(error).message));
  };
  const save = (format: 'csv' | 'json') => attempt(async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await api.exported(state.id, format, state.current_query()));
    link.download = `timeline-${state.id}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  const on_paper = attempt(async () => {
    sheet.value = JSON.parse(await (await api.exported(state.id, 'json', state.current_query())).text()) as TimelinePage;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    print();
  });
  return (
    <section class="panel take-along" aria-labelledby="take-along-title">
      <h2 id="take-along-title">{t('Take along')}</h2>
      <p class="panel-actions">
        <button class="button small" onClick={on_paper}>{t('Print')}</button>
        <button class="button small" onClick={save('csv')}>{t('Table (CSV)')}</button>
        <button class="button small" onClick={save('json')}>JSON</button>
      </p>
      {failure.value ? <p class="alarm" role="alert">{failure.value}.</p> : null}
      {sheet.value ? <Sheet page={sheet.value} /> : null}
    </section>
  );
}

/** Seen on paper only: there every row is needed, not those near the screen. */
function Sheet({page}: {page: TimelinePage}) {
  return (
    <table class="print-sheet">
      <thead><tr><th>{t('When')}</th><th>{t('Department')}</th><th>{t('What')}</th></tr></thead>
      <tbody>
        {page.items.map(item => (
          <tr key={item.id}>
            <td title={full_time(Date.parse(item.occurred_at))}>{short_date(Date.parse(item.occurred_at), now.value)}</td>
            <td>{item.department_name}</td>
            <td>{item.hidden ? t('Hidden') : <><b><bdi>{item.subject || word(item.title)}</bdi></b> <bdi>{item.snippet}</bdi></>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
