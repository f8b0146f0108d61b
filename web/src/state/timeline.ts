// The rows of one customer's timeline under one set of filters. Pages are fetched by offset when they come near the
// screen; when the total changes in between, rows already known move along and are read again.
import {signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {TimelinePage, Touchpoint} from '../api/types';
import {Heights} from '../lib/heights';
import {as_failure} from '../lib/resource';

export const k_page_rows = 100;
const k_estimated_row_px = 74;

type Read = (offset: number, signal: AbortSignal) => Promise<TimelinePage>;

export class Timeline {
  /** null until the first page came. */
  readonly total: Signal<number | null> = signal(null);
  /** The same with bursts counted in full. */
  readonly touchpoints: Signal<number | null> = signal(null);
  readonly failure: Signal<api.Failure | null> = signal(null);
  /** Counts every change of the rows. */
  readonly version = signal(0);
  /** The row that the keyboard is on; -1 for none. */
  readonly cursor = signal(-1);
  readonly open: Signal<ReadonlySet<string>> = signal(new Set());
  heights = new Heights(0, k_estimated_row_px);
  read_at = 0;
  /** Called before the rows move by so many places, so that what is on screen can stay where it is. */
  on_shift: (rows: number) => void = () => {};

  private rows = new Map<number, Touchpoint>();
  private readonly place = new Map<string, number>();
  private readonly fresh = new Set<number>();
  private readonly running = new Map<number, AbortController>();

  constructor(private readonly read: Read) {}

  row(index: number): Touchpoint | undefined {
    return this.rows.get(index);
  }

  holds(touchpoint: string): boolean {
    return this.place.has(touchpoint);
  }

  /** Sees to it that these rows are there or on their way. After a failure a person decides when to try again. */
  need(first: number, end: number): void {
    if (this.failure.peek()) return;
    for (let page = Math.floor(first / k_page_rows); page * k_page_rows < end; page++) void this.load(page);
  }

  async load(page: number): Promise<void> {
    if (this.fresh.has(page) || this.running.has(page)) return;
    const run = new AbortController();
    this.running.set(page, run);
    try {
      const answer = await this.read(page * k_page_rows, run.signal);
      if (run.signal.aborted) return;
      this.take(page, answer);
    } catch (error) {
      if (!run.signal.aborted) this.failure.value = as_failure(error);
    } finally {
      if (this.running.get(page) === run) this.running.delete(page);
    }
  }

  /** All rows stay on screen but are read again as they come near it. */
  expire(): void {
    this.fresh.clear();
    for (const run of this.running.values()) run.abort();
    this.running.clear();
    this.failure.value = null;
  }

  stop(): void {
    for (const run of this.running.values()) run.abort();
  }

  toggle(id: string): void {
    const next = new Set(this.open.value);
    if (!next.delete(id)) next.add(id);
    this.open.value = next;
  }

  private take(page: number, answer: TimelinePage): void {
    const known = this.total.peek();
    if (known === null) this.heights = new Heights(answer.total, k_estimated_row_px);
    else if (known !== answer.total) this.shift(answer.total - known, answer.total);
    answer.items.forEach((item, at) => this.put(answer.offset + at, item));
    this.fresh.add(page);
    this.read_at = Date.now();
    this.total.value = answer.total;
    this.touchpoints.value = answer.touchpoints;
    this.failure.value = null;
    this.version.value++;
  }

  /** New rows mostly come first; where they did not, reading the visible pages again puts things right. */
  private shift(by: number, total: number): void {
    const moved = new Map<number, Touchpoint>();
    const heights = new Heights(total, k_estimated_row_px);
    for (const [index, item] of this.rows) {
      const to = index + by;
      if (to < 0 || to >= total) {
        this.place.delete(item.id);
        continue;
      }
      moved.set(to, item);
      this.place.set(item.id, to);
      heights.set(to, this.heights.of(index));
    }
    this.on_shift(by);
    this.rows = moved;
    this.heights = heights;
    this.fresh.clear();
    if (this.cursor.peek() >= 0) this.cursor.value = Math.max(0, Math.min(this.cursor.peek() + by, total - 1));
  }

  private put(index: number, item: Touchpoint): void {
    const earlier = this.place.get(item.id);
    if (earlier !== undefined && earlier !== index) this.rows.delete(earlier);
    const replaced = this.rows.get(index);
    if (replaced && replaced.id !== item.id) this.place.delete(replaced.id);
    this.rows.set(index, item);
    this.place.set(item.id, index);
  }
}
