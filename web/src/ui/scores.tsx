// What the customer answered: now and before, on the measure's own scale; and the experience so far in one number that opens.
import type {Journey} from '../api/types';
import {counted, short_date} from '../lib/format';
import {measure_name} from '../lib/kinds';
import {comparisons, tone_of, type Comparison} from '../lib/mood';
import type {CustomerState} from '../state/customer';
import {now} from '../state/screen';
import {MoodGlyph} from './mood_glyph';
import {Hidden} from './parts';
import {t} from '../lib/words';

export function Scores({journey, state}: {journey: Journey; state: CustomerState}) {
  const rows = comparisons(journey.feelings);
  if (!rows.length) return null;
  return (
    <section class="panel" aria-labelledby="scores-title">
      <h2 id="scores-title">{t('Scores')}</h2>
      <ul class="scores">{rows.map(row => <Measure key={row.measure} row={row} />)}</ul>
      {journey.score ? <Experience journey={journey} state={state} /> : null}
    </section>
  );
}

const k_scale: Record<string, [number, number]> = {nps: [0, 10], csat: [1, 5], stars: [1, 5], ces: [1, 7], effort: [1, 5], thumb: [0, 1]};

function Measure({row: {measure, now: latest, before}}: {row: Comparison}) {
  const [low, high] = k_scale[measure] ?? [-1, 1];
  const min = latest.min ?? low;
  const max = latest.max ?? high;
  const place = (value: number) => 3 + (Math.max(0, Math.min(1, (value - min) / (max - min)))) * 94;
  const better = before && latest.mood >= before.mood;
  const [from, to] = before ? [place(before.value), place(latest.value)].sort((a, b) => a - b) as [number, number] : [0, 0];
  return (
    <li>
      <span>{measure_name(measure)}</span>
      <svg class="dumbbell" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <line class="track" x1="0" x2="100" y1="6" y2="6" />
        {before ? <line class={better ? 'better' : 'worse'} x1={from} x2={to} y1="6" y2="6" /> : null}
      </svg>
      <span class="ends" aria-hidden="true">
        {before ? <i class="was" style={{left: `${place(before.value)}%`}} /> : null}
        <i class={`is ${before ? (better ? 'better' : 'worse') : latest.tone}`} style={{left: `${place(latest.value)}%`}} />
      </span>
      <strong title={short_date(Date.parse(latest.at), now.value)}>
        {latest.value}<Hidden> {t('of {max}', {max})}</Hidden>{before ? <small>{t('was {value}', {value: before.value})}</small> : <small>{t('of {max}', {max})}</small>}
      </strong>
    </li>
  );
}

function Experience({journey, state}: {journey: Journey; state: CustomerState}) {
  const score = journey.score!;
  const signed = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '') + Math.abs(value).toFixed(2);
  return (
    <details class="experience">
      <summary>
        <MoodGlyph tone={tone_of(score.value)} /> {t('Experience so far')} <b>{signed(score.value)}</b>
      </summary>
      <p>
        {t('From −1 to +1, over {count}; an answer counts half after 90 days. Touchline’s own measure. Worst {worst}, latest {latest}.', {
          count: counted(score.measurements, 'measurement'), worst: signed(score.worst), latest: signed(score.latest),
        })}
      </p>
      <ul>
        {score.contributions.map(({share, feeling}) => (
          <li key={feeling.touchpoint + feeling.measure}>
            <button class="text-button" onClick={() => void state.jump_to(Date.parse(feeling.at))}>
              {measure_name(feeling.measure)} {feeling.value}, {short_date(Date.parse(feeling.at), now.value)}
            </button>
            <small>{t('{n} % of the weight', {n: Math.round(share * 100)})}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}
