// Who may come in: the users that this installation knows itself.
import {useSignal, type Signal} from '@preact/signals';
import {ago} from '../lib/format';
import {as_failure} from '../lib/resource';
import {rich, t, w} from '../lib/words';
import {now} from '../state/screen';
import {session} from '../state/session';
import {Blank} from '../ui/parts';
import {add_user, set_enabled, set_password, set_role, users, type User} from './access_client';
import {use_live} from './live';
import {Asks, Live} from './parts';

const k_roles: [string, string, string][] = [
  ['agent', w('Agent'), w('reads customers, decides who is who')], ['lead', w('Lead'), w('an agent who may read more')],
  ['integrator', w('Integrator'), w('also sees to connections and destinations')], ['admin', w('Administrator'), w('everything')],
];
const title_of = (role: string) => t(k_roles.find(([name]) => name === role)?.[1] ?? role);

export function UsersPage() {
  const all = use_live(users, 'users');
  return (
    <Live of={all} what={t('The users')}>
      {({sign_in, users: list}) => sign_in ? (
        <>
          <p class="headline">{t('People who come in through the identity provider have their role from there, and are not listed here.')}</p>
          <Add after={() => void all.load()} />
          <ul class="causes">{list.map(user => <One key={user.account} user={user} after={() => void all.load()} />)}</ul>
        </>
      ) : (
        <Blank icon="people" title={t('Nobody signs in here')}>
          <p>{rich('This installation runs without sign-in, for this machine alone. Start it without {option}, and add the first administrator with {command}.', {option: <code>--dev</code>, command: <code>touchline user add</code>})}</p>
        </Blank>
      )}
    </Live>
  );
}

function RoleField({role, id}: {role: Signal<string>; id: string}) {
  return (
    <label class="field" for={id}>{t('Role')}
      <select id={id} value={role.value} onChange={event => (role.value = event.currentTarget.value)}>
        {k_roles.map(([name, title, does]) => <option key={name} value={name}>{t('{role}: {does}', {role: t(title), does: t(does)})}</option>)}
      </select>
    </label>
  );
}

function PasswordField({password, id}: {password: Signal<string>; id: string}) {
  return (
    <label class="field" for={id}>{t('Password')} <small>{t('at least 10 characters; tell it to them in private')}</small>
      <input id={id} type="password" autocomplete="new-password" required minLength={10} maxLength={1000} value={password.value} onInput={event => (password.value = event.currentTarget.value)} />
    </label>
  );
}

/** What was typed stays until it is done. */
function use_change(after: () => void) {
  const said = useSignal('');
  const failed = useSignal(false);
  const busy = useSignal(false);
  const change = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    if (busy.peek()) return false;
    busy.value = true;
    try {
      await work();
      said.value = done;
      failed.value = false;
      after();
      return true;
    } catch (error) {
      said.value = as_failure(error).message;
      failed.value = true;
      return false;
    } finally {
      busy.value = false;
    }
  };
  const outcome = <span role={failed.value ? 'alert' : 'status'} class={failed.value ? 'alarm' : undefined}>{said.value}</span>;
  return {change, outcome};
}

function Add({after}: {after: () => void}) {
  const account = useSignal('');
  const name = useSignal('');
  const role = useSignal('agent');
  const password = useSignal('');
  const {change, outcome} = use_change(after);
  const add = async (event: Event) => {
    event.preventDefault();
    const who = account.value.trim().toLowerCase();
    if (!(await change(() => add_user(who, name.value.trim(), role.value, password.value), t('{account} may come in now.', {account: who})))) return;
    account.value = name.value = password.value = '';
    role.value = 'agent';
  };
  return (
    <details class="add-user">
      <summary>{t('Add a user')}</summary>
      <form class="user-form" onSubmit={event => void add(event)}>
        <label class="field" for="add-account">{t('Account')} <small>{t('what is typed to sign in, such as an e-mail address')}</small>
          <input id="add-account" required maxLength={80} autocomplete="off" value={account.value} onInput={event => (account.value = event.currentTarget.value)} />
        </label>
        <label class="field" for="add-name">{t('Name')}
          <input id="add-name" maxLength={80} autocomplete="off" value={name.value} onInput={event => (name.value = event.currentTarget.value)} />
        </label>
        <RoleField role={role} id="add-role" />
        <PasswordField password={password} id="add-password" />
        <p class="action-row"><button class="button primary">{t('Add')}</button>{outcome}</p>
      </form>
    </details>
  );
}

function One({user, after}: {user: User; after: () => void}) {
  const {account, name, role, enabled, password_at} = user;
  const {change, outcome} = use_change(after);
  const wanted = useSignal(role);
  const password = useSignal('');
  const is_me = session.value?.account === account;
  const give_password = async (event: Event) => {
    event.preventDefault();
    if (await change(() => set_password(account, password.value), t('The password is changed; sessions of before have ended.'))) password.value = '';
  };
  return (
    <li class="cause user">
      <h2><bdi>{name || account}</bdi>{name ? <small><bdi>{account}</bdi></small> : null}<span class={`health ${enabled ? 'current' : 'paused'}`}><i aria-hidden="true">{enabled ? '●' : '‖'}</i> {enabled ? title_of(role) : t('disabled')}</span></h2>
      <p class="meta">{t('Password from {ago}', {ago: ago(Date.parse(password_at), now.value)})}{is_me ? <> · {t('this is you: another administrator changes your role')}</> : null}</p>
      <details>
        <summary>{t('Change')}</summary>
        <div class="user-form">
          {is_me ? null : (
            <form onSubmit={event => (event.preventDefault(), void change(() => set_role(account, wanted.value), t('The role is changed.')))}>
              <RoleField role={wanted} id={`role-${account}`} />
              <p class="action-row"><button class="button" disabled={wanted.value === role}>{t('Change the role')}</button></p>
            </form>
          )}
          <form onSubmit={event => void give_password(event)}>
            <PasswordField password={password} id={`password-${account}`} />
            <p class="action-row"><button class="button">{t('Set the password')}</button></p>
          </form>
        </div>
      </details>
      <p class="action-row">
        {is_me ? null : enabled ? <Asks small label={t('Disable…')} sure={t('Keep {account} out from now on', {account})} act={() => void change(() => set_enabled(account, false), t('{account} is kept out.', {account}))} />
          : <button class="button small" onClick={() => void change(() => set_enabled(account, true), t('{account} may come in again.', {account}))}>{t('Enable')}</button>}
        {outcome}
      </p>
    </li>
  );
}
