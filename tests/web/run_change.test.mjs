// The integrator's pages that change something, in Chromium against the mock server. Their tasks by keyboard: keyboard.test.mjs.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {k_phone, k_wide, sound, take, violations} from './browser.mjs';
import {serve} from './servers.mjs';
import {enter} from './stage.mjs';

for (const viewport of [k_wide, k_phone]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every state of changing something is accessible at ${viewport.width} in ${colorScheme}`, async () => {
      const base = await serve();
      const {page, complaints, close} = await enter({viewport, colorScheme});
      const visit = async (state, path, ready, act) => {
        await page.goto(base + path);
        await page.waitForSelector(ready);
        await act?.();
        await sound(page, `${state.replaceAll(' ', '-')}-${viewport.width}-${colorScheme}`);
      };
      await visit('mappings', '/mappings', 'tbody tr');
      await visit('studio', '/mappings/helpdesk/tickets', '.cases li');
      await visit('studio with a result', '/mappings/helpdesk/tickets?sample=record:41', '.as-shown');
      await visit('studio with a fault', '/mappings/helpdesk/tickets', '.cases li', async () => {
        await page.fill('.editor textarea', 'emit: touchpoint\nset:\n  knd: case.opened\n');
        await page.waitForSelector('.gutter .bad');
      });
      await visit('studio saving', '/mappings/helpdesk/tickets?sample=record:41', '.as-shown', async () => {
        await page.fill('.editor textarea', 'emit: touchpoint\nset:\n  kind: case.closed\n');
        await page.waitForFunction(() => document.querySelector('.as-shown')?.textContent.includes('Case closed'));
        await page.getByRole('button', {name: 'Save…'}).click();
        await page.waitForSelector('dialog[open] .diff');
      });
      await visit('plans', '/plan', '.action-row');
      await page.getByRole('button', {name: 'Plan what the files say'}).click();
      await page.waitForSelector('progress');
      assert.deepEqual(await violations(page), [], 'a plan being made');
      await page.waitForSelector('.figures');
      await page.locator('.cause summary').first().click();
      await take(page, `plan-${viewport.width}-${colorScheme}`);
      assert.deepEqual(await violations(page), [], 'a plan');
      await visit('replay', '/replay', '.arrivals button');
      await visit('replay under way', '/replay', '.arrivals button', async () => {
        await page.getByRole('button', {name: 'Dry run'}).click();
        await page.waitForSelector('section .figures');
        await page.getByRole('button', {name: 'Replay…'}).click();
        await page.getByRole('button', {name: 'Replay these records'}).click();
        await page.waitForSelector('progress');
      });
      await visit('tap', '/tap', '.tap tbody tr');
      await visit('a connection that broke', '/connections/warehouse', '.changed');
      await visit('dead letters by cause', '/dead-letters', '.cause');
      await visit('destinations with lag', '/destinations', '.cause');
      await visit('no such stream', '/mappings/moon/rocks', '.bench');
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}

test('what was typed outlives a look at another page, and a file that changed meanwhile is not overwritten', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/mappings/helpdesk/tickets`);
  await page.waitForSelector('.cases li');
  const typed = 'emit: touchpoint\nset:\n  kind: case.closed\n';
  await page.fill('.editor textarea', typed);
  await page.click('.console-tools a[href="/tap"]');
  await page.waitForSelector('.tap tbody tr');
  await page.goBack();
  await page.waitForSelector('.editor textarea');
  assert.equal(await page.inputValue('.editor textarea'), typed);
  await fetch(`${base}/api/v1/connections/helpdesk/streams/tickets/mapping`, {method: 'POST', body: JSON.stringify({text: 'other: 1\n', etag: 'v1'})});
  await page.getByRole('button', {name: 'Save…'}).click();
  await page.waitForFunction(() => document.querySelector('.bench [role=status]')?.textContent.includes('changed by somebody else'));
  assert.equal(await page.inputValue('.editor textarea'), typed);
  assert.deepEqual(complaints, []);
  await close();
});

test('records show nothing of people until somebody asks for it', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await page.goto(`${base}/mappings/helpdesk/tickets?sample=record:41`);
  await page.waitForSelector('.as-shown');
  assert.ok(!(await page.textContent('.bench')).includes('amira@example.org'));
  await page.getByLabel('Show what they say of people').check();
  await page.waitForFunction(() => document.querySelector('.bench')?.textContent.includes('amira@example.org'));
  await close();
});

test('a fault leads to its place in the text', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await page.goto(`${base}/mappings/helpdesk/tickets`);
  await page.waitForSelector('.cases li');
  await page.fill('.editor textarea', 'emit: touchpoint\nset:\n  knd: case.opened\n');
  await page.waitForSelector('.gutter .bad');
  assert.match(await page.textContent('.faults'), /3:3 unknown key "knd".*did you mean "kind"\?/s);
  await page.getByRole('button', {name: '3:3'}).click();
  const chosen = await page.evaluate(() => {
    const {value, selectionStart, selectionEnd} = document.activeElement;
    return value.slice(selectionStart, selectionEnd);
  });
  assert.equal(chosen, 'knd');
  await close();
});

test('a bar of the volume sets the range, a second one with the shift key makes it longer', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await page.goto(`${base}/replay`);
  await page.waitForSelector('.arrivals button');
  const bars = page.locator('.arrivals button');
  await bars.nth(10).click();
  const one = await page.locator('.arrivals .on').count();
  await bars.nth(14).click({modifiers: ['Shift']});
  assert.equal(await page.locator('.arrivals .on').count(), one + 4);
  await close();
});

test('a connection says what changed before it broke', async () => {
  const base = await serve();
  const {page, close} = await enter();
  await page.goto(`${base}/connections/warehouse`);
  await page.waitForSelector('.changed');
  assert.match(await page.textContent('.console'), /The last good run was at .*After it changed mapping of parcels: parcels.yaml@1a → parcels.yaml@2b/);
  await close();
});

test('the tap shows what passes, by stage, and stands still when it is frozen', async () => {
  const base = await serve();
  const {page, complaints, close} = await enter();
  await page.goto(`${base}/tap`);
  await page.waitForSelector('.tap tbody tr');
  await page.getByRole('button', {name: 'mapped'}).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.tap tbody tr')].every(row => row.children[1].textContent === 'mapped'));
  await page.getByRole('button', {name: 'Freeze'}).click();
  const rows = await page.locator('.tap tbody tr').count();
  await page.waitForTimeout(1_500);
  assert.equal(await page.locator('.tap tbody tr').count(), rows);
  await page.getByRole('button', {name: 'all', exact: true}).click();
  await page.getByRole('button', {name: 'Copy as a test'}).first().click();
  await page.waitForSelector('.raw');
  assert.match(await page.textContent('.raw'), /- name: "tickets \d+"\n {4}in: \{.*\}\n {4}out: \[\{kind: "case.opened"\}\]/);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});
