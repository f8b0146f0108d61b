// What the timeline shows: by kind, by department, by text. All of it is in the address.
import {useRef} from 'preact/hooks';
import {count} from '../lib/format';
import {k_groups} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {filters, set_filters} from '../state/route';
import {tab} from '../state/screen';
import {Hidden, Icon} from './parts';

const k_pause_ms = 160;

export function FilterBar({state}: {state: CustomerState}) {
  const {group, department} = filters.value;
  const total = state.timeline.value.total.value;
  const departments = state.summary.value.value?.departments ?? [];
  return (
    <div class="filters">
      <div class="filter-row">
        <h2>Timeline <span class="total" aria-live="polite">{total === null ? '' : count(total)}<Hidden> touchpoints</Hidden></span></h2>
        <div class="tabs" role="group" aria-label="Show">
          <button aria-pressed={tab.value === 'timeline'} onClick={() => (tab.value = 'timeline')}>Timeline</button>
          <button aria-pressed={tab.value === 'about'} onClick={() => (tab.value = 'about')}>About</button>
        </div>
        <div class="chips" role="group" aria-label="Kind">
          {k_groups.map(({id, label}) => (
            <button key={id} class="chip" aria-pressed={group === id} onClick={() => set_filters({group: id})}>{label}</button>
          ))}
        </div>
        <Find />
      </div>
      {departments.length > 1 ? (
        <div class="filter-row departments">
          <div class="chips" role="group" aria-label="Department">
            {departments.map(({id, name, touchpoints}) => (
              <button key={id} class="chip quiet" aria-pressed={department === id}
                onClick={() => set_filters({department: department === id ? '' : id})}>
                {name} <small>{count(touchpoints)}</small>
              </button>
            ))}
          </div>
        </div>
      ) : null}
    </div>
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
      <Hidden>Search in this timeline</Hidden>
      <input type="text" placeholder="Search timeline" autocomplete="off" spellcheck={false} value={filters.value.text}
        onInput={event => type(event.currentTarget.value)} />
    </label>
  );
}
