// Asked for when the API wants to know who is there. It lies over the page, which keeps all that was typed.
import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {give_password, give_token} from '../api/enter';
import {sign_in} from '../api/sign_in';
import {t} from '../lib/words';
import {as_failure} from '../lib/resource';
import {session} from '../state/session';
import {is_framed} from '../state/screen';
import {Logo} from './parts';

export function SignIn() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const ways = session.value?.ways;
  return (
    <dialog ref={dialog} class="sign-in" aria-labelledby="sign-in-title" onCancel={event => event.preventDefault()}>
      <div class="sign-in-box">
        <span class="logo"><Logo /></span>
        <h1 id="sign-in-title">{t('Sign in to Touchline')}</h1>
        <FromProvider />
        {ways?.openid && !is_framed ? <Provider name={ways.openid} /> : null}
        {ways?.password ? <Password /> : null}
        {ways?.password || ways?.openid ? (
          <details open={sign_in.value === 'refused'}><summary>{t('With an API token')}</summary><Token /></details>
        ) : <Token />}
      </div>
    </dialog>
  );
}

/** Why one is here again after having been at the provider. */
function FromProvider() {
  const outcome = new URLSearchParams(location.search).get('sign-in');
  if (!outcome) return null;
  return (
    <p class="alarm" role="alert">
      {outcome === 'no-role' ? t('You are known, but nobody has given you a role in Touchline. Ask whoever runs it.') : t('That sign-in did not work. Try again.')}
    </p>
  );
}

function Provider({name}: {name: string}) {
  const query = new URLSearchParams({return_to: location.pathname + location.search.replace(/[?&]sign-in=[\w-]+/, '')});
  return <a class="button primary wide" href={`/api/v1/sign-in?${query}`} data-leave>{t('Continue with {provider}', {provider: name})}</a>;
}

const field_of = (event: SubmitEvent, name: string) => String(new FormData(event.currentTarget as HTMLFormElement).get(name) ?? '');

function Password() {
  const failure = useSignal('');
  const busy = useSignal(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      await give_password(field_of(event, 'account').trim(), field_of(event, 'password'), is_framed);
    } catch (error) {
      failure.value = as_failure(error).message;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form onSubmit={event => void submit(event)}>
      <label for="account">{t('Name or email')}</label>
      <input id="account" name="account" autocomplete="username" autocapitalize="off" spellcheck={false} required autofocus dir="ltr" />
      <label for="password">{t('Password')}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required dir="ltr" />
      {failure.value ? <p class="alarm" role="alert">{failure.value}</p> : null}
      <button class="button primary" aria-disabled={busy.value}>{t('Sign in')}</button>
    </form>
  );
}

function Token() {
  const refused = sign_in.value === 'refused';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const token = field_of(event, 'token').trim();
    if (token) void give_token(token);
  };
  return (
    <form onSubmit={submit}>
      <label for="token">{t('API token')}</label>
      <input id="token" name="token" type="password" autocomplete="off" required dir="ltr" aria-describedby="token-note" aria-invalid={refused} />
      <p id="token-note" class={refused ? 'alarm' : 'note'} role={refused ? 'alert' : undefined}>
        {refused ? t('That token was not accepted. Check that it was copied whole and has not been revoked.')
          : t('This tab keeps the token until you close it. It is sent nowhere but to this server.')}
      </p>
      <button class="button">{t('Continue')}</button>
    </form>
  );
}
