// Requests to the daemon. Everything else in the app gets typed answers or a Failure it can show.
import type {Connections, Customer, Decision, Journey, Lookup, Pins, Problem, Summary, TimelinePage} from './types';
import {ask_for_token, current_token} from './token';

const k_base = '/api/v1';

/** A request that did not give an answer, in words for the person in front of the screen. */
export class Failure extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Like fetch under /api/v1, with the token; asks for one if the API wants it. Rejects with Failure or AbortError. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const token = current_token();
    const headers = new Headers(init.headers);
    if (token) headers.set('Authorization', `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(k_base + path, {...init, headers});
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Failure(0, 'Touchline cannot be reached');
    }
    if (response.ok) return response;
    if (response.status !== 401) throw await failure_of(response);
    await ask_for_token(token);
    init.signal?.throwIfAborted();
  }
}

async function failure_of(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new Failure(response.status, problem.detail || problem.title || `Touchline answered ${response.status}`);
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
