// Requests to the daemon. Everything else in the app gets typed answers or a Failure it can show.
import {signal} from '@preact/signals';
import type {Connections, Customer, Decision, Journey, Lookup, Pins, Summary, TimelinePage} from './types';
import {t} from '../lib/words';
import {session} from '../state/session';
import {Failure, failure_of} from './failure';
import {ask_to_sign_in, current_token, own_headers, read_session} from './sign_in';

export {Failure} from './failure';

const k_base = '/api/v1';
const k_slow_ms = 8_000;

/** How many requests have waited for longer than people like to. */
export const waiting_long = signal(0);

async function fetch_watched(path: string, init: RequestInit): Promise<Response> {
  let is_slow = false;
  const timer = setTimeout(() => (is_slow = true, waiting_long.value++), k_slow_ms);
  try {
    return await fetch(k_base + path, init);
  } finally {
    clearTimeout(timer);
    if (is_slow) waiting_long.value--;
  }
}

/** Like fetch under /api/v1, as who is signed in; asks for a sign-in if the API wants one. Rejects with Failure or AbortError. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const changes = init.method !== undefined && init.method !== 'GET';
  for (let proof_is_old = true;;) {
    const token = current_token();
    const headers = own_headers(init.headers);
    const proof = session.peek()?.proof;
    if (changes && proof) headers.set('X-CSRF-Token', proof);
    let response: Response;
    try {
      response = await fetch_watched(path, {...init, headers});
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Failure(0, t('Touchline cannot be reached'));
    }
    if (response.ok) return response;
    if (response.status === 403 && changes && !token && proof_is_old) {
      // Signed in anew in another tab: the session is another one, with another proof.
      proof_is_old = false;
      await read_session();
      if (session.peek()?.proof !== proof) continue;
    }
    if (response.status !== 401) throw await failure_of(response);
    await ask_to_sign_in(token);
    init.signal?.throwIfAborted();
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal ? {signal} : {});
  return (await response.json()) as T;
}

/** Sends a change; the browser asks before it does so for a foreign page. */
export async function post<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
  const headers = {'Content-Type': 'application/json'};
  const response = await request(path, {method: 'POST', headers, body: JSON.stringify(body), ...(signal ? {signal} : {})});
  return (await response.json()) as T;
}

const customer_path = (id: string) => `/customers/${encodeURIComponent(id)}`;

export const lookup = (text: string, signal?: AbortSignal) =>
  get<Lookup>(`/lookup?${new URLSearchParams({q: text, limit: '10'})}`, signal);
export const customer = (id: string, signal?: AbortSignal) => get<Customer>(customer_path(id), signal);
export const summary = (id: string, signal?: AbortSignal) => get<Summary>(`${customer_path(id)}/summary`, signal);
export const journey = (id: string, signal?: AbortSignal) => get<Journey>(`${customer_path(id)}/journey`, signal);
export const merge = (id: string, other: string, author: string, reason: string, dry_run: boolean) =>
  post<Decision>(`${customer_path(id)}/merge?dry_run=${dry_run}`, {with: other, author, reason});
export const split = (id: string, identities: string[], author: string, reason: string, dry_run: boolean) =>
  post<Decision>(`${customer_path(id)}/split?dry_run=${dry_run}`, {identities, author, reason});
export const pins = (id: string, signal?: AbortSignal) => get<Pins>(`${customer_path(id)}/pins`, signal);
export const pin = (id: string, touchpoint: string, pinned: boolean, author: string) =>
  post<Pins>(`${customer_path(id)}/pins`, {touchpoint, pinned, author});
export const add_note = (id: string, text: string, author: string) => post<{touchpoint: string}>(`${customer_path(id)}/notes`, {text, author});
export const undo = (undo_token: string, author: string) => post<{undone: boolean}>('/undo', {undo_token, author});
export const timeline = (id: string, query: URLSearchParams, signal?: AbortSignal) =>
  get<TimelinePage>(`${customer_path(id)}/timeline?${query}`, signal);
export const connections = (signal?: AbortSignal) => get<Connections>('/connections', signal);
/** Everything under the filters, as a file. */
export const exported = (id: string, format: 'csv' | 'json', query: URLSearchParams) =>
  request(`${customer_path(id)}/export?${query}&format=${format}`).then(response => response.blob());
export const sign_out = () => post<{signed_in: boolean}>('/session/end', {});
