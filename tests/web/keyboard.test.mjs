// Every task by the keyboard alone, in Chromium against the mock server: no test here touches the mouse or fills a field.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {first_row_shown, k_phone, k_wide, row} from './browser.mjs';
import {serve} from './servers.mjs';
import {enter} from './stage.mjs';

/** Presses Tab until the element that fits has the focus, as a person without a mouse does; and it can be seen to have it. */
async function tab_until(page, what, is_there, wanted, most = 160) {
  for (let at = 0; at < most; at++) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(is_there, wanted))) continue;
    const seen = await page.evaluate(() => {
      const {top, bottom, width} = document.activeElement.getBoundingClientRect();
      return bottom > 0 && top < innerHeight && width > 0 && document.activeElement.matches(':focus-visible');
    });
    assert.ok(seen, `the focus on ${what} can be seen`);
    return;
  }
  assert.fail(`Tab does not reach ${what}`);
}
const tab_to = (page, selector) => tab_until(page, selector, wanted => document.activeElement?.matches(wanted), selector);
const tab_to_button = (page, name) =>
  tab_until(page, `"${name}"`, wanted => document.activeElement?.matches('button, a') && document.activeElement.textContent.trim() === wanted, name);
const focus_is_on = (page, text) => page.waitForFunction(wanted => document.activeElement?.textContent.trim() === wanted, text);
const row_has_focus = (page, at) => page.waitForFunction(wanted => document.activeElement?.dataset.row === String(wanted), at);
const from_the_top = page => page.evaluate(() => document.activeElement?.blur());

for (const viewport of [k_wide, k_phone]) {
  test(`an agent finds, reads, filters, notes, takes apart, joins and undoes, at ${viewport.width}`, async () => {
    const base = await serve();
    const {page, complaints, close} = await enter({viewport});
    await page.goto(base);
    await page.waitForSelector('#search');
    await from_the_top(page);
    await page.keyboard.press('/');
    await page.keyboard.type('ana@example.org');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/c\/cu_ana$/);
    await first_row_shown(page);

    await page.keyboard.press('j');
    await row_has_focus(page, 0);
    await page.keyboard.press('ArrowDown');
    await row_has_focus(page, 1);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${row(1)} .details`);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${row(1)} .details`, {state: 'detached'});

    await page.keyboard.press('2');
    await page.waitForURL(/show=talk/);
    await page.keyboard.press('1');
    await page.waitForURL(url => !url.search.includes('show='));
    await page.keyboard.press('f');
    await focus_is_on(page, 'All');
    await tab_to(page, '.departments .chip');
    await page.keyboard.press('Enter');
    await page.waitForURL(/department=/);
    await page.keyboard.press('Enter');
    await page.waitForURL(url => !url.search.includes('department='));

    if (viewport === k_phone) {
      await from_the_top(page);
      await tab_to_button(page, 'About');
      await page.keyboard.press('Enter');
    }
    await from_the_top(page);
    await tab_to_button(page, 'These are two people');
    await page.keyboard.press('Enter');
    await tab_to(page, 'dialog .check:nth-of-type(2) input');
    await page.keyboard.press('Space');
    await page.waitForSelector('.shape');
    await tab_to_button(page, 'Split off');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast');
    await from_the_top(page);
    await tab_to_button(page, 'Undo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast', {state: 'detached'});

    if (viewport === k_phone && !(await page.getByRole('button', {name: 'Join with another'}).isVisible())) {
      await from_the_top(page);
      await tab_to_button(page, 'About');
      await page.keyboard.press('Enter');
    }
    await from_the_top(page);
    await tab_to_button(page, 'Join with another');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#picker-text');
    if (!(await page.evaluate(() => document.activeElement?.id === 'picker-text'))) await tab_to(page, '#picker-text');
    await page.keyboard.type('amira');
    await page.waitForSelector('.picker li button');
    await tab_to(page, '.picker li button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.shape');
    await tab_to_button(page, 'Join');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast');
    await from_the_top(page);
    await tab_to_button(page, 'Undo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast', {state: 'detached'});

    await from_the_top(page);
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.id === 'new-note');
    await page.keyboard.type('Prefers calls after six');
    await tab_to_button(page, 'Save note');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.pins')?.textContent.includes('Prefers calls after six'));
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('questions of who is who are decided one after the other without leaving the keys', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(base);
  await page.waitForSelector('#search');
  await from_the_top(page);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.waitForSelector('.reviews .cause');
  await tab_to(page, '.reviews .button.primary');
  await page.keyboard.press('3');
  await page.waitForFunction(() => document.querySelectorAll('.reviews .cause').length === 1);
  await page.waitForFunction(() => document.activeElement?.matches('.reviews .button.primary'));
  await page.keyboard.press('2');
  await page.waitForSelector('.blank');
  await page.waitForSelector('.toast');
  await focus_is_on(page, 'Open');
  await tab_to_button(page, 'Later');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.reviews .cause');
  assert.deepEqual(complaints, []);
  await close();
});

