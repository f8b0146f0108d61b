// Everything on one customer's page, and how it follows the address and the feed.
import {effect, signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {Customer, FeedEvent, Journey, Summary, Touchpoint} from '../api/types';
import {customer_path, same_filters, type Filters} from '../lib/address';
import {k_groups} from '../lib/kinds';
import {Resource} from '../lib/resource';
import {filters, go, page} from './route';
import {k_page_rows, Timeline} from './timeline';

const k_refresh_after_ms = 250;

export class CustomerState {
  readonly summary: Resource<Summary>;
  readonly customer: Resource<Customer>;
  readonly journey: Resource<Journey>;
  readonly timeline: Signal<Timeline>;
  /** Touchpoints that were recorded since the timeline was read. */
  readonly unseen: Signal<ReadonlySet<string>> = signal(new Set());

  /** The times between which the rows on screen lie. */
  readonly shown = signal({oldest: 0, newest: 0});
  /** A row to go to; the feed takes it. */
  readonly wanted_row: Signal<number | null> = signal(null);

  private refresh = 0;
  private filters: Filters;

  constructor(readonly id: string, chosen: Filters) {
    this.summary = new Resource(stop => api.summary(id, stop));
    this.customer = new Resource(stop => api.customer(id, stop));
    this.journey = new Resource(stop => api.journey(id, stop));
    this.filters = chosen;
    this.timeline = signal(this.timeline_for(chosen));
    this.load();
  }

  load(): void {
    void this.summary.load();
    void this.customer.load();
    void this.journey.load();
    void this.timeline.value.load(0);
  }

  filter(chosen: Filters): void {
    this.timeline.peek().stop();
    this.filters = chosen;
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

  /** Goes to the newest row that is not after this time. */
  async jump_to(time: number): Promise<void> {
    const query = this.query(this.filters);
    query.set('around', new Date(time).toISOString());
    query.set('limit', '1');
    const {offset, total} = await api.timeline(this.id, query);
    if (!total) return;
    await this.timeline.peek().load(Math.floor(offset / k_page_rows));
    this.wanted_row.value = offset;
  }

  /** The touchpoints that a burst stands for, newest first. */
  async members(burst: Touchpoint): Promise<Touchpoint[]> {
    const query = new URLSearchParams({
      kind: burst.kind.split('.')[0]!, department: burst.department ?? '', channel: burst.channel, limit: '200',
      after: new Date(Date.parse(burst.burst!.from) - 1).toISOString(), before: new Date(Date.parse(burst.burst!.to) + 1).toISOString(),
    });
    return (await api.timeline(this.id, query)).items;
  }

  /** Goes to the next older touchpoint that was measured as bad, or as good; false where there is none. */
  async jump_to_mood(mood: 'low' | 'high', before: number): Promise<boolean> {
    const query = new URLSearchParams({mood, before: new Date(before).toISOString(), limit: '1'});
    const found = (await api.timeline(this.id, query)).items[0];
    if (found) await this.jump_to(Date.parse(found.occurred_at));
    return !!found;
  }

  stop(): void {
    clearTimeout(this.refresh);
    this.journey.stop();
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
      void this.journey.load();
    }, k_refresh_after_ms) as unknown as number;
  }

  private is_about({customer}: FeedEvent): boolean {
    return customer === this.id || !!customer && !!this.customer.value.peek()?.aliases.includes(customer);
  }

  private query({group, department, text, mood, people, ref}: Filters): URLSearchParams {
    const query = new URLSearchParams({fold: '1'});
    const kinds = k_groups.find(({id}) => id === group)!.kinds;
    const wishes = {kind: kinds, department, q: text, mood, people: people ? '1' : '', ref};
    for (const [name, value] of Object.entries(wishes)) if (value) query.set(name, value);
    return query;
  }

  /** The filters that are set, as the API wants them. */
  current_query(): URLSearchParams {
    const query = this.query(this.filters);
    query.delete('fold');
    return query;
  }

  private timeline_for(chosen: Filters): Timeline {
    return new Timeline((offset, stop) => {
      const query = this.query(chosen);
      query.set('offset', String(offset));
      query.set('limit', String(k_page_rows));
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
    } else if (!same_filters(chosen, shown)) {
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
