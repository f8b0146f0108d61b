// The shell: top bar, one page, and what may lie over them.
import {useEffect} from 'preact/hooks';
import {sign_in} from '../api/token';
import {current} from '../state/customer';
import {page} from '../state/route';
import {help_shown} from '../state/screen';
import {search} from '../state/search';
import {CustomerPage} from './customer_page';
import {Help} from './help';
import {Home} from './home';
import {Blank} from './parts';
import {SignIn} from './sign_in';
import {focus_search, TopBar} from './top_bar';

/** Single keys act on the page, not on a field or a dialog that has the focus. */
export function is_typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.metaKey || event.ctrlKey || event.altKey || !!target.closest?.('input, textarea, select, dialog');
}

export function App() {
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (is_typing(event)) return;
      if (event.key === '/') focus_search();
      else if (event.key === '?') help_shown.value = true;
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', on_key);
    return () => removeEventListener('keydown', on_key);
  }, []);

  if (sign_in.value !== 'no') return <SignIn />;
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      <TopBar />
      <main id="main" tabIndex={-1}>
        <CurrentPage />
      </main>
      <Help />
    </>
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
  if (here.name === 'unknown') {
    return (
      <Blank icon="search" title="There is no such page" page>
        <a class="button" href="/">Find a customer</a>
      </Blank>
    );
  }
  return <Home />;
}
