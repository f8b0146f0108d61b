// Moods in words and shapes. A mood runs from -1 to 1; direction is told by shape, strength by fill, never by colour alone.
import type {Feeling, Mood, Tone} from '../api/types';
import {span} from './format';
import {t, w, word} from './words';

export const k_tones: Tone[] = [w('angry'), w('unhappy'), w('neutral'), w('content'), w('delighted')];

/** As the daemon draws the lines. */
export function tone_of(mood: number): Tone {
  if (mood >= 0.6) return 'delighted';
  if (mood >= 0.2) return 'content';
  if (mood > -0.2) return 'neutral';
  return mood > -0.6 ? 'unhappy' : 'angry';
}

export const is_bad = (tone: Tone) => tone === 'angry' || tone === 'unhappy';

/** "Fell from content in 18 days", or nothing where there is no change to tell. */
export function change_text(mood: Mood): string {
  if (!mood.before || mood.before.tone === mood.tone) return '';
  const values = {tone: word(mood.before.tone), span: span(Date.parse(mood.at) - Date.parse(mood.before.at))};
  return mood.mood < mood.before.mood ? t('Fell from {tone} in {span}', values) : t('Rose from {tone} in {span}', values);
}

export interface Comparison {
  measure: string;
  now: Feeling;
  before: Feeling | null;
}

/** The latest answer to each measure and the one before it, as the customer gave them. */
export function comparisons(feelings: readonly Feeling[]): Comparison[] {
  const found = new Map<string, Comparison>();
  for (const feeling of feelings) {
    if (!feeling.stated) continue;
    const earlier = found.get(feeling.measure)?.now ?? null;
    found.set(feeling.measure, {measure: feeling.measure, now: feeling, before: earlier});
  }
  return [...found.values()];
}
