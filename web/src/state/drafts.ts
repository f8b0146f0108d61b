// What somebody has begun to write about a customer, until it is stored.
import {effect, signal, type Signal} from '@preact/signals';

const drafts = new Map<string, Signal<string>>();

/** One per customer; kept in the tab through reloads. */
export function draft_of(customer: string): Signal<string> {
  const known = drafts.get(customer);
  if (known) return known;
  const key = `touchline.draft.${customer}`;
  const draft = signal(sessionStorage.getItem(key) ?? '');
  effect(() => (draft.value ? sessionStorage.setItem(key, draft.value) : sessionStorage.removeItem(key)));
  drafts.set(customer, draft);
  return draft;
}
