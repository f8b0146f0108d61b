// Texts that nobody wants to meet, in every field of every page, in Chromium against the mock server: they are shown as text.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {first_row_shown, k_phone, k_wide, row, take, violations} from './browser.mjs';
import {serve} from './servers.mjs';
import {enter} from './stage.mjs';

/** The row has the focus, and is on screen with its beginning. */
const has_focus = (page, at) => page.waitForFunction(wanted => {
  const {top} = document.activeElement.getBoundingClientRect();
  return document.activeElement.dataset.row === String(wanted) && top >= 0 && top < innerHeight;
}, at);

/** Nothing ran, nothing became an element, nothing sticks out, and assistive technology can read it. */
async function harmless(page, name) {
  await take(page, `hostile-${name}`);
  const found = await page.evaluate(() => ({
    ran: window.hacked, elements: document.querySelectorAll('main img, main script, dialog img, dialog script, a[href^="javascript" i]').length,
    overflow: document.documentElement.scrollWidth - innerWidth,
  }));
  assert.deepEqual(found, {ran: undefined, elements: 0, overflow: Math.min(0, found.overflow)}, name);
  assert.deepEqual(await violations(page), [], name);
}

for (const viewport of [k_wide, k_phone]) {
  test(`every page shows hostile texts as texts, at ${viewport.width}`, async () => {
    const base = await serve('--hostile');
    const {page, complaints, close} = await enter({viewport});
    const visit = async (name, path, ready, act) => {
      await page.goto(base + path);
      await page.waitForSelector(ready);
      await act?.();
      await harmless(page, `${name}-${viewport.width}`);
    };
    await visit('start', '/', '.sources li');
    await visit('suggestions', '/', '#search', async () => {
      await page.fill('#search', 'ana');
      await page.waitForSelector('[role=option]');
    });
    await visit('customer', '/c/cu_ana', row(0));
    await visit('joining', '/c/cu_ana', row(0), async () => {
      if (viewport === k_phone) await page.getByRole('button', {name: 'About', exact: true}).click();
      await page.getByRole('button', {name: 'Join with another'}).click();
      await page.fill('#picker-text', 'amira');
      await page.click('.picker li button');
      await page.waitForSelector('.shape');
    });
    await visit('side-panel', '/c/cu_ana?panel=1', row(0));
    await visit('review', '/review', '.cause', async () => {
      await page.getByRole('button', {name: 'What would become of it?'}).first().click();
      await page.waitForFunction(() => document.querySelector('.cause')?.textContent.includes('Together they would have'));
    });
    await visit('connections', '/connections', '.console tbody tr');
    await visit('connection', '/connections', '.console tbody tr', async () => {
      await page.locator('tbody a.link').first().click();
      await page.waitForSelector('.facts-list');
      await page.waitForSelector('.changed');
    });
    await visit('dead-letters', '/dead-letters', '.cause', () => page.locator('.cause summary').first().click());
    await visit('dropped', '/dead-letters', '.cause', async () => {
      await page.getByRole('button', {name: 'Drop…'}).first().click();
      await page.getByRole('button', {name: /^Drop \d+ record/}).click();
      await page.waitForSelector('.dropped li');
    });
    await visit('users', '/users', '.user', () => page.locator('.user summary').first().click());
    await visit('record', '/audit', '.console tbody tr');
    await visit('destinations', '/destinations', '.cause');
    await visit('mappings', '/mappings', 'tbody tr');
    await visit('studio', '/mappings/helpdesk/tickets?sample=record:41', '.as-shown', async () => {
      await page.fill('.editor textarea', 'emit: touchpoint\nset:\n  kind: case.closed\n');
      await page.getByRole('button', {name: 'Save…'}).click();
      await page.waitForSelector('dialog[open] .diff');
    });
    await visit('studio-fault', '/mappings/helpdesk/tickets?sample=letter:1', '.samples li', async () => {
      await page.waitForSelector('.faults li');
    });
    await visit('plan', '/plan', '.action-row', async () => {
      await page.getByRole('button', {name: 'Plan what the files say'}).click();
      await page.waitForSelector('.figures');
      await page.locator('.cause summary').first().click();
    });
    await visit('replay', '/replay', '.causes .cause');
    await visit('tap', '/tap', '.tap tbody tr');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('content that wants to be code stays text, in every field', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/c/cu_mallory`);
  await first_row_shown(page);
  await page.click(`${row(0)} .title button`);
  await page.waitForSelector(`${row(0)} .details`);
  await page.click('.why summary');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  assert.ok((await page.locator('h1').textContent()).includes('<script>'), 'it is shown as it is');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  assert.deepEqual(complaints, []);
  await close();
});

for (const viewport of [k_wide, k_phone]) {
  test(`a megabyte, an endless word and fighting directions break nothing, at ${viewport.width}`, async () => {
    const base = await serve();
    const {page, complaints, close} = await enter({viewport});
    await page.goto(`${base}/c/cu_mallory`);
    await first_row_shown(page);
    const rows = Number(await page.getAttribute('article', 'aria-setsize'));
    for (let at = 0; at < rows; at += 1) {
      await page.keyboard.press('j');
      await has_focus(page, at);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`${row(at)} .details`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`${row(at)} .details`, {state: 'detached'});
      await has_focus(page, at);
    }
    await page.click(`${row(rows - 1)} .title button`);
    await page.waitForSelector(`${row(rows - 1)} .details`);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await take(page, `hostile-${viewport.width}`);
    assert.deepEqual(complaints, []);
    await close();
  });
}

for (const viewport of [k_wide, k_phone]) {
  test(`who closes a very long row from its depths stands at its beginning, at ${viewport.width}`, async () => {
    const base = await serve();
    const {page, close} = await enter({viewport});
    await page.goto(`${base}/c/cu_mallory`);
    await first_row_shown(page);
    for (let at = 0; at <= 2; at += 1) await page.keyboard.press('j');
    await has_focus(page, 2);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('article[data-row="2"]').getBoundingClientRect().height > 20_000);
    await page.evaluate(() => {
      const box = document.querySelector('[data-scroll]');
      if (box.scrollHeight > box.clientHeight) box.scrollTop = 15_000;
      else scrollTo(0, 15_000);
    });
    await page.waitForFunction(() => document.querySelector('article[data-row="2"]').getBoundingClientRect().top < -10_000);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${row(2)} .details`, {state: 'detached'});
    await has_focus(page, 2);
    await page.keyboard.press('j');
    await has_focus(page, 3);
    await close();
  });
}
