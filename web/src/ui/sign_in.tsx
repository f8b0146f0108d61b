// Shown when the API wants a token.
import {give_token, sign_in} from '../api/token';
import {Logo} from './parts';

export function SignIn() {
  const refused = sign_in.value === 'refused';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get('token') ?? '').trim();
    if (token) give_token(token);
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <span class="logo"><Logo /></span>
        <h1>Sign in to Touchline</h1>
        <label for="token">API token</label>
        <input id="token" name="token" type="password" autocomplete="off" required autofocus
          aria-describedby="token-note" aria-invalid={refused} />
        <p id="token-note" class={refused ? 'alarm' : 'note'} role={refused ? 'alert' : undefined}>
          {refused ? 'That token was not accepted. Check that it was copied whole and has not been revoked.'
            : 'This tab keeps the token until you close it. It is sent nowhere but to this server.'}
        </p>
        <button class="button primary">Continue</button>
      </form>
    </main>
  );
}
