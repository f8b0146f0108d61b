// Are these two one person? What the rules would not decide alone waits here for somebody who knows.
import {signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import type {Decision, Review, ReviewSide} from '../api/types';
import {customer_path} from '../lib/address';
import {ago, counted, initials, split_identity} from '../lib/format';
import {namespace_name} from '../lib/kinds';
import {as_failure, type Resource} from '../lib/resource';
import {done} from '../state/decision';
import {now} from '../state/screen';
import {my_name, single_keys} from '../state/settings';
import {note_waiting} from '../state/waiting_work';
import {is_typing} from '../ui/app';
import {Blank} from '../ui/parts';
import {decide, reviews} from './client';
import {use_live} from './live';
import {Live, Said} from './parts';
import {t, w} from '../lib/words';
import {may} from '../state/session';

const k_states = [['open', w('Open|state')], ['later', w('Later')], ['same', w('One person')], ['not_same', w('Two people')]] as const;
/** While the focus is on something of the pair. */
const k_verdicts: Record<string, 'same' | 'not_same' | 'later'> = {1: 'same', 2: 'not_same', 3: 'later'};
const shown = signal<string>('open');

export function ReviewPage() {
  return (
    <>
      <p class="headline">{t('Pairs that look alike, but not enough for the rules to join them. What you say holds, and can be undone.')}</p>
      <div class="segments" role="group" aria-label={t('Which')}>
        {k_states.map(([state, label]) => <button key={state} aria-pressed={shown.value === state} onClick={() => (shown.value = state)}>{t(label)}</button>)}
      </div>
      <Queue key={shown.value} state={shown.value} />
    </>
  );
}

function Queue({state}: {state: string}) {
  const all = use_live(stop => reviews(state, stop), state);
  const found = all.value.value?.reviews;
  useEffect(() => {
    if (found && state === 'open') note_waiting('/review', found.length);
  }, [found, state]);
  return (
    <Live of={all} what={t('The review queue')}>
      {({reviews: list}) => list.length
        ? <ul class="causes reviews">{list.map((review, at) => <Pair key={review.id} review={review} all={all} at={at} />)}</ul>
        : <Blank icon="review" title={state === 'open' ? t('Nobody waits for a decision') : t('Nothing here')}><p>{state === 'open' ? t('New pairs appear as records come in.') : t('Decisions are listed once they are taken.')}</p></Blank>}
    </Live>
  );
}

function Side({side}: {side: ReviewSide}) {
  const {ns, value} = split_identity(side.identity);
  return (
    <a class="review-side" href={customer_path(side.customer)}>
      <span class="avatar small" aria-hidden="true">{initials(side.name)}</span>
      <span><b><bdi>{side.name}</bdi></b><small>{namespace_name(ns)} <bdi>{value}</bdi></small></span>
    </a>
  );
}

/** The pair that is in this place now, or the last one; where none is left, the choice of the list. */
function focus_on(at: number): void {
  const pairs = document.querySelectorAll('.reviews > .cause');
  const next = pairs[Math.min(at, pairs.length - 1)]?.querySelector<HTMLElement>('button') ?? document.querySelector<HTMLElement>('.segments [aria-pressed=true]');
  next?.focus();
}

function Pair({review, all, at}: {review: Review; all: Resource<unknown>; at: number}) {
  const preview = useSignal<Decision | null>(null);
  const said = useSignal('');
  const names = {a: review.a.name, b: review.b.name};
  const say = async (verdict: 'same' | 'not_same' | 'later') => {
    try {
      const decision = await decide(review.id, verdict, my_name.value, false);
      const sentence = verdict === 'same' ? t('{a} and {b} are one customer now', names) : verdict === 'later' ? t('It waits under Later') : t('{a} and {b} stay two', names);
      if (decision.undo_token) done.value = {sentence, token: decision.undo_token, back_to: review.a.customer};
      await all.load();
      requestAnimationFrame(() => focus_on(at));
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  const look = async () => {
    try {
      preview.value = await decide(review.id, 'same', my_name.value, true);
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  const settled = review.state === 'same' || review.state === 'not_same';
  const decides = !settled && may('POST /api/v1/review/{}');
  const on_key = (event: KeyboardEvent) => {
    const verdict = k_verdicts[event.key];
    if (!verdict || !decides || !single_keys.value || is_typing(event) || (verdict === 'later' && review.state !== 'open')) return;
    event.preventDefault();
    void say(verdict);
  };
  return (
    <li class="cause" onKeyDown={on_key}>
      <h2><Side side={review.a} /> <span class="versus">{settled ? (review.state === 'same' ? t('is') : t('is not')) : t('and')}</span> <Side side={review.b} /></h2>
      <p><Said text={review.reason} /></p>
      <p class="meta">
        {t('{touchpoints} concerned · evidence {bits} bits · asked {ago}', {touchpoints: counted(review.touchpoints, 'touchpoint'), bits: review.bits.toFixed(1), ago: ago(Date.parse(review.opened_at), now.value)})}
        {review.author ? ` · ${t('decided by {who}', {who: review.author})}` : ''}{review.note ? `: ${review.note}` : ''}
      </p>
      {preview.value ? (
        <p class="meta">{t('Together they would have {touchpoints} and {identities}.', {touchpoints: counted(preview.value.after[0]?.touchpoints ?? 0, 'touchpoint'), identities: counted(preview.value.after[0]?.identities.length ?? 0, 'identity')})}{preview.value.conflicts.map(conflict => ` ${conflict}.`)}</p>
      ) : null}
      {!decides ? null : (
        <p class="action-row">
          <button class="button primary small" onClick={() => void say('same')} title="1">{t('One person')}</button>
          <button class="button small" onClick={() => void say('not_same')} title="2">{t('Two people')}</button>
          {review.state === 'open' ? <button class="button small" onClick={() => void say('later')} title="3">{t('Later')}</button> : null}
          <button class="text-button" onClick={() => void look()}>{t('What would become of it?')}</button>
          <span role="status">{said.value}</span>
        </p>
      )}
    </li>
  );
}
