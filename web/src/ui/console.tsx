// The integrator's pages. They are fetched when first asked for: an agent's browser never loads them.
import {signal, type Signal} from '@preact/signals';
import type {ComponentType} from 'preact';
import {useEffect} from 'preact/hooks';
import type {Page} from '../lib/address';
import {Blank} from './parts';
import {Shown} from './row';
import {load_words, t} from '../lib/words';
import {may, session} from '../state/session';

/** Every page but the agent's. */
export const is_console = ({name}: Page) => !/^(home|customer|find|unknown)$/.test(name);

/** The page at this path is for whoever may read what it shows. Until it is known who is here, pages ask for themselves. */
export const may_open = (path: string) => !session.value?.signed_in || may(`GET /api/v1${k_shows[path] ?? path}`);
const k_shows: Record<string, string> = {'/mappings': '/streams', '/plan': '/plans', '/replay': '/replays'};
export const is_allowed = (page: Page) => !is_console(page) || may_open(`/${location.pathname.split('/')[1]}`);

export interface PagesProps {
  here: Page;
  Shown: typeof Shown;
}
const loaded: Signal<ComponentType<PagesProps> | null> = signal(null);
const failed = signal(false);

export function Console({here}: {here: Page}) {
  const load = () => {
    failed.value = false;
    Promise.all([import('../console/pages'), load_words('console')]).then(([{Pages}]) => (loaded.value = Pages), () => (failed.value = true));
  };
  useEffect(() => {
    if (!loaded.peek()) load();
  }, []);
  if (failed.value) {
    return <Blank icon="alert" title={t('This page could not be loaded')} page alert><button class="button" onClick={load}>{t('Try again')}</button></Blank>;
  }
  const Pages = loaded.value;
  return Pages ? <Pages here={here} Shown={Shown} /> : null;
}
