// Dead letters by their cause: is it one bug, or many?
import type {DeadLetter} from '../api/types';

export interface Cause {
  key: string;
  connection: string;
  stage: string;
  code: string;
  place: string;
  cure: string;
  /** Of the newest; what varies from record to record is shown as it stands there. */
  message: string;
  letters: DeadLetter[];
  first_at: string;
  last_at: string;
}

/** Numbers and quoted values vary from record to record; the rest of a message says what is wrong. */
const pattern_of = (message: string) => message.replace(/"[^"]*"|“[^”]*”|'[^']*'/g, '“…”').replace(/\d+/g, '#');

/** Newest letters first in; the cause with most letters first out. */
export function causes_of(letters: readonly DeadLetter[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const letter of letters) {
    const {connection, stage, code, place, cure, message, first_at, last_at} = letter;
    const key = [connection, stage, code, place, pattern_of(message)].join('\n');
    const cause = causes.get(key) ?? {key, connection, stage, code, place, cure, message, letters: [], first_at, last_at};
    cause.letters.push(letter);
    if (first_at < cause.first_at) cause.first_at = first_at;
    if (last_at > cause.last_at) cause.last_at = last_at;
    causes.set(key, cause);
  }
  return [...causes.values()].sort((a, b) => b.letters.length - a.letters.length);
}
