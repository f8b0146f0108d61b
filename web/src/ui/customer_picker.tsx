// Finds one customer inside a dialog: type, choose with the arrows or a click.
import {useSignal} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import {when_back} from '../api/events';
import type {Match} from '../api/types';
import {counted} from '../lib/format';
import {Search} from '../state/search';
import {t} from '../lib/words';

export function CustomerPicker({except, picked}: {except: string; picked: (match: Match) => void}) {
  const search = useMemo(() => new Search(picked), []);
  const asked = useSignal(false);
  when_back(() => search.failure.peek() && search.type(search.text.peek()));
  const matches = (search.matches.value ?? []).filter(({customer}) => customer !== except);
  return (
    <div class="picker">
      <label class="field" for="picker-text">{t('Email, phone, name or number of the other one')}</label>
      <input id="picker-text" type="text" autocomplete="off" spellcheck={false} value={search.text.value} autofocus
        onInput={event => (asked.value = true, search.type(event.currentTarget.value))}
        onKeyDown={event => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (matches.length === 1) picked(matches[0]!);
        }} />
      <ul>
        {matches.map(match => (
          <li key={match.customer}>
            <button type="button" onClick={() => picked(match)}>
              <b><bdi>{match.name}</bdi></b>
              <small>{match.identities.slice(0, 2).join(' · ')} · {counted(match.touchpoints, 'touchpoint')}</small>
            </button>
          </li>
        ))}
      </ul>
      <p class="note" role="status">
        {asked.value && search.matches.value && !matches.length ? t('Nobody else is known by this.') : search.failure.value ? search.failure.value.message : ''}
      </p>
    </div>
  );
}
