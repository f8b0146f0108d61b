// The requests of the integrator's pages.
import {get, post} from '../api/client';
import type {Decision, Destinations, Reviews} from '../api/types';

export const destinations = (stop?: AbortSignal) => get<Destinations>('/destinations', stop);
export const retry = (letter: number) => post<{processed: boolean}>(`/dead-letters/${letter}/retry`, {});
export const run = (connection: string) => post<{started: boolean}>(`/connections/${encodeURIComponent(connection)}/run`, {});
export const enable = (destination: string) => post<{enabled: boolean}>(`/destinations/${encodeURIComponent(destination)}/enable`, {});
export const reviews = (state: string, stop?: AbortSignal) => get<Reviews>(`/review?${new URLSearchParams({state, limit: '100'})}`, stop);
export const decide = (review: number, verdict: 'same' | 'not_same' | 'later', author: string, dry_run: boolean) =>
  post<Decision>(`/review/${review}?dry_run=${dry_run}`, {verdict, author});
