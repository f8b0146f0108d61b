// What a person chose on this device: their name under decisions and notes, and whether single keys act.
import {effect, signal, type Signal} from '@preact/signals';

function stored<T extends string | boolean>(key: string, fallback: T): Signal<T> {
  const kept = localStorage.getItem(`touchline.${key}`);
  const value = signal(kept === null ? fallback : ((typeof fallback === 'boolean' ? kept === 'true' : kept) as T));
  effect(() => localStorage.setItem(`touchline.${key}`, String(value.value)));
  return value;
}

export const my_name = stored<string>('name', '');
/** WCAG 2.1.4: shortcuts of one character can be switched off. */
export const single_keys = stored<boolean>('single_keys', true);
