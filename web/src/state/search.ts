// The search box: suggestions while typing, and where Enter leads.
import {signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {Match} from '../api/types';
import {customer_path} from '../lib/address';
import {as_failure} from '../lib/resource';
import {go} from './route';

const k_shortest_text = 3;
const k_pause_ms = 70;

export class Search {
  readonly text = signal('');
  readonly matches: Signal<Match[] | null> = signal(null);
  /** The text that the matches belong to. */
  readonly answered = signal('');
  readonly failure: Signal<api.Failure | null> = signal(null);
  readonly active = signal(-1);
  readonly is_open = signal(false);
  private running: AbortController | null = null;
  private timer = 0;

  /** `chosen` is told which match was taken. */
  constructor(private readonly chosen: (match: Match) => void) {}

  type(text: string): void {
    this.text.value = text;
    clearTimeout(this.timer);
    if (text.trim().length < k_shortest_text) {
      this.running?.abort();
      this.matches.value = null;
      this.failure.value = null;
      this.is_open.value = false;
      return;
    }
    this.timer = setTimeout(() => void this.ask(text), k_pause_ms) as unknown as number;
  }

  async ask(text: string): Promise<void> {
    clearTimeout(this.timer);
    this.running?.abort();
    const run = (this.running = new AbortController());
    try {
      const {matches} = await api.lookup(text.trim(), run.signal);
      if (run.signal.aborted) return;
      this.matches.value = matches;
      this.answered.value = text;
      this.failure.value = null;
      this.active.value = matches.length === 1 ? 0 : -1;
    } catch (error) {
      if (run.signal.aborted) return;
      this.failure.value = as_failure(error);
    }
    this.is_open.value = true;
  }

  move(by: 1 | -1): void {
    const length = this.matches.value?.length ?? 0;
    if (!length) return;
    this.is_open.value = true;
    this.active.value = (this.active.value + by + (this.active.value < 0 && by < 0 ? 1 : 0) + length) % length;
  }

  /** Enter: the chosen match, or the only one; otherwise the list opens. */
  async submit(): Promise<void> {
    if (!this.text.value.trim()) return;
    if (this.answered.value !== this.text.value) await this.ask(this.text.value);
    const matches = this.matches.value ?? [];
    const chosen = matches[this.active.value] ?? (matches.length === 1 ? matches[0] : undefined);
    if (chosen) this.choose(chosen);
  }

  choose(match: Match): void {
    this.running?.abort();
    clearTimeout(this.timer);
    this.is_open.value = false;
    this.active.value = -1;
    this.chosen(match);
  }
}

/** The one in the top bar leads to the customer. */
export const search = new Search(match => go(customer_path(match.customer)));
