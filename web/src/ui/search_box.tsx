// A combobox (WAI-ARIA 1.2 pattern): the focus stays in the field, the arrows move through the list.
import type {Match} from '../api/types';
import {ago, counted, initials, split_identity} from '../lib/format';
import {namespace_name} from '../lib/kinds';
import {is_framed, now} from '../state/screen';
import {search} from '../state/search';
import {Hidden, Icon} from './parts';
import {t} from '../lib/words';

export const k_search_field = 'search';
const option_id = (index: number) => `match-${index}`;

function on_key(event: KeyboardEvent): void {
  if (event.key === 'ArrowDown') search.move(1);
  else if (event.key === 'ArrowUp') search.move(-1);
  else if (event.key === 'Escape' && search.is_open.value) search.is_open.value = false;
  else if (event.key === 'Escape') (event.target as HTMLElement).blur();
  else return;
  event.preventDefault();
}

export function SearchBox({large = false}: {large?: boolean}) {
  const open = search.is_open.value;
  const matches = search.matches.value;
  const shows_list = open && !!matches?.length;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void search.submit().then(() => {
      if (!search.is_open.value) (document.activeElement as HTMLElement | null)?.blur();
    });
  };
  return (
    <form class={large ? 'search large' : 'search'} role="search" onSubmit={submit}
      onFocusOut={event => {
        if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) search.is_open.value = false;
      }}>
      <Icon name="search" size={large ? 18 : 15} />
      <label class="visually-hidden" for={k_search_field}>{t('Find a customer by email, phone, name, order or ticket number')}</label>
      <input id={k_search_field} type="text" role="combobox" placeholder={large ? t('Email, phone, name, order or ticket') : t('Email, phone, name or number')} autocomplete="off" autocapitalize="off"
        spellcheck={false} enterkeyhint="search" autofocus={large && !is_framed} value={search.text.value}
        aria-autocomplete="list" aria-expanded={shows_list} aria-controls="matches"
        {...(shows_list && search.active.value >= 0 ? {'aria-activedescendant': option_id(search.active.value)} : {})}
        onInput={event => search.type(event.currentTarget.value)} onKeyDown={on_key}
        onFocus={() => (search.is_open.value = matches !== null && search.answered.value === search.text.value && !large)} />
      <kbd class="wide-only" aria-hidden="true">/</kbd>
      <div class="suggestions" hidden={!open}>
        <div id="matches" role="listbox" aria-label={t('Customers')}>
          {shows_list ? matches.map((match, index) => <Option key={match.customer} match={match} index={index} />) : null}
        </div>
        <p class="outcome" role="status">{open ? <Outcome /> : null}</p>
      </div>
    </form>
  );
}

function Outcome() {
  if (search.failure.value) return <span class="alarm">{t('The search did not work: {why}.', {why: search.failure.value.message})}</span>;
  const found = search.matches.value?.length ?? 0;
  if (found) return <Hidden>{counted(found, 'customer')}</Hidden>;
  return <>{t('Nobody is known by “{text}”. Try another address, number or spelling.', {text: search.answered.value})}</>;
}

function Option({match, index}: {match: Match; index: number}) {
  const known = match.identities.map(split_identity).filter(({value}) => !match.why.includes(value)).map(({ns, value}) => ({title: namespace_name(ns), value}));
  // The name stands above already; any other reason comes first.
  const shown = (match.why.startsWith('name ') ? known : [{title: t('Matches'), value: match.why}, ...known]).slice(0, 3);
  return (
    <div id={option_id(index)} role="option" class="option" aria-selected={search.active.value === index}
      onPointerDown={event => event.preventDefault()} onPointerMove={() => (search.active.value = index)} onClick={() => search.choose(match)}>
      <span class="avatar small" aria-hidden="true">{initials(match.name)}</span>
      <span class="option-text">
        <b><bdi>{match.name}</bdi></b>
        <small>{shown.map(({title, value}, at) => <span key={value} title={title}>{at ? ' · ' : ''}{value}</span>)}</small>
      </span>
      <small class="option-side">
        {counted(match.touchpoints, 'touchpoint')}
        <br />
        {match.last_touch ? ago(Date.parse(match.last_touch), now.value) : t('nothing yet')}
      </small>
    </div>
  );
}
