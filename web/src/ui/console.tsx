// The integrator's pages. They are fetched when first asked for: an agent's browser never loads them.
import {signal, type Signal} from '@preact/signals';
import type {ComponentType} from 'preact';
import {useEffect} from 'preact/hooks';
import type {Page} from '../lib/address';
import {Blank} from './parts';
import {t} from '../lib/words';
import {may, session} from '../state/session';

const k_pages = new Set(['review', 'connections', 'connection', 'dead_letters', 'destinations']);
export const is_console = (page: Page) => k_pages.has(page.name);

/** A page is for whoever may read what it shows; until it is known who is here, pages ask for themselves. */
const needed = (page: string) => `GET /api/v1/${page === 'connection' ? 'connections' : page.replace('_', '-')}`;
export const is_allowed = ({name}: Pick<Page, 'name'>) => !k_pages.has(name) || !session.value?.signed_in || may(needed(name));

const loaded: Signal<ComponentType<{here: Page}> | null> = signal(null);
const failed = signal(false);

export function Console({here}: {here: Page}) {
  const load = () => {
    failed.value = false;
    import('../console/pages').then(({Pages}) => (loaded.value = Pages), () => (failed.value = true));
  };
  useEffect(() => {
    if (!loaded.peek()) load();
  }, []);
  if (failed.value) {
    return <Blank icon="alert" title={t('This page could not be loaded')} page alert><button class="button" onClick={load}>{t('Try again')}</button></Blank>;
  }
  const Pages = loaded.value;
  return Pages ? <Pages here={here} /> : null;
}
