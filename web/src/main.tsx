import './css/tokens.css';
import './css/base.css';
import './css/shell.css';
import './css/search.css';
import './css/customer.css';
import './css/feed.css';
import './css/side.css';
import {render} from 'preact';
import {follow_feed} from './api/events';
import {take_token_from_address} from './api/token';
import {current, follow_customer} from './state/customer';
import {follow_address} from './state/route';
import {App} from './ui/app';

take_token_from_address();
follow_address();
follow_customer();
render(<App />, document.getElementById('app')!);
void follow_feed(event => current.peek()?.on_event(event), new AbortController().signal);
