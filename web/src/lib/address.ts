// What an address means. Pure, so that it can be tested without a browser.
import {k_groups, type GroupId} from './kinds';

export interface Filters {
  group: GroupId;
  department: string;
  text: string;
}
export type Page = {name: 'home'} | {name: 'customer'; id: string} | {name: 'find'; text: string} | {name: 'unknown'};

export function page_of(url: URL): Page {
  if (url.pathname === '/') return {name: 'home'};
  // A telephone system opens /c?phone=%2B32470550188
  const asked = ['q', 'phone', 'email'].map(name => url.searchParams.get(name)).find(Boolean);
  if (url.pathname === '/c') return asked ? {name: 'find', text: asked} : {name: 'home'};
  const customer = /^\/c\/([^/]+)$/.exec(url.pathname);
  const id = customer && decoded(customer[1]!);
  return id ? {name: 'customer', id} : {name: 'unknown'};
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function filters_of(query: URLSearchParams): Filters {
  const group = k_groups.find(({id}) => id === query.get('show'))?.id ?? 'all';
  return {group, department: query.get('department') ?? '', text: query.get('find') ?? ''};
}

export function query_of({group, department, text}: Filters): string {
  const query = new URLSearchParams();
  if (group !== 'all') query.set('show', group);
  if (department) query.set('department', department);
  if (text) query.set('find', text);
  const text_of_query = query.toString();
  return text_of_query && `?${text_of_query}`;
}

export const customer_path = (id: string) => `/c/${encodeURIComponent(id)}`;

export const k_no_filters: Filters = {group: 'all', department: '', text: ''};
export const is_filtered = (current: Filters) => query_of(current) !== '';
