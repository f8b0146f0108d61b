// Shows only the rows near the screen. Heights come from one ResizeObserver, so nothing forces a layout; what the reader
// looks at stays where it is when rows above it change their height or new ones arrive.
import {useSignal, type Signal} from '@preact/signals';
import {useEffect, useLayoutEffect, useMemo, useRef} from 'preact/hooks';
import {narrow} from '../state/screen';
import type {Timeline} from '../state/timeline';

const k_overscan_px = 360;
const k_first_rows = 14;
const k_margin_px = 40;
const k_end_px = 16;
const k_least_seen_px = 24;

export interface Window {
  first: number;
  end: number;
}

/** Where the list scrolls: in its own box, or with the page on narrow screens. Distances count from the list's top. */
class Viewport {
  constructor(private readonly list: HTMLElement) {}

  private get box(): HTMLElement | null {
    return narrow.matches ? null : this.list.closest<HTMLElement>('[data-scroll]');
  }

  top(): number {
    return this.box?.scrollTop ?? -this.list.getBoundingClientRect().top + this.covered();
  }

  height(): number {
    return this.box?.clientHeight ?? innerHeight - this.covered();
  }

  scroll_to(distance: number): void {
    if (this.box) this.box.scrollTop = distance;
    else scrollBy(0, distance - this.top());
  }

  /** What the sticky bars hide when the page scrolls as one. */
  private covered(): number {
    return document.querySelector('.filters')?.getBoundingClientRect().bottom ?? 0;
  }
}

export interface VirtualList {
  /** For the element that holds the rows; each row carries data-row. */
  list: {current: HTMLDivElement | null};
  window: Signal<Window>;
  /** How far the reader is from the newest row. */
  top: Signal<number>;
  first_visible: Signal<number>;
  last_visible: Signal<number>;
  /** To be called as a layout effect of whatever draws the rows. */
  after_draw(): void;
  first_fully_visible(): number;
  /** Brings the row to the screen and gives it the focus, once it is read. */
  focus(row: number): void;
  to_newest(): void;
}

