import {connected} from '../api/events';
import {page} from '../state/route';
import {help_shown} from '../state/screen';
import {switch_theme, theme} from '../state/theme';
import {Hidden, Icon} from './parts';
import {k_search_field, SearchBox} from './search_box';
import {t} from '../lib/words';
import {UserMenu} from './user_menu';

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
        <span class="live" data-on={connected.value}>{connected.value ? t('Live') : t('Reconnecting')}</span>
        <button class="icon-button" onClick={switch_theme} title={dark ? t('Light') : t('Dark')}>
          <Icon name={dark ? 'sun' : 'moon'} />
          <Hidden>{dark ? t('Switch to light') : t('Switch to dark')}</Hidden>
        </button>
        <button class="icon-button wide-only" onClick={() => (help_shown.value = true)} title={t('Keyboard (?)')}>
          <Icon name="keyboard" />
          <Hidden>{t('Keyboard shortcuts')}</Hidden>
        </button>
        <UserMenu />
      </div>
    </header>
  );
}
