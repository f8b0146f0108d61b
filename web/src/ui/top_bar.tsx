import {connected} from '../api/events';
import {page} from '../state/route';
import {help_shown} from '../state/screen';
import {switch_theme, theme} from '../state/theme';
import {Hidden, Icon} from './parts';
import {k_search_field, SearchBox} from './search_box';

export function focus_search(): void {
  const field = document.getElementById(k_search_field) as HTMLInputElement | null;
  field?.focus();
  field?.select();
}

export function TopBar() {
  const dark = theme.value === 'dark';
  return (
    <header class="top-bar">
      {page.value.name === 'home' ? <span class="wordmark">Touchline</span> : <SearchBox />}
      <div class="tools">
        <span class="live" data-on={connected.value}>{connected.value ? 'Live' : 'Reconnecting'}</span>
        <button class="icon-button" onClick={switch_theme} title={dark ? 'Light' : 'Dark'}>
          <Icon name={dark ? 'sun' : 'moon'} />
          <Hidden>Switch to {dark ? 'light' : 'dark'}</Hidden>
        </button>
        <button class="icon-button wide-only" onClick={() => (help_shown.value = true)} title="Keyboard (?)">
          <Icon name="keyboard" />
          <Hidden>Keyboard shortcuts</Hidden>
        </button>
      </div>
    </header>
  );
}
