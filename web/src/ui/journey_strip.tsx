// The way so far: phases, how it felt, how much happened, and which part of it the timeline shows now.
import {useSignal} from '@preact/signals';
import {useLayoutEffect, useRef} from 'preact/hooks';
import type {Feeling, Journey, JourneyWindow} from '../api/types';
import {counted, isolated, short_date} from '../lib/format';
import {t, word} from '../lib/words';
import {ascending, stretches, type Point} from '../lib/curve';
import {place_labels} from '../lib/labels';
import {experience_text} from '../lib/kinds';
import {tone_of} from '../lib/mood';
import type {CustomerState} from '../state/customer';
import {strip_period, now} from '../state/screen';
import {MoodGlyph} from './mood_glyph';
import {Hidden} from './parts';

const k_day_ms = 86_400_000;
const k_stated_reach_ms = 14 * k_day_ms;
const k_axis_px = 16;
const k_future = 0.06;

interface Frame {
  width: number;
  height: number;
  top: number;
  bottom: number;
  x: (time: number) => number;
  y: (mood: number) => number;
}

function frame_of(width: number, window: JourneyWindow): Frame {
  const small = width < 640;
  const height = small ? 156 : innerHeight < 880 ? 142 : 166;
  const from = Date.parse(window.from);
  const length = (Date.parse(window.to) - from) * (1 + (small ? 0.035 : k_future));
  const top = small ? 40 : 44;
  const bottom = height - k_axis_px - 14;
  return {width, height, top, bottom, x: time => ((time - from) / length) * width, y: mood => (top + bottom) / 2 + 3 - (mood * (bottom - top)) / 2.4};
}

export function JourneyStrip({state}: {state: CustomerState}) {
  const journey = state.journey.value.value;
  const failure = state.journey.failure.value;
  const box = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(entries => (width.value = Math.round(entries[0]!.contentRect.width)));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  const window = journey && (strip_period.value === 'recent' ? journey.recent : journey.long_term);
  return (
    <section class="journey" aria-labelledby="journey-title">
      <header>
        <h2 id="journey-title">{t('Journey')}</h2>
        <p class="legend" aria-hidden="true">
          <MoodGlyph tone="delighted" size={10} />{t('delighted')} <MoodGlyph tone="neutral" size={10} />{t('neutral')} <MoodGlyph tone="angry" size={10} />{t('angry')}
        </p>
        <div class="segments" role="group" aria-label={t('Period')}>
          <button aria-pressed={strip_period.value === 'recent'} onClick={() => (strip_period.value = 'recent')}>{t('8 weeks')}</button>
          <button aria-pressed={strip_period.value === 'long_term'} onClick={() => (strip_period.value = 'long_term')}>{t('18 months')}</button>
        </div>
      </header>
      <div class="strip" ref={box}>
        {journey && window && width.value ? <Strip state={state} journey={journey} window={window} frame={frame_of(width.value, window)} /> : null}
        {failure && !journey ? <p class="strip-note alarm" role="alert">{t('The journey could not be read: {why}.', {why: failure.message})}</p> : null}
      </div>
    </section>
  );
}

function Strip({state, journey, window, frame}: {state: CustomerState; journey: Journey; window: JourneyWindow; frame: Frame}) {
  const from = Date.parse(window.from);
  const inside = journey.feelings.filter((feeling, at) => {
    const next = journey.feelings[at + 1];
    return Date.parse(feeling.at) >= from || (next && Date.parse(next.at) >= from);
  });
  return (
    <>
      <svg width={frame.width} height={frame.height} role="img" aria-label={sentence_of(journey, window)}
        onClick={event => {
          const left = (event.currentTarget as SVGElement).getBoundingClientRect().left;
          const share = (event.clientX - left) / frame.x(Date.parse(window.to));
          void state.jump_to(from + share * (Date.parse(window.to) - from));
        }}>
        <Ribbon journey={journey} window={window} frame={frame} />
        <Volume window={window} frame={frame} />
        <line class="zero" x1="0" x2={frame.width} y1={frame.y(0)} y2={frame.y(0)} />
        <Shown state={state} window={window} frame={frame} />
        <Curve feelings={inside} frame={frame} now={Date.parse(window.to)} />
        <Axis window={window} frame={frame} />
        {inside.length ? null : (
          <text class="strip-empty" x={frame.x(Date.parse(window.to)) / 2} y={frame.y(0) - 8} text-anchor="middle">
            {journey.feelings.length ? t('Nobody asked in this period how it felt') : t('Nobody has asked yet how it felt')}
          </text>
        )}
        <Moments moments={window.moments} frame={frame} />
      </svg>
      <Buttons state={state} moments={window.moments} frame={frame} />
    </>
  );
}

