// Every page in every language, in Chromium against the mock server.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {test} from 'node:test';
import {k_phone, k_wide, row, sound} from './browser.mjs';
import {tests_folder} from './paths.mjs';
import {serve} from './servers.mjs';
import {enter} from './stage.mjs';

/** Words and places are the same in every colour. */
const screens = [{viewport: k_wide, colorScheme: 'light'}, {viewport: k_phone, colorScheme: 'dark'}];

const {translated} = JSON.parse(execFileSync(process.execPath, ['words.mjs', '--list'], {cwd: tests_folder, maxBuffer: 1 << 24}));
/** A department of the sample company has the name of a filter. */
const k_names = ['Billing'];
/** What the app says in English still, on screen or to a screen reader, though the language has words of its own for it. */
async function english_left(page, language) {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap(each => ['aria-label', 'title', 'placeholder'].map(name => each.getAttribute(name) ?? ''));
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('pre, textarea, code, bdi, script, style, option')) found.push(walker.currentNode.data);
    return found.map(text => text.trim());
  });
  return texts.filter(text => /\p{L}{2}/u.test(text) && text in translated[language] && !k_names.includes(text) && translated[language][text] !== text);
}

for (const [locale, direction] of [['ar-LB', 'rtl'], ['fr-BE', 'ltr']]) {
  for (const {viewport, colorScheme} of screens) {
    test(`everything is said in ${locale}, at ${viewport.width} in ${colorScheme}`, async () => {
      const base = await serve();
      const {page, complaints, close} = await enter({viewport, colorScheme, locale});
      const visit = async (name, path, ready, act) => {
        await page.goto(base + path);
        await page.waitForSelector(ready);
        await act?.();
        await sound(page, `${locale}-${name}-${viewport.width}-${colorScheme}`);
        assert.deepEqual(await english_left(page, locale.slice(0, 2)), [], `${name}: nothing is left in English`);
      };
      await visit('start', '/', '.sources li');
      assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [locale.slice(0, 2), direction]);
      await visit('customer', '/c/cu_amira', row(0), async () => {
        await page.waitForSelector('.strip svg');
        await page.click(`${row(0)} .title button`);
        await page.waitForSelector('.details');
      });
      if (viewport === k_wide) {
        const [rail, main] = await Promise.all([page.locator('.rail').boundingBox(), page.locator('#main').boundingBox()]);
        assert.equal(rail.x > main.x, direction === 'rtl', 'the rail is where reading begins');
        for (const tile of await page.locator('.answers dl > div').all()) {
          const box = await tile.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height);
        }
      }
      await visit('nothing', '/c/cu_ana?find=zeppelin', '.blank');
      await visit('review', '/review', '.cause');
      await visit('dead-letters', '/dead-letters', '.cause');
      await visit('connections', '/connections', '.console tbody tr');
      await visit('connection', '/connections/warehouse', '.changed');
      await visit('dropped', '/dead-letters', '.cause', async () => {
        for (const button of ['.cause:first-of-type .action-row .button >> nth=-1', '.asks .button.primary']) await page.click(button);
        await page.waitForSelector('.dropped li');
      });
      await visit('users', '/users', '.user', async () => {
        await page.click('.add-user summary');
        await page.locator('.user summary').nth(1).click();
      });
      await visit('record', '/audit', '.console tbody tr');
      await visit('destinations', '/destinations', '.cause');
      await visit('mappings', '/mappings', 'tbody tr');
      await visit('studio', '/mappings/helpdesk/tickets?sample=record:41', '.as-shown');
      for (const code of ['.raw', '.editor textarea']) assert.equal(await page.locator(code).evaluate(each => getComputedStyle(each).direction), 'ltr', 'code is written from left to right');
      await visit('saving', '/mappings/helpdesk/tickets?sample=record:41', '.as-shown', async () => {
        await page.fill('.editor textarea', 'emit: touchpoint\nset:\n  kind: case.closed\n');
        await page.waitForSelector('.button.primary[aria-disabled=false]');
        await page.click('.button.primary[aria-disabled=false]');
        await page.waitForSelector('dialog[open] .diff');
      });
      await visit('plan', '/plan', '.action-row', async () => {
        await page.click('.button.primary');
        await page.waitForSelector('.figures');
      });
      await visit('replay', '/replay', '.causes .cause');
      await visit('tap', '/tap', '.tap tbody tr');
      await visit('keys', '/c/cu_ana', row(0), async () => {
        await page.keyboard.press('?');
        await page.waitForSelector('dialog[open]');
      });
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}
