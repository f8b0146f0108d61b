// Signing in through a real OpenID provider, as a browser does it: redirects, forms and cookies.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {end_all, make_folder, serve} from '../program.mjs';
import {start_provider} from './provider.mjs';

let provider;
let daemon;

before(async () => {
  provider = await start_provider();
  const folder = make_folder();
  writeFileSync(join(folder, 'touchline.yaml'), `version: 1
server: {listen: 127.0.0.1:0}
access:
  oidc:
    issuer: ${provider.issuer}
    client_id: touchline
    secret: \${env:OIDC_SECRET}
    scope: openid profile email groups
    name: Halden login
    role_claim: groups
    roles: {admin: [it], agent: [desk]}
`);
  daemon = await serve(folder, ['-c', 'touchline.yaml'], {OIDC_SECRET: 'the secret of the client, which is long'});
  provider.configure({redirect_uri: `${daemon.url}/api/v1/sign-in/callback`});
});
after(() => {
  provider?.stop();
  end_all();
});

/** A browser without a screen: follows nothing by itself, keeps cookies by origin and path. */
class Browser {
  cookies = new Map();

  async open(url, init = {}) {
    const {origin, pathname} = new URL(url);
    const cookie = [...this.cookies.values()].filter(each => each.origin === origin && pathname.startsWith(each.path)).map(({name, value}) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {...init, redirect: 'manual', headers: {...init.headers, ...(cookie ? {cookie} : {})}});
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? '/';
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(origin + name + path);
      else this.cookies.set(origin + name + path, {origin, name, value, path});
    }
    return response;
  }

  /** From Touchline's button to the address that the provider leads back to. */
  async at_provider(account, return_to = '/c/cu_1?find=bike') {
    let response = await this.open(`${daemon.url}/api/v1/sign-in?return_to=${encodeURIComponent(return_to)}`);
    assert.equal(response.status, 303);
    this.asked = new URL(response.headers.get('location'));
    let url = this.asked.href;
    for (let step = 0; step < 12; step += 1) {
      response = await this.open(url);
      const next = response.headers.get('location');
      if (next) {
        url = new URL(next, url).href;
        if (url.startsWith(daemon.url)) return url;
        continue;
      }
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      assert.ok(action && prompt, page);
      const form = new URLSearchParams({prompt, ...(prompt === 'login' ? {login: account, password: 'x'} : {})});
      response = await this.open(new URL(action, url).href, {method: 'POST', body: form});
      url = new URL(response.headers.get('location'), url).href;
    }
    throw new Error('the provider leads nowhere');
  }

  async sign_in(account, return_to) {
    const response = await this.open(await this.at_provider(account, return_to));
    return {status: response.status, to: response.headers.get('location')};
  }
  who = async () => (await this.open(`${daemon.url}/api/v1/session`)).json();
}

test('a person signs in, has the role of their group, and comes back to where they were', async () => {
  const browser = new Browser();
  assert.deepEqual(await browser.sign_in('desk-ana'), {status: 303, to: '/c/cu_1?find=bike'});
  assert.equal(browser.asked.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(browser.asked.searchParams.get('redirect_uri'), `${daemon.url}/api/v1/sign-in/callback`);
  const who = await browser.who();
  assert.deepEqual([who.signed_in, who.role, who.name, who.account], [true, 'agent', 'desk-ana of Halden', 'desk-ana@halden.example']);
  const other = new Browser();
  await other.sign_in('it-ben');
  assert.equal((await other.who()).role, 'admin');
  assert.equal((await other.open(`${daemon.url}/api/v1/audit?action=sign-in`)).status, 200);
});

test('whoever has no role stays outside, and is told so', async () => {
  const browser = new Browser();
  assert.deepEqual(await browser.sign_in('guest-eve'), {status: 303, to: '/?sign-in=no-role'});
  assert.equal((await browser.who()).signed_in, false);
});

test('only the browser that began a sign-in ends it, and only once', async () => {
  const browser = new Browser();
  const callback = await browser.at_provider('desk-ana');
  const thief = new Browser();
  assert.equal((await thief.open(callback)).headers.get('location'), '/?sign-in=failed');
  assert.equal((await thief.who()).signed_in, false);
  assert.equal((await browser.open(callback)).headers.get('location'), '/?sign-in=failed', 'it was tried before');
  const again = new Browser();
  const used = await again.at_provider('desk-ana');
  assert.equal((await again.open(used)).headers.get('location'), '/c/cu_1?find=bike');
  assert.equal((await again.open(used)).headers.get('location'), '/?sign-in=failed');
});

test('an answer of another issuer, with another state or without a code is refused', async () => {
  for (const spoil of [query => query.set('iss', 'http://127.0.0.1:1'), query => query.delete('iss'), query => query.set('state', 'mine'), query => query.set('code', 'mine'), query => query.delete('code')]) {
    const browser = new Browser();
    const callback = new URL(await browser.at_provider('desk-ana'));
    spoil(callback.searchParams);
    assert.equal((await browser.open(callback.href)).headers.get('location'), '/?sign-in=failed', callback.search);
    assert.equal((await browser.who()).signed_in, false);
  }
});

test('nobody is led to another site afterwards', async () => {
  for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    assert.equal((await new Browser().sign_in('desk-ana', elsewhere)).to, '/', elsewhere);
  }
});

test('the provider rotates its keys and changes its algorithm, and people still come in', async () => {
  for (const change of [{kid: 'k2', alg: 'ES256'}, {kid: 'k3', alg: 'ES256', in_token: false}]) {
    provider.configure(change);
    // Keys that are not known are asked for anew at once, but not over and over: the pause passes.
    let browser = new Browser();
    for (let attempt = 0; (await browser.sign_in('it-ben')).to === '/?sign-in=failed' && attempt < 6; ++attempt) {
      await new Promise(resolve => setTimeout(resolve, 10_000));
      browser = new Browser();
    }
    assert.equal((await browser.who()).role, 'admin', JSON.stringify(change));
  }
});

test('a provider that is away is an answer, not a hang', async () => {
  provider.stop();
  const response = await fetch(`${daemon.url}/api/v1/sign-in`, {redirect: 'manual'});
  assert.ok([303, 503].includes(response.status));
});