/** The phases over time; beyond today stands what would come next. */
function Ribbon({journey, window, frame}: {journey: Journey; window: JourneyWindow; frame: Frame}) {
  const small = frame.width < 640;
  const end = frame.x(Date.parse(window.to));
  const place = journey.phases.findIndex(({id}) => id === window.spells.at(-1)?.phase);
  const next = place >= 0 ? journey.phases[place + 1] : undefined;
  return (
    <g class="ribbon">
      {window.spells.map(({phase, from, to}, at) => {
        const left = frame.x(Date.parse(from));
        const length = Math.max(2, frame.x(Date.parse(to)) - left - 3);
        const name = word(journey.phases.find(({id}) => id === phase)?.name ?? phase);
        const current = at === window.spells.length - 1;
        const fits = length > name.length * 6.8;
        return (
          <g key={from} class={current ? 'current' : undefined}>
            <rect x={left} y="20" width={length} height={current ? 3 : 2} rx="1" />
            {(fits && !small) || current ? <text x={fits ? left : end} y="13" text-anchor={fits ? 'start' : 'end'}>{name}</text> : null}
          </g>
        );
      })}
      {next ? (
        <g class="next">
          <rect x={end + 4} y="20" width={Math.max(0, frame.width - end - 4)} height="2" rx="1" />
          {frame.width - end > word(next.name).length * 6.4 ? <text x={frame.width} y="13" text-anchor="end">{word(next.name)}</text> : null}
        </g>
      ) : null}
    </g>
  );
}

function Volume({window, frame}: {window: JourneyWindow; frame: Frame}) {
  const most = Math.max(1, ...window.volume);
  const from = Date.parse(window.from);
  const part = (Date.parse(window.to) - from) / window.volume.length;
  return (
    <g class="volume">
      {window.volume.map((count, at) => {
        if (!count) return null;
        const height = Math.max(1.5, (count / most) * 18);
        return <rect key={at} x={frame.x(from + (at + 0.5) * part) - 1.5} y={frame.height - k_axis_px - height} width="3" height={height} rx="1" />;
      })}
    </g>
  );
}

/** What the timeline shows now. It alone listens to the scrolling. */
function Shown({state, window, frame}: {state: CustomerState; window: JourneyWindow; frame: Frame}) {
  const {oldest, newest} = state.shown.value;
  const from = Date.parse(window.from);
  if (!newest || newest < from) return null;
  const left = frame.x(Math.max(oldest, from));
  const right = frame.x(Math.min(newest, Date.parse(window.to)));
  return <rect class="shown" x={left - 2} y="27" width={Math.max(6, right - left + 4)} height={frame.height - k_axis_px - 27} rx="4" />;
}

/** Solid where the customer said something within two weeks, dashed in between and for estimates. */
function Curve({feelings, frame, now: end}: {feelings: Feeling[]; frame: Frame; now: number}) {
  if (!feelings.length) return null;
  const points = ascending(feelings.map(({at, mood}) => ({x: frame.x(Date.parse(at)), y: frame.y(mood)})));
  const last = points.at(-1)!;
  const ends = [...points, ...(frame.x(end) - last.x > 1 ? [{x: frame.x(end), y: last.y}] : [])];
  const lines = stretches(ends);
  const middle = frame.y(0);
  const solid = (at: number) => {
    const [a, b] = [ends[at]!, ends[at + 1]!];
    const stated = feelings.filter(feeling => feeling.stated).map(({at: time}) => frame.x(Date.parse(time)));
    const reach = frame.x(k_stated_reach_ms) - frame.x(0);
    return stated.some(x => Math.abs(x - a.x) <= reach) && stated.some(x => Math.abs(x - b.x) <= reach) && b.x - a.x <= 2 * reach;
  };
  const area = lines.length ? `${lines.map((line, at) => (at ? line.replace(/^M[^C]*/, '') : line)).join('')}L${ends.at(-1)!.x.toFixed(1)} ${middle}L${ends[0]!.x.toFixed(1)} ${middle}Z` : '';
  return (
    <g class="curve">
      <defs>
        <Gradient id="curve-line" frame={frame} stops={[['delighted', 1], ['content', 1], ['neutral', 1], ['unhappy', 1], ['angry', 1]]} />
        <Gradient id="curve-area" frame={frame} stops={[['content', 0.34], ['content', 0.16], ['neutral', 0], ['unhappy', 0.2], ['unhappy', 0.42]]} />
      </defs>
      <path class="area" d={area} fill="url(#curve-area)" />
      {lines.map((line, at) => <path key={at} d={line} stroke="url(#curve-line)" class={solid(at) ? undefined : 'dashed'} />)}
    </g>
  );
}

