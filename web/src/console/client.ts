// The requests of the integrator's pages.
import {get, post} from '../api/client';
import type {DeadLetters, Destinations} from '../api/types';

export const destinations = (stop?: AbortSignal) => get<Destinations>('/destinations', stop);
export const dead_letters = (connection: string, stop?: AbortSignal) =>
  get<DeadLetters>(`/dead-letters?${new URLSearchParams({limit: '500', ...(connection ? {connection} : {})})}`, stop);
export const retry = (letter: number) => post<{processed: boolean}>(`/dead-letters/${letter}/retry`, {});
export const run = (connection: string) => post<{started: boolean}>(`/connections/${encodeURIComponent(connection)}/run`, {});
export const enable = (destination: string) => post<{enabled: boolean}>(`/destinations/${encodeURIComponent(destination)}/enable`, {});
