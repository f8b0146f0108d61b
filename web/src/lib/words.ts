// What the app says, in the person's language. The English sentence is the key; the other languages are files in src/words,
// and only the one in use is fetched: what agents read at once, what only the integrator's pages say with the first of them. A bar and a word behind it tell two meanings of one text apart: "Open|state".
import type {ComponentChildren} from 'preact';
import {language, locale, type Language} from './locale';

type Plural = Partial<Record<Intl.LDMLPluralRule, string>>;
/** Sentences by their English; "#touchpoint" holds the forms of a counted noun. */
export type Catalogue = Record<string, string | Plural>;
type Values = Record<string, string | number>;

/** The forms of a noun, in the order in which a language's catalogue needs them. */
export type Noun = (...forms: string[]) => Plural;
interface Words {
  first: () => Promise<{default: Catalogue; noun: Noun}>;
  console: () => Promise<{default: (noun: Noun) => Catalogue}>;
}
const k_catalogues: Record<Exclude<Language, 'en'>, Words> = {
  fr: {first: () => import('../words/fr'), console: () => import('../words/console/fr')},
  ar: {first: () => import('../words/ar'), console: () => import('../words/console/ar')},
};

let catalogue: Catalogue = {};
let numbers: Intl.NumberFormat | undefined;
let plurals: Intl.PluralRules | undefined;

/** Before the first word of a part is drawn. Where its catalogue does not come, English is better than nothing. */
export async function load_words(part: 'first' | 'console' = 'first'): Promise<void> {
  if (language === 'en') return;
  const files = k_catalogues[language];
  try {
    const {default: words, noun} = await files.first();
    catalogue = part === 'first' ? words : {...words, ...(await files.console()).default(noun)};
  } catch {
    return;
  }
}
/** For tests. */
export const use_words = (words: Catalogue) => void (catalogue = words);

function said(text: string): string {
  const found = catalogue[text];
  if (typeof found === 'string') return found;
  const bar = text.indexOf('|');
  return bar < 0 ? text : text.slice(0, bar);
}

/** `t('Show all {count}', {count})` */
export function t(text: string, values?: Values): string {
  const sentence = said(text);
  return values ? sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : sentence;
}

/** The same with elements in the sentence: `rich('Only what is about {what}', {what: <b>T-1</b>})`. */
export function rich(text: string, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return said(text).split(/(\{\w+\})/).map(piece => (/^\{\w+\}$/.test(piece) ? parts[piece.slice(1, -1)] : piece));
}

/** A text that the daemon chose from a fixed list, like a kind's title; unknown ones stay as they are. */
export function word(text: string): string {
  const found = catalogue[text];
  return typeof found === 'string' ? found : text;
}

/** Marks a text in a table that is translated where it is drawn. */
export const w = <T extends string>(text: T): T => text;

export const count = (value: number) => (numbers ??= new Intl.NumberFormat(locale)).format(value);

const english_plural = (noun: string) => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** "1 touchpoint", "12 touchpoints" */
export function counted(value: number, noun: string): string {
  const forms = catalogue[`#${noun}`];
  if (forms && typeof forms === 'object') {
    const form = forms[(plurals ??= new Intl.PluralRules(locale)).select(value)] ?? forms.other ?? '';
    return form.replace('{n}', count(value));
  }
  return `${count(value)} ${value === 1 ? noun : english_plural(noun)}`;
}
