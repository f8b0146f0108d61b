// The dialog for joining and separating customers: choose, see what becomes of it, confirm.
import {useEffect, useRef} from 'preact/hooks';
import {when_back} from '../api/events';
import type {Shape} from '../api/types';
import {counted, split_identity} from '../lib/format';
import {namespace_name} from '../lib/kinds';
import {begin, chosen, confirm_decision, failure, look_ahead, other, preview, reason} from '../state/deciding';
import {deciding, type Deciding} from '../state/decision';
import {my_name} from '../state/settings';
import {CustomerPicker} from './customer_picker';
import {rich, t, w} from '../lib/words';
import {signed_name} from '../state/session';

export function Decide() {
  const dialog = useRef<HTMLDialogElement>(null);
  const current = deciding.value;
  useEffect(() => {
    if (current) {
      begin();
      dialog.current?.showModal();
    } else dialog.current?.close();
  }, [current]);
  return (
    <dialog ref={dialog} class="dialog decide" aria-labelledby="decide-title" onClose={() => (deciding.value = null)}>
      {current ? <Form current={current} /> : null}
    </dialog>
  );
}

function Form({current}: {current: Deciding}) {
  const merges = current.kind === 'merge';
  when_back(() => failure.peek() && look_ahead());
  return (
    <form method="dialog" onSubmit={event => (event.preventDefault(), void confirm_decision())}>
      <h2 id="decide-title">{rich(merges ? w('Join {name} with another customer') : w('Take {name} apart'), {name: <bdi>{current.customer.name}</bdi>})}</h2>
      {merges ? <Other current={current} /> : <Identities current={current} />}
      <Preview />
      <label class="field">{t('Why?')} <small>{t('Colleagues read this under “Why linked?”')}</small>
        <input value={reason.value} maxLength={200} onInput={event => (reason.value = event.currentTarget.value)} />
      </label>
      {signed_name() ? null : (
        <label class="field">{t('Your name')}
          <input value={my_name.value} autocomplete="name" maxLength={80} onInput={event => (my_name.value = event.currentTarget.value)} />
        </label>
      )}
      {failure.value ? <p class="alarm" role="alert">{failure.value}.</p> : null}
      <p class="dialog-end">
        <button type="button" class="button" onClick={() => (deciding.value = null)}>{t('Cancel')}</button>
        <button class="button primary" disabled={!preview.value}>{merges ? t('Join') : t('Split off')}</button>
      </p>
    </form>
  );
}

function Other({current}: {current: Deciding}) {
  if (other.value) {
    return (
      <p class="picked">
        <b><bdi>{other.value.name}</bdi></b> {counted(other.value.touchpoints, 'touchpoint')}
        <button type="button" class="text-button" onClick={() => (other.value = null, preview.value = null)}>{t('Choose another')}</button>
      </p>
    );
  }
  return <CustomerPicker except={current.customer.id} picked={match => (other.value = match, void look_ahead())} />;
}

function Identities({current}: {current: Deciding}) {
  const toggle = (key: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(key)) next.add(key);
    chosen.value = next;
    void look_ahead();
  };
  return (
    <fieldset>
      <legend>{t('Which of these belong to somebody else?')}</legend>
      {current.customer.identities.map(({ns, value, sources, key: own, masked}) => {
        const key = masked ? own : `${ns}:${value}`;
        return (
          <label key={key} class="check">
            <input type="checkbox" checked={chosen.value.has(key)} onChange={() => toggle(key)} />
            <span><bdi>{value}</bdi> <small>{namespace_name(ns)}{sources.length ? t(', from {sources}', {sources: sources.join(', ')}) : ''}</small></span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Before and after, side by side. */
function Preview() {
  const decision = preview.value;
  return (
    <div class="preview" aria-live="polite">
      {decision ? (
        <>
          <Side title={t('Now')} shapes={decision.before} />
          <Side title={t('Afterwards')} shapes={decision.after} />
          {decision.conflicts.map(conflict => <p key={conflict} class="alarm">{conflict}</p>)}
          <p class="note">{t('Nothing is lost: the records stay as they are, and this can be undone.')}</p>
        </>
      ) : null}
    </div>
  );
}

function Side({title, shapes}: {title: string; shapes: Shape[]}) {
  return (
    <section>
      <h3>{title}</h3>
      {shapes.map(({id, touchpoints, identities}) => (
        <div key={id} class="shape">
          <b>{counted(touchpoints, 'touchpoint')}</b>
          <ul>{identities.slice(0, 6).map(identity => <li key={identity}><bdi>{split_identity(identity).value}</bdi></li>)}</ul>
          {identities.length > 6 ? <small>{t('and {n} more', {n: identities.length - 6})}</small> : null}
        </div>
      ))}
    </section>
  );
}
