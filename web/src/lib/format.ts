// Times, numbers and names as people read them, in the viewer's own zone. The formatters are made once: making one costs
// more than drawing a row.

const date_format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);
const clock = date_format({hour: '2-digit', minute: '2-digit'});
const day_of_week = date_format({weekday: 'long', day: 'numeric', month: 'long'});
const day_of_year = date_format({weekday: 'short', day: 'numeric', month: 'long', year: 'numeric'});
const short_day = date_format({day: 'numeric', month: 'short'});
const short_day_of_year = date_format({day: 'numeric', month: 'short', year: 'numeric'});
const month_of_year = date_format({month: 'short', year: 'numeric'});
const complete = date_format({dateStyle: 'full', timeStyle: 'long'});
const numbers = new Intl.NumberFormat('en-GB');

const k_day_ms = 86_400_000;

/** Midnight of that day for the viewer; equal for two times exactly if they fall on the same day. */
export function day_start(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Whole days from one time to a later one, by the calendar. */
export function days_between(earlier: number, later: number): number {
  return Math.round((day_start(later) - day_start(earlier)) / k_day_ms);
}

export const hour_and_minute = (time: number) => clock.format(time);
export const full_time = (time: number) => complete.format(time);
export const month = (time: number) => month_of_year.format(time);
export const count = (value: number) => numbers.format(value);

/** "1 touchpoint", "12 touchpoints" */
export const counted = (value: number, noun: string) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Some versions of the locale's data put a comma behind the weekday. */
const this_year = (time: number) => day_of_week.format(time).replace(',', '');

export function day_label(time: number, now: number): string {
  const days = days_between(time, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days > 0 && days < 300 ? this_year(time) : day_of_year.format(time);
}

export function short_date(time: number, now: number): string {
  return Math.abs(now - time) < 300 * k_day_ms ? short_day.format(time) : short_day_of_year.format(time);
}

/** A span of time in its largest sensible unit: "38 min", "26 h", "18 days", "7 months", "3 years". */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.round(hours / 24);
  if (days < 60) return `${days} days`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `${months} months` : `${Math.round(days / 365)} years`;
}

export function ago(time: number, now: number): string {
  return now - time < 60_000 ? 'just now' : `${span(now - time)} ago`;
}

export function sentence(text: string): string {
  const words = text.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function money(amount: {value: string; currency: string}): string {
  try {
    return new Intl.NumberFormat('en-GB', {style: 'currency', currency: amount.currency}).format(Number(amount.value));
  } catch {
    return `${amount.value} ${amount.currency}`;
  }
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(word => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map(word => word?.charAt(0) ?? '');
  return letters.join('').toUpperCase() || '?';
}

/** "email:ana@example.org" is {ns: "email", value: "ana@example.org"}. */
export function split_identity(key: string): {ns: string; value: string} {
  const colon = key.indexOf(':');
  return colon < 0 ? {ns: '', value: key} : {ns: key.slice(0, colon), value: key.slice(colon + 1)};
}

/** A field's value for people: an address given in parts reads as one line. */
export function field_text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(field_text).filter(Boolean).join(', ');
  if (typeof value === 'object') return Object.values(value).map(field_text).filter(Boolean).join(', ');
  return String(value);
}

/** "tom.akers@halden.example" and "tom.akers" read "Tom Akers"; anything else stays as it is. */
export function person_name(employee: string): string {
  const name = employee.split('@')[0]!;
  if (!/^\p{L}+([._-]\p{L}+)+$/u.test(name)) return employee;
  return name.split(/[._-]/).map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
