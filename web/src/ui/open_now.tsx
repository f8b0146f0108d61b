// What somebody has still to finish for this customer: who has it, and how long they have waited.
import type {OpenThing, Summary} from '../api/types';
import {ago, person_name, span} from '../lib/format';
import type {IconId} from '../lib/kinds';
import {set_filters} from '../state/route';
import {now, tab} from '../state/screen';
import {Icon, OutLink} from './parts';
import {t} from '../lib/words';

const icon_of: Record<OpenThing['rel'], IconId> = {case: 'case', invoice: 'invoice', task: 'task'};

function due_text(thing: OpenThing): string {
  if (thing.waiting_since) return t('waiting on us · {span}', {span: span(now.value - Date.parse(thing.waiting_since))});
  if (thing.rel === 'invoice') return t('overdue');
  return ago(Date.parse(thing.since), now.value);
}

export function OpenNow({summary}: {summary: Summary}) {
  const {open} = summary;
  if (!open.length) return null;
  return (
    <section class="panel" aria-labelledby="open-title">
      <h2 id="open-title">{t('Open now')} <span class="total">{open.length}</span></h2>
      <ul class="open-things">
        {open.map(thing => (
          <li key={`${thing.rel} ${thing.ref} ${thing.since}`}>
            <span class={`node small icon-${icon_of[thing.rel]}`}><Icon name={icon_of[thing.rel]} size={13} /></span>
            <div>
              {thing.hidden ? <span class="open-title">{t('{department}, hidden', {department: thing.department_name})}</span> : (
                <button class="open-title" dir="auto" onClick={() => (set_filters({ref: thing.ref, group: 'all', mood: '', people: false, text: ''}), (tab.value = 'timeline'))}>
                  <bdi>{thing.title || thing.ref}</bdi>
                </button>
              )}
              <p>
                <span>{thing.department_name}</span>
                {thing.hidden ? null : <span class={thing.employee ? undefined : 'alarm'} title={thing.employee}>{thing.employee ? person_name(thing.employee) : t('Nobody')}</span>}
                {thing.url ? <OutLink url={thing.url} within={thing.connection}>{thing.ref}</OutLink> : null}
              </p>
            </div>
            <em class={thing.late ? 'late' : undefined}>{due_text(thing)}</em>
          </li>
        ))}
      </ul>
    </section>
  );
}
