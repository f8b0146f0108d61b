// The shell: top bar, one page, and what may lie over them.
import {useEffect} from 'preact/hooks';
import {waiting_long} from '../api/client';
import {away_since} from '../api/events';
import {sign_in} from '../api/sign_in';
import {hour_and_minute} from '../lib/format';
import {t} from '../lib/words';
import {current} from '../state/customer';
import {deciding, done} from '../state/decision';
import {go, page} from '../state/route';
import {help_shown} from '../state/screen';
import {search} from '../state/search';
import {single_keys} from '../state/settings';
import {Console, is_allowed, is_console} from './console';
import {CustomerPage} from './customer_page';
import {later} from './later';
import {Blank, Icon} from './parts';
import {Rail} from './rail';
import {focus_search, TopBar} from './top_bar';

const Decide = later(() => import('./extras').then(part => part.Decide));
const DecisionLine = later(() => import('./extras').then(part => part.DecisionLine));
const Help = later(() => import('./extras').then(part => part.Help));
const Home = later(() => import('./extras').then(part => part.Home));
const SignIn = later(() => import('./extras').then(part => part.SignIn));

/** Single keys act on the page, not on a field or a dialog that has the focus. */
export function is_typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.metaKey || event.ctrlKey || event.altKey || !!target.closest?.('input, textarea, select, dialog');
}

export function App() {
  use_keys();

  return (
    <>
      <a class="skip" href="#main">{t('Skip to the content')}</a>
      {embedded ? null : <Rail />}
      <div class="page">
        {embedded ? null : <TopBar />}
        <Away />
        <main id="main" tabIndex={-1}>
          <CurrentPage />
        </main>
      </div>
      {sign_in.value === 'no' ? null : <SignIn />}
      {done.value ? <DecisionLine /> : null}
      {deciding.value ? <Decide /> : null}
      {help_shown.value ? <Help /> : null}
    </>
  );
}

/** As a side panel in another system's page, 360 pixels wide, without the frame around the customer. */
const embedded = new URLSearchParams(location.search).has('panel');
document.documentElement.classList.toggle('embedded', embedded);

const k_pages: Record<string, string> = {c: '/', r: '/review', x: '/connections', d: '/dead-letters', o: '/destinations'};

function use_keys(): void {
  useEffect(() => {
    let after_g = false;
    const on_key = (event: KeyboardEvent) => {
      if (is_typing(event) || !single_keys.peek()) return;
      const path = after_g ? k_pages[event.key] : undefined;
      after_g = event.key === 'g';
      if (path) go(path);
      else if (event.key === '/') focus_search();
      else if (event.key === '?') help_shown.value = true;
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('keydown', on_key);
    return () => removeEventListener('keydown', on_key);
  }, []);
}

/** Says that the daemon does not answer, or takes its time; what is on screen stays, and goes on by itself once it does. */
function Away() {
  const since = away_since.value;
  const slow = waiting_long.value > 0;
  return (
    <div role="status">
      {since ? (
        <p class="away">
          <Icon name="alert" size={14} />
          <span><b>{t('Touchline does not answer since {time}.', {time: hour_and_minute(since)})}</b> {t('What you see may be old; it is tried again every few seconds.')}</span>
        </p>
      ) : slow ? (
        <p class="away"><Icon name="clock" size={14} /><span><b>{t('Touchline is slow to answer.')}</b> {t('What was asked for is still on its way.')}</span></p>
      ) : null}
    </div>
  );
}

function CurrentPage() {
  const here = page.value;
  useEffect(() => {
    if (here.name !== 'find') return;
    search.text.value = here.text;
    focus_search();
    void search.submit();
  }, [here]);
  useEffect(() => {
    if (here.name !== 'customer') document.title = 'Touchline';
  }, [here]);

  if (here.name === 'customer') return current.value ? <CustomerPage state={current.value} key={current.value.id} /> : null;
  if (is_console(here) && is_allowed(here)) return <Console here={here} />;
  if (here.name === 'unknown' || !is_allowed(here)) {
    return (
      <Blank icon="search" title={t('There is no such page')} page>
        <a class="button" href="/">{t('Find a customer')}</a>
      </Blank>
    );
  }
  return <Home />;
}
