// The API token of this tab. It is asked for only when the API answers 401, and forgotten with the tab.
import {signal} from '@preact/signals';

const k_stored = 'touchline.token';

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

export function current_token(): string | null {
  return sessionStorage.getItem(k_stored);
}

/** Resolves once a person has given a token that may be tried. All requests that were refused wait for the same one. */
export function ask_for_token(refused: string | null): Promise<void> {
  const current = current_token();
  if (current && current !== refused) return Promise.resolve();
  sign_in.value = refused ? 'refused' : 'needed';
  if (!waiting) {
    let settle = () => {};
    const promise = new Promise<void>(resolve => (settle = resolve));
    waiting = {promise, settle};
  }
  return waiting.promise;
}

export function give_token(token: string): void {
  sessionStorage.setItem(k_stored, token);
  sign_in.value = 'no';
  waiting?.settle();
  waiting = null;
}