const k_offsets = ['0', '0.32', '0.5', '0.68', '1'];
function Gradient({id, frame, stops}: {id: string; frame: Frame; stops: [string, number][]}) {
  return (
    <linearGradient id={id} x1="0" x2="0" y1={frame.y(1)} y2={frame.y(-1)} gradientUnits="userSpaceOnUse">
      {stops.map(([tone, opacity], at) => <stop key={at} class={`stop-${tone}`} offset={k_offsets[at]} stop-opacity={opacity} />)}
    </linearGradient>
  );
}

const tone_text = ({tone, stated}: Feeling) => (stated ? word(tone) : t('{what}, estimated', {what: word(tone)}));
const label_of = ({measure, value, max}: Feeling) => experience_text({measure, value, max: max ?? null, label: null, by: null}).replace(t('NPS answer'), 'NPS');

function Moments({moments, frame}: {moments: Feeling[]; frame: Frame}) {
  const points: Point[] = moments.map(({at, mood}) => ({x: frame.x(Date.parse(at)), y: frame.y(mood)}));
  const texts = moments.map(feeling => ({label: label_of(feeling), date: short_date(Date.parse(feeling.at), now.value)}));
  const labels = place_labels(
    points.map(({x, y}, at) => ({x, y, width: texts[at]!.label.length * 6.5 + texts[at]!.date.length * 6 + 8, above: moments[at]!.mood >= 0})),
    frame.width, 27, frame.height - k_axis_px,
  );
  return (
    <g class="moments">
      {moments.map((feeling, at) => {
        const {x, y} = points[at]!;
        const label = labels[at];
        const latest = at === moments.length - 1;
        return (
          <g key={feeling.touchpoint + feeling.measure}>
            {latest ? <circle class={`halo ${feeling.tone}`} cx={x} cy={y} r="9" /> : null}
            <circle class={`dot-${feeling.stated ? 'stated' : 'estimated'} ${feeling.tone}`} cx={x} cy={y} r={latest ? 5 : 4} />
            {label ? (
              <text class="moment" x={label.x} y={label.y} text-anchor={label.anchor}>
                {isolated(texts[at]!.label)}<tspan dx="6">{isolated(texts[at]!.date)}</tspan>
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

/** Targets of 24 pixels; where two would overlap, the later one counts. */
function Buttons({state, moments, frame}: {state: CustomerState; moments: Feeling[]; frame: Frame}) {
  const targets = moments.map(feeling => ({feeling, x: frame.x(Date.parse(feeling.at)), y: frame.y(feeling.mood)}));
  return (
    <>
      {targets.filter(({x}, at) => !targets.slice(at + 1).some(later => Math.abs(later.x - x) < 26)).map(({feeling, x, y}) => (
        <button key={feeling.touchpoint + feeling.measure} class="target" style={{left: `${x - 12}px`, top: `${y - 12}px`}}
          onClick={() => void state.jump_to(Date.parse(feeling.at))}>
          <Hidden>{t('Go to: {what}, {tone}, {date}', {what: label_of(feeling), tone: tone_text(feeling), date: short_date(Date.parse(feeling.at), now.value)})}</Hidden>
        </button>
      ))}
    </>
  );
}

function Axis({window, frame}: {window: JourneyWindow; frame: Frame}) {
  const end = Date.parse(window.to);
  const days = Math.round((end - Date.parse(window.from)) / k_day_ms);
  const steps = days < 100 ? [49, 42, 35, 28, 21, 14, 7] : [500, 400, 300, 200, 100];
  const small = frame.width < 640;
  return (
    <g class="axis">
      {steps.filter(back => !small || (back >= days / 5 && (back / 7) % 2 === 1) || (days > 100 && back > 100)).map(back => (
        <text key={back} x={frame.x(end - back * k_day_ms)} y={frame.height - 2} text-anchor="middle">{short_date(end - back * k_day_ms, end)}</text>
      ))}
      <text x={frame.x(end)} y={frame.height - 2} text-anchor={small ? 'end' : 'middle'}>{t('today')}</text>
    </g>
  );
}

/** The whole strip in one sentence. */
function sentence_of(journey: Journey, window: JourneyWindow): string {
  const phase = journey.current ? t('In the phase {phase} since {date}.', {phase: word(journey.current.name), date: short_date(Date.parse(journey.current.since), now.value)}) : '';
  const latest = journey.feelings.at(-1);
  const mood = latest
    ? t('Last measurement: {what}, {tone}, on {date}.', {what: label_of(latest), tone: tone_text({...latest, tone: tone_of(latest.mood)}), date: short_date(Date.parse(latest.at), now.value)})
    : t('Nobody has asked yet how it felt.');
  const volume = t('{count} in this period.', {count: counted(window.volume.reduce((sum, count) => sum + count, 0), 'touchpoint')});
  return [phase, mood, volume].filter(Boolean).join(' ');
}
