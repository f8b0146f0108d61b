// What the timeline shows: by kind, mood, who acted, department, text, date. All of it is in the address.
import {useRef} from 'preact/hooks';
import {count, end_of_day} from '../lib/format';
import {k_groups} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {filters, set_filters} from '../state/route';
import {tab} from '../state/screen';
import {MoodGlyph} from './mood_glyph';
import {Hidden, Icon} from './parts';
import {rich, t} from '../lib/words';

const k_pause_ms = 160;

export function FilterBar({state}: {state: CustomerState}) {
  const {group, department, ref} = filters.value;
  const total = state.timeline.value.touchpoints.value;
  const departments = state.summary.value.value?.departments ?? [];
  return (
    <div class="filters">
      <div class="filter-row">
        <h2>{t('Timeline')} <span class="total" aria-live="polite">{total === null ? '' : count(total)}<Hidden> {t('touchpoints')}</Hidden></span></h2>
        <div class="tabs segments" role="group" aria-label={t('Show')}>
          <button aria-pressed={tab.value === 'timeline'} onClick={() => (tab.value = 'timeline')}>{t('Timeline')}</button>
          <button aria-pressed={tab.value === 'about'} onClick={() => (tab.value = 'about')}>{t('About')}</button>
        </div>
        <div class="filter-tools">
          <MoodButtons />
          <PeopleOnly />
          <GoToDate state={state} />
          <Find />
        </div>
      </div>
      <div class="filter-row chip-row">
        <div class="chips" role="group" aria-label={t('Kind')}>
          {k_groups.map(({id, label}) => (
            <button key={id} class="chip" aria-pressed={group === id} onClick={() => set_filters({group: id})}>{t(label)}</button>
          ))}
        </div>
        {departments.length > 1 ? (
          <div class="chips departments" role="group" aria-label={t('Department')}>
            {departments.map(({id, name, touchpoints}) => (
              <button key={id} class="chip quiet" aria-pressed={department === id}
                onClick={() => set_filters({department: department === id ? '' : id})}>
                {name} <small>{count(touchpoints)}</small>
              </button>
            ))}
          </div>
        ) : null}
      </div>
      {ref ? (
        <p class="about-only">{rich('Only what is about {what}', {what: <b><bdi>{ref}</bdi></b>})} <button class="text-button" onClick={() => set_filters({ref: ''})}>{t('Show everything')}</button></p>
      ) : null}
    </div>
  );
}

function MoodButtons() {
  const {mood} = filters.value;
  const toggle = (wanted: 'low' | 'high') => set_filters({mood: mood === wanted ? '' : wanted});
  return (
    <div class="segments moods" role="group" aria-label={t('Mood')}>
      <button aria-pressed={mood === 'low'} title={t('Only unhappy moments')} onClick={() => toggle('low')}>
        <MoodGlyph tone="angry" /><Hidden>{t('Only unhappy moments')}</Hidden>
      </button>
      <button aria-pressed={mood === 'high'} title={t('Only happy moments')} onClick={() => toggle('high')}>
        <MoodGlyph tone="delighted" /><Hidden>{t('Only happy moments')}</Hidden>
      </button>
    </div>
  );
}

function PeopleOnly() {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={filters.value.people} onChange={event => set_filters({people: event.currentTarget.checked})} />
      {t('People only')}
    </label>
  );
}

/** The native picker knows every calendar's habits; the button only opens it. */
function GoToDate({state}: {state: CustomerState}) {
  const field = useRef<HTMLInputElement>(null);
  const first = state.summary.value.value?.first_touch?.slice(0, 10);
  const go = (day: string) => {
    const [year, month, date] = day.split('-').map(Number);
    if (year && month && date) void state.jump_to(end_of_day(year, month, date));
  };
  return (
    <span class="date">
      <button id="go-to-date" class="icon-button small" title={t('Go to a date (t)')} onClick={() => field.current!.showPicker?.()}>
        <Icon name="calendar" size={15} /><Hidden>{t('Go to a date')}</Hidden>
      </button>
      <input ref={field} type="date" tabIndex={-1} aria-label={t('Go to this date')} min={first} max={new Date().toISOString().slice(0, 10)}
        onChange={event => go(event.currentTarget.value)} />
    </span>
  );
}

function Find() {
  const timer = useRef(0);
  const type = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set_filters({text: text.trim()}), k_pause_ms) as unknown as number;
  };
  return (
    <label class="find">
      <Icon name="search" size={13} />
      <Hidden>{t('Search in this timeline')}</Hidden>
      <input type="text" placeholder={t('Search timeline')} autocomplete="off" spellcheck={false} value={filters.value.text}
        onInput={event => type(event.currentTarget.value)} />
    </label>
  );
}
