// Who is signed in, what they may do, and how one signs in. The list of abilities comes from the API's own table: what is not
// on it is not offered.
import {signal, type Signal} from '@preact/signals';
import type {Session} from '../api/types';

export const session: Signal<Session | null> = signal(null);

/** `may('POST /api/v1/customers/{}/merge')` */
export const may = (route: string): boolean => !!session.value?.may?.includes(route);
/** The name under which changes are kept; empty where people say it themselves. */
export const signed_name = (): string => session.value?.name ?? '';

/** Without asking for a sign-in: that is what it tells. */
export async function load_session(headers: Headers): Promise<void> {
  const response = await fetch('/api/v1/session', {headers}).catch(() => null);
  if (response?.ok) session.value = (await response.json()) as Session;
}
