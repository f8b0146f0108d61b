// The small pieces that the integrator's pages share.
import type {ComponentChildren} from 'preact';
import {useRef} from 'preact/hooks';
import {useSignal} from '@preact/signals';
import {beginning, count, counted, hour_and_minute, span} from '../lib/format';
import type {Resource} from '../lib/resource';
import {Blank, Stale} from '../ui/parts';
import {t, word} from '../lib/words';

const k_glyphs: Record<string, string> = {current: '●', behind: '◐', failing: '▼', disabled: '▼', paused: '‖'};

/** A state as a shape and a word. */
export function State({state}: {state: string}) {
  return <span class={`health ${state}`}><i aria-hidden="true">{k_glyphs[state] ?? '●'}</i> {word(state)}</span>;
}

const k_long_characters = 400;

/** What a source or a record says: the beginning of it, and the rest for whoever wants it. */
export function Said({text, most = k_long_characters, draw = said => <bdi>{said}</bdi>}: {text: string; most?: number; draw?: (said: string) => ComponentChildren}) {
  const all = useSignal(false);
  if (text.length <= most || all.value) return <>{draw(text)}</>;
  return <>{draw(`${beginning(text, most)}…`)} <button class="text-button" onClick={() => (all.value = true)}>{t('Show all {n} characters', {n: count(text.length)})}</button></>;
}

/** Its content once it is read; before that the place for it, and what is wrong where it cannot be read. */
export function Live<T>({of, what, children}: {of: Resource<T>; what: string; children: (value: T) => ComponentChildren}) {
  const value = of.value.value;
  const failure = of.failure.value;
  if (value !== null) {
    return (
      <>
        {failure ? <Stale what={t('{what} could not be read anew:', {what})} message={failure.message} since={hour_and_minute(of.read_at)} retry={() => void of.load()} /> : null}
        {children(value)}
      </>
    );
  }
  if (!failure) return <div class="waiting-rows" role="status" aria-label={t('Loading')}>{[0, 1, 2].map(at => <s key={at} class="bar wide" />)}</div>;
  return (
    <Blank icon="alert" title={t('{what} could not be read', {what})} alert>
      <p>{failure.message}.</p>
      <button class="button" onClick={() => void of.load()}>{t('Try again')}</button>
    </Blank>
  );
}

interface AsksProps {
  label: ComponentChildren;
  /** What would be done, in full. */
  sure: string;
  act: () => void;
  primary?: boolean;
  small?: boolean;
  /** It cannot be done now. */
  off?: boolean;
}

/** A button that asks before it acts. The focus goes to the question and comes back; where the row goes away, to the heading. */
export function Asks({label, sure, act, primary, small, off}: AsksProps) {
  const asks = useSignal(false);
  const box = useRef<HTMLSpanElement>(null);
  const size = small ? ' small' : '';
  const turn = (on: boolean) => {
    asks.value = on;
    requestAnimationFrame(() => box.current?.querySelector('button')?.focus());
  };
  const leave = ({currentTarget: element}: {currentTarget: HTMLElement}) => {
    requestAnimationFrame(() => {
      if (!element.isConnected && document.activeElement === document.body) document.querySelector<HTMLElement>('.console h1')?.focus();
    });
  };
  return (
    <span class="asks" ref={box} onFocusOut={leave}>
      {asks.value ? <><button class={`button primary${size}`} onClick={() => (turn(false), act())}>{sure}</button><button class={`button${size}`} onClick={() => turn(false)}>{t('Not now')}</button></>
        : <button class={`button${primary ? ' primary' : ''}${size}`} aria-disabled={!!off} onClick={() => (off ? null : turn(true))}>{label}</button>}
    </span>
  );
}

/** How far long work is, how fast it goes, and when it will be over. */
export function Progress({label, done, total, since, stop}: {label: string; done: number; total: number; since: string; stop: () => void}) {
  const rate = done / Math.max(1, (Date.now() - Date.parse(since)) / 1000);
  const left = rate > 0 ? t(', {n} a second, {span} left', {n: count(Math.round(rate)), span: span(((total - done) / rate) * 1000)}) : '';
  return (
    <div class="progress">
      <progress aria-label={label} value={done} max={Math.max(1, total)} />
      <span>{t('{n} of {records}', {n: count(done), records: counted(total, 'record')})}{left}</span>
      <button class="button small" onClick={stop}>{t('Stop')}</button>
    </div>
  );
}
