// The address is the state: which customer, which filters. Back and reload lead to the same screen.
import {computed, signal} from '@preact/signals';
import {filters_of, page_of, query_of, type Filters, type Page} from '../lib/address';

const address = signal(new URL(location.href));

export const page = computed<Page>(() => page_of(address.value));
export const filters = computed<Filters>(() => filters_of(address.value.searchParams));

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  address.value = new URL(location.href);
}

export function set_filters(change: Partial<Filters>): void {
  go(location.pathname + query_of({...filters.peek(), ...change}), 'replace');
}

/** Follows the browser's back and forward buttons, and turns clicks on the app's own links into navigation. */
export function follow_address(): void {
  addEventListener('popstate', () => (address.value = new URL(location.href)));
  addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a');
    if (!link || link.target || link.origin !== location.origin || link.hash || link.hasAttribute('download') || 'leave' in link.dataset) return;
    if (page_of(new URL(link.href)).name === 'unknown') return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
