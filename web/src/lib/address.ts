// What an address means. Pure, so that it can be tested without a browser.
import {k_groups, type GroupId} from './kinds';

export interface Filters {
  group: GroupId;
  department: string;
  text: string;
  /** Only what was measured as bad, or as good. */
  mood: '' | 'low' | 'high';
  /** Without what is automatic or passing. */
  people: boolean;
  /** Only what is about this case, order or thread. */
  ref: string;
}
export type Page =
  | {name: 'home' | 'review' | 'connections' | 'dead_letters' | 'destinations' | 'mappings' | 'plan' | 'replay' | 'tap' | 'users' | 'audit' | 'unknown'}
  | {name: 'customer'; id: string}
  | {name: 'connection'; id: string}
  | {name: 'mapping'; id: string; stream: string}
  | {name: 'find'; text: string};

const k_places = {'/': 'home', '/review': 'review', '/connections': 'connections', '/dead-letters': 'dead_letters', '/destinations': 'destinations', '/mappings': 'mappings', '/plan': 'plan', '/replay': 'replay', '/tap': 'tap', '/users': 'users', '/audit': 'audit'} as const;

export function page_of(url: URL): Page {
  const place = k_places[url.pathname as keyof typeof k_places];
  if (place) return {name: place};
  // A telephone system opens /c?phone=%2B32470550188
  const asked = ['q', 'phone', 'email', 'order', 'ticket'].map(name => url.searchParams.get(name)).find(Boolean);
  if (url.pathname === '/c') return asked ? {name: 'find', text: asked} : {name: 'home'};
  const [, kind, part, second] = /^\/(c|connections|mappings)\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const id = part && decoded(part);
  const stream = second && decoded(second);
  if (!id || !stream !== (kind !== 'mappings')) return {name: 'unknown'};
  if (stream) return {name: 'mapping', id, stream};
  return kind === 'c' ? {name: 'customer', id} : {name: 'connection', id};
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
  const mood = query.get('mood');
  return {
    group, department: query.get('department') ?? '', text: query.get('find') ?? '', mood: mood === 'low' || mood === 'high' ? mood : '',
    people: query.get('people') === '1', ref: query.get('ref') ?? '',
  };
}

export function query_of({group, department, text, mood, people, ref}: Filters): string {
  const query = new URLSearchParams();
  if (group !== 'all') query.set('show', group);
  if (department) query.set('department', department);
  if (text) query.set('find', text);
  if (mood) query.set('mood', mood);
  if (people) query.set('people', '1');
  if (ref) query.set('ref', ref);
  const text_of_query = query.toString();
  return text_of_query && `?${text_of_query}`;
}

export const customer_path = (id: string) => `/c/${encodeURIComponent(id)}`;

export const k_no_filters: Filters = {group: 'all', department: '', text: '', mood: '', people: false, ref: ''};
export const is_filtered = (current: Filters) => query_of(current) !== '';
export const same_filters = (a: Filters, b: Filters) => query_of(a) === query_of(b);
