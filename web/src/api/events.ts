// The feed as it happens. EventSource cannot send the token, so this streams with fetch, and resumes where it stopped.
import {signal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {EventStreamParser} from '../lib/event_stream';
import {request} from './client';
import type {FeedEvent} from './types';

export const connected = signal(false);
/** Since when nothing answers, or 0. A reconnection that works at once is not worth a word. */
export const away_since = signal(0);

/** What failed while nothing answered is asked again by itself. */
export function when_back(again: () => unknown): void {
  useEffect(() => void (connected.value && again()), [connected.value]);
}

/** The daemon says that it is still there every 15 seconds; who hears nothing for longer asks anew. */
const k_silence_ms = 40_000;
const k_first_wait_ms = 1_000;
const k_longest_wait_ms = 5_000;

/** Calls `on_event` for each event until the signal aborts. */
export async function follow_feed(on_event: (event: FeedEvent) => void, stop: AbortSignal): Promise<void> {
  let last_id = '';
  let wait = k_first_wait_ms;
  while (!stop.aborted) {
    const turn = new AbortController();
    stop.addEventListener('abort', () => turn.abort(), {once: true});
    let patience = 0;
    const heard = () => (clearTimeout(patience), (patience = setTimeout(() => turn.abort(), k_silence_ms) as unknown as number));
    try {
      heard();
      const headers: Record<string, string> = {Accept: 'text/event-stream'};
      if (last_id) headers['Last-Event-ID'] = last_id;
      const response = await request('/events', {signal: turn.signal, headers});
      connected.value = true;
      if (away_since.value) on_event({type: 'resync'});
      away_since.value = 0;
      wait = k_first_wait_ms;
      for await (const event of read_events(response.body!, heard)) {
        if (event.id) last_id = event.id;
        on_event({...(JSON.parse(event.data) as object), type: event.type as FeedEvent['type']});
      }
    } catch {
      // Whatever ended the stream, the answer is the same: say so and try again.
    }
    clearTimeout(patience);
    connected.value = false;
    if (wait > k_first_wait_ms) away_since.value ||= Date.now();
    await pause(wait * (0.75 + Math.random() / 2), stop);
    wait = Math.min(wait * 2, k_longest_wait_ms);
  }
}

async function* read_events(body: ReadableStream<Uint8Array>, heard: () => void) {
  const parser = new EventStreamParser();
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    heard();
    yield* parser.push(value);
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), {once: true});
  });
}