export function use_virtual_list(timeline: Timeline): VirtualList {
  const list = useRef<HTMLDivElement>(null);
  const window = useSignal<Window>({first: 0, end: k_first_rows});
  const top = useSignal(0);
  const first_visible = useSignal(0);
  const last_visible = useSignal(0);
  const shifted = useRef(0);
  /** The row that is to get the focus; -1 for none. */
  const wanted = useRef(-1);
  const total = timeline.total.value ?? 0;
  const version = timeline.version.value;

  /** Where the list stands when a row's beginning is on top, with the end of the row before it. */
  const place_of = (row: number) => (row === 0 ? 0 : timeline.heights.before(row) - k_margin_px);

  const pad = (element: HTMLElement) => {
    const {heights} = timeline;
    const {first, end} = window.peek();
    element.style.paddingTop = `${heights.before(first)}px`;
    element.style.paddingBottom = `${heights.total() - heights.before(end)}px`;
  };

  const measure_window = () => {
    const element = list.current;
    const rows = timeline.total.peek() ?? 0;
    if (!element || !rows) return;
    const viewport = new Viewport(element);
    const at = viewport.top();
    const first = timeline.heights.at(Math.max(0, at - k_overscan_px));
    const end = Math.min(rows, timeline.heights.at(at + viewport.height() + k_overscan_px) + 1);
    const shown = window.peek();
    if (shown.first !== first || shown.end !== end) window.value = {first, end};
    top.value = at;
    first_visible.value = timeline.heights.at(Math.max(0, at));
    last_visible.value = timeline.heights.at(Math.max(0, at + viewport.height()));
    timeline.need(first, end);
  };

  const {observer, observed} = useMemo(() => {
    const resized = (entries: ResizeObserverEntry[]) => {
      const element = list.current;
      if (!element) return;
      const {heights} = timeline;
      const viewport = new Viewport(element);
      const at = viewport.top();
      let grown_above = 0;
      let shrunk = -1;
      let changed = false;
      for (const entry of entries) {
        const target = entry.target as HTMLElement;
        const row = Number(target.dataset.row);
        if (!target.isConnected || target.ariaBusy || row >= heights.count) continue;
        const top = heights.before(row);
        const bottom = top + heights.of(row);
        const growth = heights.set(row, entry.borderBoxSize[0]!.blockSize);
        if (growth) changed = true;
        if (bottom <= at + grown_above) grown_above += growth;
        else if (growth < 0 && top < at + grown_above) shrunk = row;
      }
      if (!changed) return;
      pad(element);
      // Who was deep in a row that is closed now finds it where it begins, not the rows that moved up to this place.
      if (shrunk >= 0 && heights.before(shrunk + 1) <= at + grown_above + k_least_seen_px) viewport.scroll_to(place_of(shrunk));
      else if (grown_above) viewport.scroll_to(at + grown_above);
      measure_window();
    };
    return {observer: new ResizeObserver(resized), observed: new WeakSet<Element>()};
  }, [timeline]);
  useEffect(() => () => observer.disconnect(), [observer]);

  useEffect(() => {
    const element = list.current!;
    const box = element.closest<HTMLElement>('[data-scroll]')!;
    let frame = 0;
    const on_scroll = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        measure_window();
      });
    };
    box.scrollTop = 0;
    timeline.on_shift = rows => {
      shifted.current += rows;
      if (wanted.current >= 0) wanted.current += rows;
    };
    const on_focus = () => {
      wanted.current = -1;
    };
    box.addEventListener('scroll', on_scroll, {passive: true});
    addEventListener('scroll', on_scroll, {passive: true});
    addEventListener('resize', on_scroll);
    addEventListener('focusin', on_focus);
    return () => {
      cancelAnimationFrame(frame);
      box.removeEventListener('scroll', on_scroll);
      removeEventListener('scroll', on_scroll);
      removeEventListener('resize', on_scroll);
      removeEventListener('focusin', on_focus);
    };
  }, [timeline]);

  useLayoutEffect(() => {
    const element = list.current!;
    if (shifted.current && new Viewport(element).top() > 0) {
      const rows = shifted.current;
      const viewport = new Viewport(element);
      const at = viewport.top();
      const {first, end} = window.peek();
      window.value = {first: Math.max(0, first + rows), end: Math.min(total, end + rows)};
      pad(element);
      viewport.scroll_to(at + Math.sign(rows) * timeline.heights.before(Math.abs(rows)));
    }
    shifted.current = 0;
    measure_window();
  }, [timeline, total, version]);

  /** A row that is still being read gets the focus when it is drawn, unless the person went elsewhere meanwhile. */
  const give_focus = () => {
    const row = wanted.current < 0 ? null : list.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!row || row.ariaBusy) return;
    wanted.current = -1;
    row.focus({preventScroll: true});
  };

  return {
    list, window, top, first_visible, last_visible,
    after_draw() {
      const element = list.current!;
      pad(element);
      for (const row of element.children) {
        if (observed.has(row)) continue;
        observed.add(row);
        observer.observe(row);
      }
      give_focus();
    },
    first_fully_visible() {
      const at = Math.max(0, new Viewport(list.current!).top());
      const row = timeline.heights.at(at);
      return timeline.heights.before(row) < at ? row + 1 : row;
    },
    focus(row) {
      const viewport = new Viewport(list.current!);
      const above = timeline.heights.before(row);
      const height = timeline.heights.of(row);
      const at = viewport.top();
      const room = viewport.height() - k_end_px;
      if (above < at + k_end_px / 2 || height > room) viewport.scroll_to(place_of(row));
      else if (above + height > at + room) viewport.scroll_to(above + height - room);
      wanted.current = row;
      measure_window();
      requestAnimationFrame(give_focus);
    },
    to_newest() {
      new Viewport(list.current!).scroll_to(0);
      measure_window();
    },
  };
}
