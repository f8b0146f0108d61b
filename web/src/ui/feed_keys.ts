// The timeline by keyboard, and what of it is on screen.
import {useEffect} from 'preact/hooks';
import {copy_text} from '../lib/clipboard';
import type {CustomerState} from '../state/customer';
import {filters, set_filters} from '../state/route';
import {tab} from '../state/screen';
import {single_keys} from '../state/settings';
import type {Timeline} from '../state/timeline';
import {is_typing} from './app';
import {k_groups} from '../lib/kinds';
import type {VirtualList} from './virtual_list';

/** Returns what brings a row to the screen and gives it the focus. */
export function use_keys(state: CustomerState, timeline: Timeline, virtual: VirtualList): (row: number) => void {
  const focus = (row: number) => {
    tab.value = 'timeline';
    timeline.cursor.value = row;
    virtual.focus(row);
  };
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      const total = timeline.total.peek() ?? 0;
      if (is_typing(event)) return;
      if (single_keys.peek() && on_page_key(event.key)) return event.preventDefault();
      if (!total) return;
      const cursor = timeline.cursor.peek();
      const item = cursor >= 0 ? timeline.row(cursor) : undefined;
      const in_feed = virtual.list.current!.contains(event.target as Node);
      const letter = single_keys.peek() ? event.key : '';
      const move = (by: number) => {
        const {first, end} = virtual.window.peek();
        // Who has scrolled away from the cursor goes on from what is on screen.
        const from = cursor >= first && cursor < end ? cursor + by : virtual.first_fully_visible();
        focus(Math.max(0, Math.min(total - 1, from)));
      };
      const here = Date.parse((item ?? timeline.row(virtual.first_visible.peek()))?.occurred_at ?? '');
      const click = (what: string) => virtual.list.current!.querySelector<HTMLElement>(`[data-row="${cursor}"] ${what}`)?.click();
      if (letter === 'j' || (in_feed && (event.key === 'ArrowDown' || event.key === 'PageDown'))) move(1);
      else if (letter === 'k' || (in_feed && (event.key === 'ArrowUp' || event.key === 'PageUp'))) move(-1);
      else if (letter === '.') void state.show_newest().then(() => focus(0));
      else if (event.key === 'Enter' && item && (event.target as HTMLElement).matches('article')) timeline.toggle(item.id);
      else if (letter === 'o' && item) click('a.reference');
      else if (letter === 'p' && item) click('.pin');
      else if (letter === 'c' && item) void copy_text(`${location.origin}${location.pathname}#${item.id}`);
      else if ((letter === 'u' || letter === 'd') && here) void state.jump_to_mood(letter === 'u' ? 'low' : 'high', here);
      else if ((letter === '[' || letter === ']') && here) jump_to_open(state, here, letter === '[' ? -1 : 1);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', on_key);
    return () => removeEventListener('keydown', on_key);
  }, [state, timeline]);
  return focus;
}

/** Keys that need no row: the filters, the date, the note. */
function on_page_key(key: string): boolean {
  const group = k_groups[Number(key) - 1];
  if (/^[1-8]$/.test(key) && group) set_filters({group: group.id});
  else if (key === 'f') document.querySelector<HTMLElement>('.filters .chip[aria-pressed=true]')?.focus();
  else if (key === 't') document.getElementById('go-to-date')?.click();
  else if (key === 'n') {
    tab.value = 'about';
    requestAnimationFrame(() => document.getElementById('new-note')?.focus());
  }
  else if (key === 'Escape' && filters.peek().ref) set_filters({ref: ''});
  else return false;
  return true;
}

/** The open cases lie in time; the next older one is below. */
function jump_to_open(state: CustomerState, here: number, direction: 1 | -1): void {
  const times = (state.summary.value.peek()?.open ?? []).map(({since}) => Date.parse(since)).sort((a, b) => b - a);
  const next = direction > 0 ? times.find(time => time < here) : times.findLast(time => time > here);
  if (next !== undefined) void state.jump_to(next);
}

/** Tells the journey strip which times are on screen. */
export function use_window(state: CustomerState, timeline: Timeline, virtual: VirtualList): void {
  const first = virtual.first_visible.value;
  const last = virtual.last_visible.value;
  const version = timeline.version.value;
  useEffect(() => {
    const newest = timeline.row(first);
    const oldest = timeline.row(last);
    if (newest && oldest) state.shown.value = {newest: Date.parse(newest.occurred_at), oldest: Date.parse(oldest.occurred_at)};
  }, [first, last, version, state]);
}
