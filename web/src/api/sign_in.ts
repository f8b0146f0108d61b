// Coming in: with a password, through the identity provider, or with an API token that this tab keeps until it is closed.
// Asked for only when the API answers 401; whatever waited then goes on, so nothing that was typed is lost.
import {signal} from '@preact/signals';
import {load_session, session} from '../state/session';

export const k_stored = 'touchline.token';

/** Whether the sign-in form is shown, and whether a token was refused before. */
export const sign_in = signal<'no' | 'needed' | 'refused'>('no');

let waiting: {promise: Promise<void>; settle: () => void} | null = null;

/** Picks up `#token=…`, as in a printed link, and takes it out of the address. */
export function take_token_from_address(): void {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (!found) return;
  sessionStorage.setItem(k_stored, decodeURIComponent(found[1]!));
  history.replaceState(history.state, '', location.pathname + location.search);
}

export const current_token = (): string | null => sessionStorage.getItem(k_stored);

export function own_headers(init?: HeadersInit): Headers {
  const headers = new Headers(init);
  const token = current_token();
  if (token) headers.set('Authorization', `Bearer ${token}`);
  return headers;
}
export const read_session = () => load_session(own_headers());

/** Resolves once somebody is signed in. All requests that were refused wait for the same one. */
export function ask_to_sign_in(refused: string | null): Promise<void> {
  const current = current_token();
  if (current && current !== refused) return Promise.resolve();
  if (!waiting) {
    let settle = () => {};
    const promise = new Promise<void>(resolve => (settle = resolve));
    waiting = {promise, settle};
    void read_session().then(() => (sign_in.value = refused ? 'refused' : 'needed'));
  }
  return waiting.promise;
}

/** The person who was here before may have left things on screen that are not the next one's. */
export function enter(before: string | undefined): void {
  if (before && session.peek()?.account !== before) return location.reload();
  sign_in.value = 'no';
  waiting?.settle();
  waiting = null;
}

export let last_account: string | undefined;
session.subscribe(now => (last_account = now?.account || last_account));

/** Another tab may have signed in while this one was away. */
export function follow_other_tabs(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || sign_in.peek() === 'no') return;
    const before = last_account;
    void read_session().then(() => session.peek()?.signed_in && enter(before));
  });
}
