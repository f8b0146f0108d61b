// How much waits for a person on the other pages, by their path: what the rail's numbers say.
import {signal, type Signal} from '@preact/signals';

export const waiting_work: Signal<Record<string, number>> = signal({});

export function note_waiting(path: string, count: number): void {
  if (waiting_work.peek()[path] !== count) waiting_work.value = {...waiting_work.peek(), [path]: count};
}
