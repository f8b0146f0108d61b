// What the daemon answers under /api/v1. Times are RFC 3339; errors are application/problem+json (RFC 9457).

export type Direction = 'inbound' | 'outbound' | 'internal' | 'system';

/** GET /lookup?q=TEXT&limit=10 */
export interface Lookup {
  query: {text: string; kind: 'email' | 'phone' | 'name' | 'reference'};
  matches: Match[];
}
export interface Match {
  customer: string;
  name: string;
  /** What the text matched: "email ana@example.org". */
  why: string;
  identities: string[];
  last_touch: string | null;
  touchpoints: number;
}

/** GET /customers/{id}; an id that was joined into another answers with the living customer. */
export interface Customer {
  id: string;
  type: 'person' | 'organisation';
  aliases: string[];
  name: string;
  fields: Record<string, Field>;
  identities: Identity[];
  links: Link[];
  as_of: string | number;
}
export interface Field {
  value: unknown;
  from: string;
  observed_at?: string;
  rivals?: {value: unknown; from: string}[];
}
export interface Identity {
  ns: string;
  value: string;
  strength: 'unique' | 'strong' | 'weak';
  sources: string[];
  first_seen?: string;
  last_seen?: string;
}
export interface Link {
  a: string;
  b: string;
  polarity: 'same' | 'different';
  by: string;
  rule: string;
  evidence: string;
  asserted_at: string;
  /** A sentence for people: "the same record of crm names both". */
  reason: string;
}

/** GET /customers/{id}/summary */
export interface Summary {
  id: string;
  name: string;
  touchpoints: number;
  first_touch: string | null;
  last_touch: string | null;
  last_contact: {
    occurred_at: string;
    kind: string;
    channel: string;
    direction: Direction;
    department: string;
    title: string;
  } | null;
  departments: {id: string; name: string; touchpoints: number; last: string | null}[];
  open_cases: {ref: string; title: string; department: string; since: string}[];
  mood: {measure: string; value: number; min?: number | null; max?: number | null; at: string} | null;
  owner: {department: string; employee?: string | null} | null;
  sources: Source[];
}
export interface Source {
  connection: string;
  department: string;
  state: 'current' | 'behind' | 'failing' | 'paused';
  last_success: string | null;
  newest_record: string | null;
}

/**
 * GET /customers/{id}/timeline?offset=0&limit=100&department=&kind=&channel=&q= , newest first.
 * `kind` takes a comma-separated list; each entry is a kind ("case.opened") or its first part ("case").
 */
export interface TimelinePage {
  customer: string;
  total: number;
  offset: number;
  as_of: string | number;
  items: Touchpoint[];
}
export interface Touchpoint {
  id: string;
  occurred_at: string;
  kind: string;
  /** The kind in words: "Case opened". */
  title: string;
  channel: string;
  platform?: string | null;
  direction: Direction;
  department?: string | null;
  department_name?: string | null;
  connection: string;
  subject?: string | null;
  snippet?: string | null;
  status?: string | null;
  url?: string | null;
  refs?: {rel: string; id: string; label?: string | null; url?: string | null}[];
  amount?: {value: string; currency: string} | null;
  experience?: Experience[];
  identity: string;
  internal: boolean;
}
export interface Experience {
  measure: string;
  value: number;
  min?: number | null;
  max?: number | null;
  label?: string | null;
  by?: string | null;
}

/** GET /connections */
export interface Connections {
  connections: Connection[];
}
export interface Connection {
  id: string;
  plugin: string;
  department: string;
  state: Source['state'];
  last_success: string | null;
  lag_seconds: number | null;
  records: number;
  dead_letters: number;
  error: string | null;
}

/** GET /events, server-sent; the event's id is the feed position. */
export interface FeedEvent {
  type: 'touchpoint.recorded' | 'customer.updated' | 'customer.merged' | 'resync';
  customer?: string;
  touchpoint?: string;
}

export interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
}
