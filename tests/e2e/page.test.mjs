// The page before the real daemon: people sign in, the daemon is slow, goes away and comes back, and nothing is lost.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {first_row_shown, launch, open_page, violations} from '../web/browser.mjs';
import {end_all, make_folder, run, serve} from './program.mjs';

const k_password = 'a long pass phrase';
let browser;
let folder;
let email;

before(async () => {
  browser = await launch();
  folder = make_folder();
  await run(folder, ['demo', '--dir', 'demo', '--customers', '60', '--records', '1500', '--prepare-only']);
  email = readFileSync(join(folder, 'demo/look-at-first.txt'), 'utf8').trim();
  for (const role of ['agent', 'lead', 'integrator', 'admin']) await run(folder, ['-c', 'demo/touchline.yaml', 'user', 'add', role, '--role', role, '--name', `The ${role}`], `${k_password}\n`);
});
after(async () => {
  await browser?.close();
  end_all();
});

const start = (listen = '127.0.0.1:0') => serve(folder, ['-c', 'demo/touchline.yaml', '--listen', listen]);

async function come_in(page, url, account) {
  await page.goto(url);
  await page.fill('#account', account);
  await page.fill('#password', k_password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.sign-in', {state: 'detached'});
}

test('an agent signs in, reads, writes a note in their name, and is on record', async () => {
  const daemon = await start();
  const {page, complaints, close} = await open_page(browser);
  await come_in(page, daemon.url, 'agent');
  await page.fill('#search', email);
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Enter');
  await first_row_shown(page);
  await page.fill('#new-note', 'Likes it short');
  await page.getByRole('button', {name: 'Save note'}).click();
  await page.waitForFunction(() => document.querySelector('.pins')?.textContent.includes('The agent'));
  assert.deepEqual(await page.locator('.rail a[title]').evaluateAll(links => links.map(({title}) => title)), ['Customers', 'Review', 'Connections']);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  const record = await run(folder, ['-c', 'demo/touchline.yaml', 'audit']);
  for (const action of ['sign-in', 'search', 'look', 'notes']) assert.match(record, new RegExp(`agent +${action} +done`));
  await close();
  await daemon.stop();
});

test('what a colleague does is on screen while one reads, without moving a row', async t => {
  const daemon = await start();
  const [reader, colleague] = [await open_page(browser), await open_page(browser)];
  const address = `${daemon.url}/c?email=${encodeURIComponent(email)}`;
  await come_in(reader.page, address, 'agent');
  await first_row_shown(reader.page);
  await reader.page.waitForSelector('.live[data-on=true]');
  await come_in(colleague.page, address, 'lead');
  await first_row_shown(colleague.page);
  await reader.page.evaluate(() => (document.querySelector('[data-scroll]').scrollTop = 900));
  const first_in_view = () => reader.page.evaluate(() => {
    const box = document.querySelector('[data-scroll]').getBoundingClientRect();
    const row = [...document.querySelectorAll('article:not([aria-busy])')].find(each => each.getBoundingClientRect().bottom > box.top + 4);
    return row && {id: row.getAttribute('aria-labelledby'), top: row.getBoundingClientRect().top};
  });
  await reader.page.waitForFunction(() => document.querySelector('[data-scroll]').scrollTop > 800 && !document.querySelector('article[aria-busy]'));
  const before_it = await first_in_view();
  const asked = [];
  reader.page.on('request', request => asked.push(new URL(request.url()).pathname));
  await colleague.page.fill('#new-note', 'Called back, all is well');
  await colleague.page.getByRole('button', {name: 'Save note'}).click();
  const since = Date.now();
  await reader.page.waitForSelector('.unseen button');
  t.diagnostic(`on screen ${Date.now() - since} ms after the note was sent`);
  assert.deepEqual(await first_in_view(), before_it, 'the first visible row moves 0 pixels');
  assert.ok(!asked.includes('/api/v1/events'), 'the stream that was open brought it');
  await reader.close();
  await colleague.close();
  await daemon.stop();
});

test('a mapping that is being written outlives a restart of the daemon, and is tried again by itself', async () => {
  let daemon = await start();
  const {page, close} = await open_page(browser);
  await come_in(page, `${daemon.url}/mappings`, 'integrator');
  await page.waitForSelector('tbody tr');
  await page.locator('tbody tr:not(:has-text("ships with")) a').first().click();
  await page.waitForSelector('.editor textarea');
  const written = await page.inputValue('.editor textarea');
  const typed = `# Half a thought\n${written}`;
  await page.fill('.editor textarea', typed);
  await page.waitForFunction(() => /is not saved/.test(document.querySelector('.headline')?.textContent ?? ''));
  const {host} = new URL(daemon.url);
  await daemon.stop();
  await page.waitForSelector('.away');
  await page.fill('.editor textarea', `${typed}nonsense: [`);
  await page.waitForFunction(() => document.querySelector('.bench [role=status]')?.textContent);
  assert.deepEqual(await violations(page), []);
  daemon = await start(host);
  await page.waitForSelector('.away', {state: 'detached', timeout: 60_000});
  await page.waitForSelector('.gutter .bad');
  assert.equal(await page.inputValue('.editor textarea'), `${typed}nonsense: [`);
  await close();
  await daemon.stop();
});

test('the daemon is slow, stops and starts again: the page says so, goes on by itself, and loses no input', async () => {
  let daemon = await start();
  const {page, close} = await open_page(browser);
  await come_in(page, `${daemon.url}/c?email=${encodeURIComponent(email)}`, 'agent');
  await first_row_shown(page);
  await page.waitForSelector('.live[data-on=true]');
  await page.fill('#new-note', 'Half a sentence');

  daemon.signal('SIGSTOP');
  await page.getByRole('button', {name: 'Conversations'}).click();
  await page.waitForFunction(() => /slow to answer/.test(document.querySelector('.away')?.textContent ?? ''), null, {timeout: 60_000});
  assert.deepEqual(await violations(page), []);
  daemon.signal('SIGCONT');
  await page.waitForSelector('.away', {state: 'detached'});
  await first_row_shown(page);

  const {host} = new URL(daemon.url);
  await daemon.stop();
  await page.waitForFunction(() => /does not answer since/.test(document.querySelector('.away')?.textContent ?? ''), null, {timeout: 60_000});
  assert.ok(await page.locator('article:not([aria-busy])').count() > 0, 'what was read stays');
  await page.getByRole('button', {name: 'Save note'}).click();
  await page.waitForSelector('.note-form [role=alert]');
  assert.equal(await page.inputValue('#new-note'), 'Half a sentence');

  daemon = await start(host);
  await page.waitForSelector('.away', {state: 'detached', timeout: 60_000});
  await page.getByRole('button', {name: 'Save note'}).click();
  await page.waitForFunction(() => document.querySelector('.pins')?.textContent.includes('Half a sentence'));
  assert.equal(await page.locator('.sign-in').count(), 0, 'a restart signs nobody out');
  await close();
  await daemon.stop();
});

test('who is removed is out, and what they had typed waits for them', async () => {
  const daemon = await start();
  const {page, close} = await open_page(browser);
  await come_in(page, `${daemon.url}/c?email=${encodeURIComponent(email)}`, 'agent');
  await first_row_shown(page);
  await page.fill('#new-note', 'Not yet said');
  await run(folder, ['-c', 'demo/touchline.yaml', 'user', 'password', 'agent'], 'another pass phrase\n');
  await page.getByRole('button', {name: 'Save note'}).click();
  await page.waitForSelector('#account');
  await page.fill('#account', 'agent');
  await page.fill('#password', 'another pass phrase');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.pins')?.textContent.includes('Not yet said'));
  await close();
  await daemon.stop();
});

test('an administrator lets somebody in, gives them a role and keeps them out, and all of it is on record', async () => {
  const daemon = await start();
  const {page, complaints, close} = await open_page(browser);
  await come_in(page, `${daemon.url}/users`, 'admin');
  await page.waitForSelector('.user');
  assert.match(await page.textContent('.causes'), /this is you/);
  await page.click('.add-user summary');
  await page.fill('#add-account', 'tom');
  await page.selectOption('#add-role', 'agent');
  await page.fill('#add-password', k_password);
  await page.getByRole('button', {name: 'Add', exact: true}).click();
  const tom = page.locator('.user', {hasText: 'tom'});
  await tom.waitFor();
  const other = await open_page(browser);
  await come_in(other.page, `${daemon.url}/c?email=${encodeURIComponent(email)}`, 'tom');
  await first_row_shown(other.page);
  assert.deepEqual(await violations(page), []);

  await tom.locator('summary').click();
  await tom.locator('select').selectOption('integrator');
  await tom.getByRole('button', {name: 'Change the role'}).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.user h2')].some(each => /tom.*Integrator/.test(each.textContent)));
  await tom.getByRole('button', {name: 'Disable…'}).click();
  await tom.getByRole('button', {name: 'Keep tom out from now on'}).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.user h2')].some(each => /tom.*disabled/.test(each.textContent)));
  await other.page.reload();
  await other.page.waitForSelector('#account');
  await other.page.fill('#account', 'tom');
  await other.page.fill('#password', k_password);
  await other.page.keyboard.press('Enter');
  await other.page.waitForSelector('.sign-in [role=alert]');
  assert.match(await other.page.textContent('.sign-in [role=alert]'), /disabled/);
  await other.close();

  await page.goto(`${daemon.url}/audit`);
  await page.waitForFunction(() => /tom.*signed in, kept out.*disabled a user.*changed a role.*added a user/s.test(document.querySelector('tbody')?.textContent ?? ''));
  assert.deepEqual(complaints, []);
  await close();
  await daemon.stop();
});

test('an integrator sees what a connection asked for, drops what could not be read, and takes it back', async () => {
  const daemon = await start();
  const {page, complaints, close} = await open_page(browser);
  await come_in(page, `${daemon.url}/connections`, 'integrator');
  await page.waitForSelector('tbody tr');
  const ids = await page.locator('tbody a.link').evaluateAll(links => [...new Set(links.map(({pathname}) => pathname).filter(path => path.startsWith('/connections/')))]);
  let seen = '';
  for (const path of ids) {
    await page.goto(daemon.url.replace(/\/$/, '') + path);
    await page.getByRole('button', {name: 'Run now'}).click();
    await page.waitForFunction(() => document.querySelector('.action-row [role=status]')?.textContent);
    const came = await page.waitForSelector('.requests li', {timeout: 15_000}).catch(() => null);
    if (came) seen = await page.textContent('.requests');
    if (seen) break;
  }
  assert.match(seen, /(GET|POST) https?:\/\//, 'a connection that speaks HTTP shows what it sent');
  assert.deepEqual(await violations(page), []);

  await page.goto(`${daemon.url}/dead-letters`);
  await page.waitForSelector('.cause, .blank');
  const causes = await page.locator('.cause').count();
  if (causes) {
    await page.getByRole('button', {name: 'Drop…'}).first().click();
    await page.getByRole('button', {name: /^Drop \d+ records?$/}).click();
    await page.waitForSelector('.dropped li');
    await page.getByRole('button', {name: 'Bring back'}).click();
    await page.waitForFunction(wanted => document.querySelectorAll('.cause').length === wanted, causes);
  }
  assert.deepEqual(complaints, []);
  await close();
  await daemon.stop();
});
