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
import {my_name} from '../state/settings';
import {note_waiting} from '../state/waiting_work';
import {Blank} from '../ui/parts';
import {decide, reviews} from './client';
import {use_live} from './live';
import {Live} from './parts';

const k_states = [['open', 'Open'], ['later', 'Later'], ['same', 'One person'], ['not_same', 'Two people']] as const;
const shown = signal<string>('open');

export function ReviewPage() {
  return (
    <>
      <p class="headline">Pairs that look alike, but not enough for the rules to join them. What you say holds, and can be undone.</p>
      <div class="segments" role="group" aria-label="Which">
        {k_states.map(([state, label]) => <button key={state} aria-pressed={shown.value === state} onClick={() => (shown.value = state)}>{label}</button>)}
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
    <Live of={all} what="The review queue">
      {({reviews: list}) => list.length
        ? <ul class="causes reviews">{list.map(review => <Pair key={review.id} review={review} all={all} />)}</ul>
        : <Blank icon="review" title={state === 'open' ? 'Nobody waits for a decision' : 'Nothing here'}><p>{state === 'open' ? 'New pairs appear as records come in.' : 'Decisions are listed once they are taken.'}</p></Blank>}
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

function Pair({review, all}: {review: Review; all: Resource<unknown>}) {
  const preview = useSignal<Decision | null>(null);
  const said = useSignal('');
  const say = async (verdict: 'same' | 'not_same' | 'later') => {
    try {
      const decision = await decide(review.id, verdict, my_name.value, false);
      const sentence = verdict === 'same' ? `${review.a.name} and ${review.b.name} are one customer now` : verdict === 'later' ? 'It waits under Later' : `${review.a.name} and ${review.b.name} stay two`;
      if (decision.undo_token) done.value = {sentence, token: decision.undo_token, back_to: review.a.customer};
      await all.load();
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
  return (
    <li class="cause">
      <h2><Side side={review.a} /> <span class="versus">{settled ? (review.state === 'same' ? 'is' : 'is not') : 'and'}</span> <Side side={review.b} /></h2>
      <p>{review.reason}</p>
      <p class="meta">
        {counted(review.touchpoints, 'touchpoint')} concerned · evidence {review.bits.toFixed(1)} bits · asked {ago(Date.parse(review.opened_at), now.value)}
        {review.author ? ` · decided by ${review.author}` : ''}{review.note ? `: ${review.note}` : ''}
      </p>
      {preview.value ? (
        <p class="meta">Together they would have {counted(preview.value.after[0]?.touchpoints ?? 0, 'touchpoint')} and {counted(preview.value.after[0]?.identities.length ?? 0, 'identity').replace('identitys', 'identities')}.{preview.value.conflicts.map(conflict => ` ${conflict}.`)}</p>
      ) : null}
      {settled ? null : (
        <p class="action-row">
          <button class="button primary small" onClick={() => void say('same')}>One person</button>
          <button class="button small" onClick={() => void say('not_same')}>Two people</button>
          {review.state === 'open' ? <button class="button small" onClick={() => void say('later')}>Later</button> : null}
          <button class="text-button" onClick={() => void look()}>What would become of it?</button>
          <span role="status">{said.value}</span>
        </p>
      )}
    </li>
  );
}
