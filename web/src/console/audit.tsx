// Who did what, and who looked at whom.
import {useSignal} from '@preact/signals';
import {full_time} from '../lib/format';
import {t, w} from '../lib/words';
import {Blank} from '../ui/parts';
import {audit, type AuditEvent} from './access_client';
import {use_live} from './live';
import {Live} from './parts';

const k_page = 100;
const k_most = 1_000;
/** The API's words for what people do, in theirs. */
const k_actions: Record<string, string> = {
  look: w('looked at'), search: w('searched'), export: w('took along'), merge: w('joined'), split: w('took apart'), undo: w('took back'), review: w('answered a question'),
  pins: w('pinned'), notes: w('wrote a note'), fields: w('chose a value'), run: w('started a run'), retry: w('tried again'), drop: w('dropped dead letters'), restore: w('brought dead letters back'),
  enable: w('enabled'), mapping: w('saved a mapping'), trial: w('tried a mapping'), replays: w('replayed'), plans: w('planned'), cancel: w('stopped'), apply: w('applied a plan'),
  'sign-in': w('signed in'), 'sign-out': w('signed out'), 'user add': w('added a user'), 'user role': w('changed a role'), 'user password': w('changed a password'), 'user disable': w('disabled a user'), 'user enable': w('enabled a user'),
  'user remove': w('removed a user'), 'token create': w('made a token'), 'token revoke': w('revoked a token'),
};
const k_outcomes: Record<string, string> = {done: '', refused: w('refused'), failed: w('failed'), disabled: w('kept out'), 'too many attempts': w('too many attempts')};
const said = (list: Record<string, string>, text: string) => (text in list ? list[text] && t(list[text]) : text);

export function AuditPage() {
  const account = useSignal('');
  const action = useSignal('');
  const customer = useSignal('');
  const most = useSignal(k_page);
  const wish = {account: account.value.trim(), action: action.value, customer: customer.value.trim()};
  const all = use_live(stop => audit(wish, most.value, stop), JSON.stringify([wish, most.value]));
  return (
    <>
      <div class="action-row">
        <label>{t('Account')} <input type="text" value={account.value} autocomplete="off" onChange={event => (account.value = event.currentTarget.value)} /></label>
        <label>{t('What')} <select value={action.value} onChange={event => (action.value = event.currentTarget.value)}>
          <option value="">{t('everything')}</option>
          {Object.entries(k_actions).map(([name, label]) => <option key={name} value={name}>{t(label)}</option>)}
        </select></label>
        <label>{t('Customer')} <input type="text" value={customer.value} autocomplete="off" onChange={event => (customer.value = event.currentTarget.value)} /></label>
      </div>
      <Live of={all} what={t('The record of what people did')}>
        {({events}) => events.length ? (
          <>
            <Events events={events} />
            {events.length < most.value ? <p class="meta">{t('That is all there is.')}</p>
              : most.value < k_most ? <p class="action-row"><button class="button" onClick={() => (most.value = Math.min(k_most, most.value + 3 * k_page))}>{t('Show more')}</button></p>
              : <p class="meta">{t('Narrow it down to see what is older.')}</p>}
          </>
        ) : <Blank icon="task" title={t('Nothing is on record')}><p>{t('Where people sign in, what they do and whom they look at is kept here.')}</p></Blank>}
      </Live>
    </>
  );
}

function Events({events}: {events: AuditEvent[]}) {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={t('Record|audit')}>
      <table>
        <thead><tr><th>{t('Who')}</th><th>{t('What')}</th><th>{t('About')}</th><th>{t('When')}</th><th>{t('From')}</th></tr></thead>
        <tbody>
          {events.map(({at, account, role, action, customer, subject, outcome, address}, index) => {
            const how = said(k_outcomes, outcome);
            return (
              <tr key={`${at}${index}`}>
                <th scope="row"><bdi>{account || '–'}</bdi> <small>{role}</small></th>
                <td class={how ? 'alarm' : undefined}>{said(k_actions, action)}{how ? t(', {outcome}', {outcome: how}) : ''}</td>
                <td>{customer ? <a class="link" href={`/c/${encodeURIComponent(customer)}`}>{customer}</a> : <bdi>{subject || '–'}</bdi>}</td>
                <td>{full_time(Date.parse(at))}</td>
                <td>{address}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
