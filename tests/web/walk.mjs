// The walk every release must survive, against the mock or a real daemon: search, read, keyboard, filter.
import assert from 'node:assert/strict';
import {first_row_shown, row, violations} from './browser.mjs';

const number_in = text => Number(text.replace(/\D/g, ''));
const total_shown = page => page.locator('.filters .total').textContent().then(number_in);

export async function walk(page, {base, token, email}) {
  await page.goto(base + (token ? `/#token=${encodeURIComponent(token)}` : '/'));
  await page.waitForSelector('#search');
  assert.equal(new URL(page.url()).hash, '', 'the token must not stay in the address');

  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  await page.keyboard.type(email);
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/c\/.+/);
  await first_row_shown(page);

  assert.ok((await page.locator('h1').textContent()).trim(), 'the customer has a name');
  const {width, height} = page.viewportSize();
  const tiles = page.locator('.answers dl > div');
  assert.equal(await tiles.count(), 4);
  for (const tile of await tiles.all()) {
    const box = await tile.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height, 'the answers are seen without scrolling');
  }
  const total = await total_shown(page);
  assert.ok(total > 0);
  const feed = page.locator('[role=feed]');
  const rows = Number(await feed.locator('article').first().getAttribute('aria-setsize'));
  assert.ok(rows > 0 && rows <= total, 'a burst of passing touchpoints is one row');

  await page.keyboard.press('j');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-posinset') === '1');
  if (total > 1) {
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-posinset') === '2');
    await page.keyboard.press('k');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-posinset') === '1');
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${row(0)} .details`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${row(0)} .details`, {state: 'detached'});

  const departments = page.locator('.departments .chip');
  if (await departments.count()) {
    const expected = number_in(await departments.first().locator('small').textContent());
    await departments.first().click();
    await page.waitForURL(/department=/);
    await page.waitForFunction(wanted => document.querySelector('.filters .total')?.textContent.replace(/\D/g, '') === String(wanted), expected);
    await departments.first().click();
    await page.waitForFunction(wanted => document.querySelector('.filters .total')?.textContent.replace(/\D/g, '') === String(wanted), total);
  }
  await page.getByRole('button', {name: 'Conversations'}).click();
  await page.waitForURL(/show=talk/);
  await page.waitForFunction(() => document.querySelector('.feed article:not([aria-busy])') || document.querySelector('.blank'));
  await page.getByRole('button', {name: 'All', exact: true}).click();
  await first_row_shown(page);
  assert.deepEqual(await violations(page), []);
  return {total};
}
