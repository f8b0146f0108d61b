// Coming in, and what a role sees, in Chromium against the mock server.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {first_row_shown, k_phone, k_wide, row, sound, take} from './browser.mjs';
import {ask, serve} from './servers.mjs';
import {enter} from './stage.mjs';

const k_password = 'a long pass phrase';
async function sign_in(page, password = k_password) {
  await page.fill('#account', 'ana');
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
}

const screens = [k_wide, k_phone].flatMap(viewport => ['light', 'dark'].map(colorScheme => ({viewport, colorScheme})));

for (const {viewport, colorScheme} of screens) {
  const where = `${viewport.width} in ${colorScheme}`;
  const label = `${viewport.width}-${colorScheme}`;
  test(`people sign in with a password, see their menu, and leave, at ${where}`, async () => {
    const base = await serve('--accounts', '--role', 'lead');
    const {page, complaints, close} = await enter({viewport, colorScheme});
    await page.goto(`${base}/c/cu_ana`);
    await page.waitForSelector('#account');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'account');
    await sound(page, `sign-in-${label}`);
    await sign_in(page, 'not this one');
    await page.waitForSelector('.sign-in [role=alert]');
    assert.match(await page.textContent('.sign-in [role=alert]'), /not right/);
    await sound(page, `sign-in-refused-${label}`);
    await sign_in(page);
    await first_row_shown(page);
    await page.click('.user-menu > summary');
    await page.waitForSelector('.me');
    assert.match(await page.textContent('.me'), /Ana Peeters.*Lead/);
    await sound(page, `menu-${label}`);
    await page.getByRole('button', {name: 'Sign out'}).click();
    await page.waitForSelector('#account');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('an expired session keeps what was typed, and goes on where it was', async () => {
  const base = await serve('--accounts');
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/c/cu_ana`);
  await page.waitForSelector('#account');
  await sign_in(page);
  await first_row_shown(page);
  await page.fill('#new-note', 'Half a thought');
  await page.getByRole('button', {name: 'Join with another'}).click();
  await page.getByLabel('Why?').fill('the same voice on the phone');
  await ask(base, '/dev/expire');
  await page.fill('#picker-text', 'amira');
  await page.waitForSelector('#account');
  await sound(page, 'expired');
  await page.keyboard.press('Escape');
  assert.ok(await page.isVisible('#account'), 'it does not go away by itself');
  await sign_in(page);
  await page.waitForSelector('.sign-in', {state: 'detached'});
  await page.waitForSelector('.picker li button');
  assert.equal(await page.getByLabel('Why?').inputValue(), 'the same voice on the phone');
  await page.getByRole('button', {name: 'Cancel'}).click();
  assert.equal(await page.inputValue('#new-note'), 'Half a thought');
  await page.getByRole('button', {name: 'Save note'}).click();
  await page.waitForFunction(() => document.querySelector('article[data-row="0"]')?.textContent.includes('Half a thought'));
  assert.deepEqual(complaints, []);
  await close();
});

test('who guesses too often is told when to try again', async () => {
  const base = await serve('--accounts');
  const {page, close} = await enter();
  await page.goto(base);
  await page.fill('#account', 'eve');
  await page.fill('#password', 'anything at all');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /8 s/.test(document.querySelector('.sign-in [role=alert]')?.textContent ?? ''));
  await close();
});

test('the way through the identity provider is offered, and says when nobody has given a role', async () => {
  const base = await serve('--accounts');
  const {page, close} = await enter();
  await page.goto(`${base}/c/cu_ana?find=bike&sign-in=no-role`);
  const link = page.getByRole('link', {name: 'Continue with Halden login'});
  await link.waitFor();
  assert.equal(new URL(await link.getAttribute('href'), base).searchParams.get('return_to'), '/c/cu_ana?find=bike');
  assert.match(await page.textContent('.sign-in [role=alert]'), /nobody has given you a role/);
  await sound(page, 'no-role');
  await close();
});

for (const viewport of [k_wide, k_phone]) {
  test(`what a role may not do is not offered, and hidden rows stay in their place, at ${viewport.width}`, async () => {
    const base = await serve('--role', 'agent');
    const {page, complaints, close} = await enter({viewport});
    await page.goto(`${base}/c/cu_amira`);
    await first_row_shown(page);
    const places = await page.locator('.rail a[title]').evaluateAll(links => links.map(({title}) => title));
    assert.deepEqual(places, ['Customers', 'Review', 'Connections']);
    await page.getByRole('button', {name: 'Billing', exact: true}).first().click();
    await page.waitForSelector('.hidden-row');
    assert.match(await page.textContent('.hidden-row h3'), /Billing, hidden/);
    await page.click('.hidden-row .title button');
    await page.waitForSelector('.hidden-row .note');
    await sound(page, `hidden-${viewport.width}`);
    await page.goto(`${base}/dead-letters`);
    await page.waitForSelector('.blank');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a time zone of one’s own holds for days and hours, and is named', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await page.goto(`${base}/c/cu_ana`);
  await first_row_shown(page);
  const hour = () => page.textContent(`${row(0)} time`);
  const at_home = await hour();
  await page.click('.user-menu > summary');
  await page.selectOption('.menu select >> nth=1', 'Asia/Tokyo');
  await page.waitForFunction(() => localStorage.getItem('touchline.zone') === 'Asia/Tokyo');
  await first_row_shown(page);
  await page.waitForFunction(before_move => document.querySelector('article[data-row="0"] time')?.textContent !== before_move, at_home);
  assert.match(await page.getAttribute(`${row(0)} time`, 'title'), /GMT\+9|JST/);
  await page.click('.user-menu > summary');
  await page.waitForFunction(() => /Asia\/Tokyo/.test(document.querySelector('.menu .note')?.textContent ?? ''));
  await page.selectOption('.menu select >> nth=0', 'fr');
  await page.waitForFunction(() => document.documentElement.lang === 'fr');
  await close();
});

test('a timeline goes along as a table and on paper', async () => {
  const base = await serve('--role', 'agent');
  const {page, complaints, close} = await enter();
  await page.addInitScript(() => (window.print = () => (window.printed = true)));
  await page.goto(`${base}/c/cu_amira`);
  await first_row_shown(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Table (CSV)'}).click()]);
  assert.equal(file.suggestedFilename(), 'timeline-cu_amira.csv');
  await page.getByRole('button', {name: 'Print', exact: true}).click();
  await page.waitForFunction(() => window.printed);
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.locator('.print-sheet tbody tr').count(), 400);
  assert.ok(await page.locator('.print-sheet').isVisible());
  await take(page, 'print');
  assert.deepEqual(complaints, []);
  await close();
});

test('a panel of 360 pixels fits beside another page', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter({viewport: {width: 360, height: 700}});
  await page.goto(`${base}/c/cu_amira?panel=1`);
  await first_row_shown(page);
  assert.equal(await page.locator('.rail').count(), 0);
  await sound(page, 'panel');
  assert.deepEqual(complaints, []);
  await close();
});

test('an installation without sources says what comes next', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await ask(base, '/dev/empty');
  await page.goto(base);
  await page.waitForSelector('.first-steps');
  assert.match(await page.textContent('.first-steps'), /touchline config check/);
  await sound(page, 'first-run');
  await close();
});
