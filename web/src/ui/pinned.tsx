// What the team pinned, and a note for whoever comes next.
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import * as api from '../api/client';
import {ago, person_name} from '../lib/format';
import {as_failure} from '../lib/resource';
import type {CustomerState} from '../state/customer';
import {draft_of} from '../state/drafts';
import {load_pins, pins, toggle_pin} from '../state/pins';
import {now} from '../state/screen';
import {my_name} from '../state/settings';
import {Hidden, Icon} from './parts';
import {t, word} from '../lib/words';
import {may, signed_name} from '../state/session';

export function Pinned({state}: {state: CustomerState}) {
  useEffect(() => {
    const run = new AbortController();
    pins.value = [];
    void load_pins(state.id, run.signal).catch(() => {});
    return () => run.abort();
  }, [state]);
  return (
    <section class="panel" aria-labelledby="pinned-title">
      <h2 id="pinned-title">{t('Pinned and notes')}</h2>
      <ul class="pins">
        {pins.value.map(pin => (
          <li key={pin.touchpoint}>
            <Icon name={pin.internal ? 'internal' : 'pin'} size={13} />
            <button onClick={() => void state.jump_to(Date.parse(pin.occurred_at))}>
              <bdi>{word(pin.title)}</bdi>
              <small>{pin.author ? `${person_name(pin.author)}, ` : ''}{ago(Date.parse(pin.at), now.value)}</small>
            </button>
            {may('POST /api/v1/customers/{}/pins') ? <button class="icon-button small" title={t('Unpin')} onClick={() => void toggle_pin(state.id, pin.touchpoint)}>
              <Icon name="close" size={13} /><Hidden>{t('Unpin')}</Hidden>
            </button> : null}
          </li>
        ))}
      </ul>
      {may('POST /api/v1/customers/{}/notes') ? <NoteForm state={state} /> : null}
    </section>
  );
}

/** The text survives a reload and a daemon that is away: it is given up only once it is stored. */
function NoteForm({state}: {state: CustomerState}) {
  const draft = draft_of(state.id);
  const failure = useSignal('');
  const busy = useSignal(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!draft.value.trim() || busy.value) return;
    busy.value = true;
    try {
      await api.add_note(state.id, draft.value.trim(), my_name.value);
      draft.value = '';
      failure.value = '';
      await Promise.all([state.show_newest(), load_pins(state.id)]);
    } catch (error) {
      failure.value = as_failure(error).message;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form class="note-form" onSubmit={save}>
      <label class="visually-hidden" for="new-note">{t('Internal note')}</label>
      <textarea id="new-note" rows={2} dir="auto" placeholder={t('Leave a note for the team')} value={draft.value} maxLength={2000}
        onInput={event => (draft.value = event.currentTarget.value)}
        onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form!.requestSubmit(); }} />
      {draft.value.trim() ? (
        <div class="note-end">
          {signed_name() ? <span>{t('As {name}', {name: signed_name()})}</span> : <label>{t('As')} <input value={my_name.value} placeholder={t('your name')} autocomplete="name" onInput={event => (my_name.value = event.currentTarget.value)} /></label>}
          <button class="button small" aria-disabled={busy.value}>{t('Save note')}</button>
        </div>
      ) : null}
      {failure.value ? <p class="alarm" role="alert">{t('Not saved: {why}. Your text is kept; try again.', {why: failure.value})}</p> : null}
    </form>
  );
}
