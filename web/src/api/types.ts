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
  /** Null where the record that the fields beside it come from leaves this one open. */
  value: unknown;
  from: string;
  observed_at?: string;
  /** What decided: "most_recent"; "manual" is a person. */
  rule?: string;
  reason?: string;
  rivals?: {value: unknown; from: string; observed_at?: string}[];
}
export interface Identity {
  ns: string;
  value: string;
  strength: 'unique' | 'strong' | 'weak';
  sources: string[];
  /** Names it in a change where the value is masked. */
  key: string;
  masked: boolean;
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
    subject: string;
  } | null;
  departments: {id: string; name: string; touchpoints: number; last: string | null}[];
  about: Record<string, string>;
  /** Late ones first, then oldest first. */
  open: OpenThing[];
  mood: Mood | null;
  /** `of` is the open case that makes them the owner, or empty. */
  owner: {department: string; employee: string; of: string} | null;
  sources: Source[];
}
export interface OpenThing {
  rel: 'case' | 'invoice' | 'task';
  ref: string;
  title: string;
  url: string;
  status: string;
  connection: string;
  department: string;
  department_name: string;
  employee: string;
  since: string;
  waiting_since: string | null;
  late: boolean;
  /** Somebody else's to read: only that it is open, and where. */
  hidden: boolean;
}
export type Tone = 'angry' | 'unhappy' | 'neutral' | 'content' | 'delighted';
export interface Mood {
  /** -1 to 1; `value` is on the measure's own scale. */
  mood: number;
  tone: Tone;
  stated: boolean;
  measure: string;
  value: number;
  min?: number;
  max?: number;
  at: string;
  before: {mood: number; tone: Tone; at: string} | null;
}

/** GET /customers/{id}/journey */
export interface Journey {
  customer: string;
  as_of: string;
  current: {phase: string; name: string; since: string} | null;
  phases: PhaseFigures[];
  recent: JourneyWindow;
  long_term: JourneyWindow;
  feelings: Feeling[];
  score: Score | null;
}
export interface PhaseFigures {
  id: string;
  name: string;
  stage: 'pre_purchase' | 'purchase' | 'post_purchase';
  question: string;
  touchpoints: number;
  stated: number;
  estimated: number;
  mood?: number;
  mood_estimated?: number;
  first?: string;
  last?: string;
}
export interface JourneyWindow {
  from: string;
  to: string;
  spells: {phase: string; from: string; to: string}[];
  /** Touchpoints in equal parts of the window. */
  volume: number[];
  moments: Feeling[];
}
/** A measurement on the common scale, beside its own. */
export interface Feeling {
  at: string;
  mood: number;
  tone: Tone;
  stated: boolean;
  measure: string;
  value: number;
  min?: number;
  max?: number;
  by: string;
  touchpoint: string;
  title: string;
}
export interface Score {
  value: number;
  worst: number;
  latest: number;
  measurements: number;
  contributions: {share: number; feeling: Feeling}[];
}

export interface Source {
  connection: string;
  department: string;
  state: 'current' | 'behind' | 'failing' | 'paused';
  last_success: string | null;
  newest_record: string | null;
}

/**
 * GET /customers/{id}/timeline?offset=0&limit=100&department=&kind=&channel=&q=&ref=&mood=&people=&fold=&around= , newest first.
 * `kind` takes a comma-separated list; each entry is a kind ("case.opened") or its first part ("case").
 */
export interface TimelinePage {
  customer: string;
  /** Rows; with `fold` a burst of passing touchpoints is one. */
  total: number;
  touchpoints: number;
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
  owner?: {team: string; employee: string};
  ended_at?: string;
  phase?: {id: string; name: string; by: string};
  mood?: {value: number; tone: Tone; stated: boolean};
  /** Automatic or passing. */
  quiet: boolean;
  /** Not for this reader: only when, and of which department. */
  hidden: boolean;
  burst?: {count: number; from: string; to: string; subjects: string[]};
}
export interface Experience {
  measure: string;
  value: number;
  min?: number | null;
  max?: number | null;
  label?: string | null;
  by?: string | null;
}

/** POST /customers/{id}/merge and /split, with ?dry_run=1 for a preview */
export interface Decision {
  dry_run: boolean;
  before: Shape[];
  after: Shape[];
  conflicts: string[];
  undo_token: string | null;
}
export interface Shape {
  id: string;
  touchpoints: number;
  identities: string[];
}

/** GET /customers/{id}/pins: newest first */
export interface Pins {
  pins: Pin[];
}
export interface Pin {
  touchpoint: string;
  title: string;
  occurred_at: string;
  internal: boolean;
  author: string;
  at: string;
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

/** GET /review?state=open|later|same|not_same&offset=&limit= : what concerns most touchpoints first */
export interface Reviews {
  /** Over all pages. */
  total: number;
  reviews: Review[];
}
export interface Review {
  id: number;
  a: ReviewSide;
  b: ReviewSide;
  /** The weight of the evidence: each bit doubles the odds. */
  bits: number;
  reason: string;
  model: string;
  state: 'open' | 'later' | 'same' | 'not_same';
  touchpoints: number;
  opened_at: string;
  decided_at: string | null;
  author: string;
  note: string;
}
export interface ReviewSide {
  customer: string;
  name: string;
  identity: string;
}

/** GET /destinations */
export interface Destinations {
  destinations: Destination[];
}
export interface Destination {
  id: string;
  plugin: string;
  state: 'current' | 'behind' | 'failing' | 'disabled' | 'paused';
  reason: string;
  /** Events it has not seen; `parked` ones wait for another attempt. */
  waiting: number;
  parked: number;
  dead_letters: number;
  next_attempt: string | null;
  /** When the oldest event that has not gone out was recorded. */
  behind_since?: string | null;
}

/** GET /events, server-sent; the event's id is the feed position. */
export interface FeedEvent {
  type: 'touchpoint.recorded' | 'touchpoint.retracted' | 'customer.updated' | 'customer.merged' | 'resync';
  customer?: string;
  touchpoint?: string;
}

/** GET /session */
export interface Session {
  signed_in: boolean;
  /** Signing out means something. */
  leaves?: boolean;
  account?: string;
  name?: string;
  role?: 'agent' | 'lead' | 'integrator' | 'admin';
  /** Goes with every change as X-CSRF-Token. */
  proof?: string;
  reads_everything?: boolean;
  /** "POST /api/v1/customers/{}/merge" */
  may?: string[];
  ways: {password: boolean; token: boolean; openid: string | null};
}

export interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
}
