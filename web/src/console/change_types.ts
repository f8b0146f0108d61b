// What the daemon answers about mappings, replays, plans and runs.
import type {Touchpoint} from '../api/types';

/** GET /streams */
export interface MappedStream {
  connection: string;
  stream: string;
  file: string;
  /** Why it cannot be saved from here; empty when it can. */
  why_not: string;
}
/** GET /connections/{}/streams/{}/mapping */
export interface MappingText {
  file: string;
  text: string;
  etag: string;
  why_not: string;
}
/** GET …/samples */
export interface Sample {
  id: string;
  external_id: string;
  at: string;
  /** Of a dead letter: why it is one. */
  fault: string;
  text: string;
}
export interface Fault {
  line: number;
  column: number;
  length: number;
  message: string;
  cure: string;
}
/** POST …/trial */
export interface Trial {
  faults: Fault[];
  cases: {name: string; line: number; passed: boolean; error: string; differences: {pointer: string; expected: string; got: string}[]}[];
  records: {fault: Fault | null; items: Touchpoint[]; touchpoints: unknown[]; facts: {field: string; value: unknown}[]; links: unknown[]}[];
}
/** POST …/mapping */
export interface Saved {
  saved: boolean;
  diff: string;
  etag: string;
}

export interface Counts {
  records: number;
  added: number;
  changed: number;
  removed: number;
  mended: number;
  failed: number;
}
/** GET /replays */
export interface Replay extends Counts {
  id: number;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  connection: string;
  stream: string;
  from: string | null;
  to: string | null;
  where: string;
  total: number;
  started_at: string;
  finished_at: string | null;
}
export interface Selection {
  connection?: string;
  stream?: string;
  from?: string;
  to?: string;
  where?: string;
  share?: number;
  with_rules?: boolean;
}
/** GET /raw-volume */
export interface Volume {
  records: number;
  hours: {from: string; records: number}[];
}
export interface Example {
  before: Touchpoint | null;
  after: Touchpoint | null;
}
export interface Side {
  id: string;
  touchpoints: number;
  identities: string[];
}
export interface PlannedCustomer {
  added: number;
  changed: number;
  removed: number;
  before: Side[];
  after: Side[];
  examples: Example[];
}
export interface Report extends Counts {
  total: number;
  share: number;
  merges: number;
  splits: number;
  empty: boolean;
  streams: {
    connection: string; stream: string; added: number; changed: number; removed: number; examples: Example[];
    fields: {field: string; touchpoints: number; transitions: {from: string; to: string; touchpoints: number}[]}[];
  }[];
  failures: {connection: string; stream: string; stage: string; message: string; place: string; cure: string; example: string; records: number}[];
  customers: PlannedCustomer[];
}
/** GET /plans/{} */
export interface Plan {
  id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'applied';
  records: number;
  total: number;
  started_at: string;
  error: string;
  report: Report | null;
}
/** GET /connections/{}/runs */
export interface Run {
  started_at: string;
  finished_at: string;
  records: number;
  touchpoints: number;
  dead_letters: number;
  outcome: string;
  error: string;
  /** What it was made with: names to versions. */
  setup: Record<string, string> | null;
}
/** GET /dead-letters/causes */
export interface LetterCause {
  /** The same for as long as one of its letters is there; the message is that of the newest and may change. */
  id: string;
  connection: string;
  stream: string;
  stage: string;
  code: string;
  message: string;
  place: string;
  cure: string;
  letters: number;
  first_at: string;
  last_at: string;
  newest: {id: number; external_id: string; attempts: number; raw_bytes: number};
  ids: number[];
}
/** What was dropped at once. */
export interface Dropping {
  id: number;
  at: string;
  /** Until then it can be brought back. */
  until: string;
  letters: number;
  connection: string;
  message: string;
}
/** A request of a connection, without its secrets. */
export interface SentRequest {
  at: string;
  target: string;
  method: string;
  url: string;
  /** How it says who calls. */
  credentials: string;
  sent_bytes: number;
  /** 0: there was no answer. */
  status: number;
  received_bytes: number;
  milliseconds: number;
  error: string;
  answer: string;
}
/** GET /tap */
export interface TapRow {
  number: number;
  at: string;
  stage: 'raw' | 'mapped' | 'merged' | 'out';
  connection: string;
  stream: string;
  external_id: string;
  text: string;
}
