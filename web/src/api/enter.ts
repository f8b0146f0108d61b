// What somebody gives to come in: a password or a token.
import {t} from '../lib/words';
import {session} from '../state/session';
import {Failure, failure_of} from './failure';
import {enter, k_stored, last_account, read_session, sign_in} from './sign_in';
import type {Session} from './types';

export async function give_token(token: string): Promise<void> {
  sessionStorage.setItem(k_stored, token);
  const before = last_account;
  await read_session();
  if (session.peek()?.signed_in) return enter(before);
  sessionStorage.removeItem(k_stored);
  sign_in.value = 'refused';
}

/** Rejects with a Failure that says why. */
export async function give_password(account: string, password: string, panel: boolean): Promise<void> {
  sessionStorage.removeItem(k_stored);
  const before = last_account;
  const body = JSON.stringify({account, password, panel});
  const response = await fetch('/api/v1/session', {method: 'POST', headers: {'Content-Type': 'application/json'}, body}).catch(() => null);
  if (!response) throw new Failure(0, t('Touchline cannot be reached'));
  if (response.status === 401) throw new Failure(401, t('The name or the password is not right.'));
  if (response.status === 429) throw new Failure(429, t('Too many attempts. Try again in {n} s.', {n: response.headers.get('Retry-After') ?? '60'}));
  if (!response.ok) throw await failure_of(response);
  session.value = (await response.json()) as Session;
  enter(before);
}
