// Times, numbers and names as people read them, in the viewer's own zone. The formatters are made once: making one costs
// more than drawing a row.
import {chosen_zone, direction, locale} from './locale';
import {count, counted, t} from './words';

export {count, counted};

const made = new Map<string, Intl.DateTimeFormat>();
const in_zone = chosen_zone ? {timeZone: chosen_zone} : {};
function date_format(name: string, options: Intl.DateTimeFormatOptions): (time: number) => string {
  return time => {
    let format = made.get(name);
    if (!format) made.set(name, (format = new Intl.DateTimeFormat(locale, {...options, ...in_zone})));
    return format.format(time);
  };
}
const clock = date_format('clock', {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
const day_of_week = date_format('day of week', {weekday: 'long', day: 'numeric', month: 'long'});
const day_of_year = date_format('day of year', {weekday: 'short', day: 'numeric', month: 'long', year: 'numeric'});
const short_day = date_format('short day', {day: 'numeric', month: 'short'});
const short_day_of_year = date_format('short day of year', {day: 'numeric', month: 'short', year: 'numeric'});
const month_of_year = date_format('month', {month: 'short', year: 'numeric'});
const complete = date_format('complete', {dateStyle: 'full', timeStyle: 'long'});
const parts = chosen_zone ? new Intl.DateTimeFormat('en-US', {...in_zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric'}) : null;

const k_day_ms = 86_400_000;

/** The clock on the wall of the chosen zone, as if it were UTC's. */
function wall_clock(time: number): number {
  const found: Record<string, number> = {};
  for (const {type, value} of parts!.formatToParts(time)) found[type] = Number(value);
  return Date.UTC(found['year']!, found['month']! - 1, found['day'], found['hour'], found['minute'], found['second']);
}

/** One number for each day of the viewer: equal for two times exactly if they fall on the same day. */
export function day_start(time: number): number {
  if (!parts) return new Date(time).setHours(0, 0, 0, 0);
  const wall = wall_clock(time);
  return wall - (wall % k_day_ms);
}

/** The last moment of a day of the viewer's calendar. */
export function end_of_day(year: number, month: number, day: number): number {
  if (!parts) return new Date(year, month - 1, day + 1).getTime() - 1;
  const wall = Date.UTC(year, month - 1, day + 1);
  // Once more, because the zone's offset may differ between the guess and what it leads to.
  let time = wall;
  for (let turn = 0; turn < 2; turn += 1) time = wall - (wall_clock(time) - time);
  return time - 1;
}

/** Whole days from one time to a later one, by the calendar. */
export function days_between(earlier: number, later: number): number {
  return Math.round((day_start(later) - day_start(earlier)) / k_day_ms);
}

export const hour_and_minute = (time: number) => clock(time);
export const full_time = (time: number) => complete(time);
export const month = (time: number) => month_of_year(time);

/** Some versions of the locale's data put a comma behind the weekday. */
const this_year = (time: number) => day_of_week(time).replace(',', '');

export function day_label(time: number, now: number): string {
  const days = days_between(time, now);
  if (days === 0) return t('Today');
  if (days === 1) return t('Yesterday');
  return days > 0 && days < 300 ? this_year(time) : day_of_year(time);
}

export function short_date(time: number, now: number): string {
  return Math.abs(now - time) < 300 * k_day_ms ? short_day(time) : short_day_of_year(time);
}

/** A span of time in its largest sensible unit: "38 min", "26 h", "18 days", "7 months", "3 years". */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 90) return t('{n} min', {n: count(minutes)});
  const hours = Math.round(minutes / 60);
  if (hours < 48) return t('{n} h', {n: count(hours)});
  const days = Math.round(hours / 24);
  if (days < 60) return counted(days, 'day');
  const months = Math.round(days / 30.4);
  return months < 24 ? counted(months, 'month') : counted(Math.round(days / 365), 'year');
}

export function ago(time: number, now: number): string {
  return now - time < 60_000 ? t('just now') : t('{span} ago', {span: span(now - time)});
}

/** Keeps its own direction inside a line of another one; for texts in pictures, where there are no elements to do so. */
export const isolated = (text: string) => `${direction === 'rtl' ? '\u2067' : '\u2068'}${text}\u2069`;

export function sentence(text: string): string {
  const words = text.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function money(amount: {value: string; currency: string}): string {
  try {
    return new Intl.NumberFormat(locale, {style: 'currency', currency: amount.currency}).format(Number(amount.value));
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

/** The first characters of a text, whole ones. */
export const beginning = (text: string, characters: number): string => text.length <= characters ? text : text.slice(0, characters).replace(/[\ud800-\udbff]$/, '');
