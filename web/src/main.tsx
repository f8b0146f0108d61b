import './css/tokens.css';
import './css/base.css';
import './css/shell.css';
import './css/search.css';
import './css/customer.css';
import './css/journey.css';
import './css/feed.css';
import './css/side.css';
import './css/dialog.css';
import './css/console.css';
import './css/studio.css';
import './css/print.css';
import {render} from 'preact';
import {follow_feed} from './api/events';
import {follow_other_tabs, read_session, take_token_from_address} from './api/sign_in';
import {load_words} from './lib/words';
import {current, follow_customer} from './state/customer';
import {follow_address} from './state/route';
import {App} from './ui/app';

take_token_from_address();
follow_other_tabs();
follow_address();
void read_session();
// Data is asked for while the words are on their way.
follow_customer();
await load_words();
render(<App />, document.getElementById('app')!);
void follow_feed(event => current.peek()?.on_event(event), new AbortController().signal);
