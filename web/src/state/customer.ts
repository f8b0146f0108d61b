// Everything on one customer's page, and how it follows the address and the feed.
import {effect, signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {Customer, FeedEvent, Summary} from '../api/types';
import {customer_path, type Filters} from '../lib/address';
import {k_groups} from '../lib/kinds';
import {Resource} from '../lib/resource';
import {filters, go, page} from './route';
import {k_page_rows, Timeline} from './timeline';

const k_refresh_after_ms = 250;

export class CustomerState {
  readonly summary: Resource<Summary>;
  readonly customer: Resource<Customer>;
  readonly timeline: Signal<Timeline>;
  /** Touchpoints that were recorded since the timeline was read. */
  readonly unseen: Signal<ReadonlySet<string>> = signal(new Set());

  private refresh = 0;

  constructor(readonly id: string, chosen: Filters) {
    this.summary = new Resource(stop => api.summary(id, stop));
    this.customer = new Resource(stop => api.customer(id, stop));
    this.timeline = signal(this.timeline_for(chosen));
    this.load();
  }

  load(): void {
    void this.summary.load();
    void this.customer.load();
    void this.timeline.value.load(0);
  }

  filter(chosen: Filters): void {
    this.timeline.peek().stop();
    this.timeline.value = this.timeline_for(chosen);
    this.unseen.value = new Set();
    void this.timeline.value.load(0);
  }

  /** Reads the newest rows; what was counted as unseen is on its way to the screen. */
  async show_newest(): Promise<void> {
    this.unseen.value = new Set();
    this.timeline.peek().expire();
    await this.timeline.peek().load(0);
  }

  stop(): void {
    clearTimeout(this.refresh);
    this.summary.stop();
    this.customer.stop();
    this.timeline.peek().stop();
  }

  on_event(event: FeedEvent): void {
    if (event.type !== 'resync' && !this.is_about(event)) return;
    this.refresh_summary();
    if (event.type === 'touchpoint.recorded' && event.touchpoint && !this.timeline.peek().holds(event.touchpoint)) {
      this.unseen.value = new Set(this.unseen.value).add(event.touchpoint);
      return;
    }
    if (event.type !== 'touchpoint.recorded') void this.customer.load();
    if (event.type === 'customer.updated') return;
    this.timeline.peek().expire();
    this.timeline.peek().version.value++;
  }

  /** A burst of events leads to one read. */
  private refresh_summary(): void {
    this.refresh ||= setTimeout(() => {
      this.refresh = 0;
      void this.summary.load();
    }, k_refresh_after_ms) as unknown as number;
  }

  private is_about({customer}: FeedEvent): boolean {
    return customer === this.id || !!customer && !!this.customer.value.peek()?.aliases.includes(customer);
  }

  private timeline_for({group, department, text}: Filters): Timeline {
    return new Timeline((offset, stop) => {
      const query = new URLSearchParams({offset: String(offset), limit: String(k_page_rows)});
      const kinds = k_groups.find(({id}) => id === group)!.kinds;
      if (kinds) query.set('kind', kinds);
      if (department) query.set('department', department);
      if (text) query.set('q', text);
      return api.timeline(this.id, query, stop);
    });
  }
}

export const current: Signal<CustomerState | null> = signal(null);

/** Keeps `current` true to the address. */
export function follow_customer(): void {
  let shown = filters.peek();
  effect(() => {
    const here = page.value;
    const chosen = filters.value;
    const state = current.peek();
    if (here.name !== 'customer') {
      state?.stop();
      current.value = null;
    } else if (state?.id !== here.id) {
      state?.stop();
      current.value = new CustomerState(here.id, chosen);
    } else if (chosen.group !== shown.group || chosen.department !== shown.department || chosen.text !== shown.text) {
      state.filter(chosen);
    }
    shown = chosen;
  });
  // The id of a customer who was joined into another leads to the living one.
  effect(() => {
    const state = current.value;
    const living = state?.customer.value.value?.id;
    if (state && living && living !== state.id) go(customer_path(living) + location.search, 'replace');
  });
}