test('a mapping is tried, saved and planned by the keyboard alone', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/connections`);
  await page.waitForSelector('.console-tools');
  await tab_to(page, '.console-tools a[href="/mappings"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('tbody tr');
  await tab_to(page, 'a[href="/mappings/helpdesk/tickets"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.cases li');
  assert.match(await page.textContent('.faults'), /"yesterday" is not a time/, 'the dead letter shows why');

  await tab_to(page, '.samples button:not([aria-pressed=true])');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.as-shown h3');
  await tab_to(page, '.editor textarea');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  for (let at = 0; at < 'opened'.length; at++) await page.keyboard.press('Backspace');
  await page.keyboard.type('closed');
  await page.waitForFunction(() => document.querySelector('.as-shown')?.textContent.includes('Case closed'));
  assert.match(await page.textContent('.cases'), /fails.*expected "case.opened", got "case.closed"/s);

  await tab_to_button(page, 'Save…');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open] .diff');
  assert.match(await page.textContent('.diff'), /- {2}kind: case.opened\n\+ {2}kind: case.closed/);
  await tab_to_button(page, 'Save to the file');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.headline')?.textContent.includes('is saved'));
  await from_the_top(page);
  await tab_to_button(page, 'Plan this change');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/plan\?id=p1/);
  await page.waitForSelector('.figures');
  assert.match(await page.textContent('.figures'), /214touchpoints change/);

  await from_the_top(page);
  await tab_to_button(page, 'Apply…');
  await page.keyboard.press('Enter');
  await focus_is_on(page, 'Apply it to everything');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.body.textContent.includes('have changed the store since'));
  await from_the_top(page);
  await tab_to_button(page, 'Apply it all the same');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/replay/);
  await page.waitForSelector('progress');
  await page.waitForSelector('progress', {state: 'detached'});
  assert.deepEqual(complaints, []);
  await close();
});

test('stored records are tried and replayed by the keyboard alone', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/replay`);
  await page.waitForSelector('.arrivals button');
  await tab_to(page, 'input[type=datetime-local]');
  await page.keyboard.type('01012026');
  await page.keyboard.press('Tab');
  await page.keyboard.type('0800AM');
  await from_the_top(page);
  await tab_to_button(page, 'Dry run');
  await page.keyboard.press('Enter');
  await page.waitForSelector('section .figures');
  assert.match(await page.textContent('section .figures'), /214touchpoints change/);
  await from_the_top(page);
  await tab_to(page, '.fields-row input[type=text]');
  await page.keyboard.type('slow');
  await tab_to_button(page, 'Replay…');
  await page.keyboard.press('Enter');
  await focus_is_on(page, 'Replay these records');
  await page.keyboard.press('Enter');
  await page.waitForSelector('progress');
  await page.waitForFunction(() => /a second, .* left/.test(document.querySelector('.progress')?.textContent ?? ''));
  await from_the_top(page);
  await tab_to_button(page, 'Stop');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.body.textContent.includes('cancelled'));
  assert.deepEqual(complaints, []);
  await close();
});

test('dead letters are tried again and dropped by the keyboard alone', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/dead-letters`);
  await page.waitForSelector('.cause');
  await tab_to_button(page, 'Retry all of them');
  await page.keyboard.press('Enter');
  await focus_is_on(page, 'Try 7 records again');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.cause').length === 1);
  await focus_is_on(page, 'Dead letters');
  await tab_to_button(page, 'Drop…');
  await page.keyboard.press('Enter');
  await focus_is_on(page, 'Drop 1 record');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.blank');
  await tab_to_button(page, 'Bring back');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.cause');
  assert.deepEqual(complaints, []);
  await close();
});

test('users are added, given a role, kept out and let in by the keyboard alone, and all of it is on record', async () => {
  const base = await serve('--accounts');
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/users`);
  await page.waitForSelector('#account');
  await page.keyboard.type('ana');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a long pass phrase');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.user');
  await tab_to(page, '.add-user summary');
  await page.keyboard.press('Enter');
  await tab_to(page, '#add-account');
  await page.keyboard.type('Tom');
  await tab_to(page, '#add-role');
  await page.keyboard.type('Lead');
  await tab_to(page, '#add-password');
  await page.keyboard.type('a long pass phrase');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /tom.*Lead/s.test([...document.querySelectorAll('.user')].at(-1)?.textContent ?? ''));
  await from_the_top(page);
  await tab_to(page, '.user:nth-child(2) summary');
  await page.keyboard.press('Enter');
  await tab_to(page, '#role-ben');
  await page.keyboard.type('Integ');
  await tab_to_button(page, 'Change the role');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /Integrator/.test(document.querySelector('.user:nth-child(2) h2')?.textContent ?? ''));
  await tab_to_button(page, 'Disable…');
  await page.keyboard.press('Enter');
  await focus_is_on(page, 'Keep ben out from now on');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /disabled/.test(document.querySelector('.user:nth-child(2) h2')?.textContent ?? ''));
  await from_the_top(page);
  await tab_to(page, '.console-tools a[href="/audit"]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /disabled a user.*changed a role.*added a user/s.test(document.querySelector('tbody')?.textContent ?? ''));
  await tab_to_button(page, 'Show more');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.body.textContent.includes('That is all there is.'));
  assert.deepEqual(complaints, []);
  await close();
});
