// The walk every release must survive, against the mock or a real daemon: search, read, keyboard, filter.
import assert from 'node:assert/strict';
import {first_row_shown, row, violations} from './browser.mjs';

const number_in = text => Number(text.replace(/\D/g, ''));
const total_shown = page => page.locator('.filters .total').textContent().then(number_in);

/** Who this is, last contact, mood, what is open and who owns it: each in words that say what the daemon knows, and in view untouched. */
export async function five_answers(page, summary) {
  await page.waitForFunction(() => document.querySelector('.answers h1') && !document.querySelector('.answers .bar'));
  const {width, height} = page.viewportSize();
  const answers = await page.locator('.answers h1, .answers dl > div').evaluateAll(all => all.map(each => {
    const {x, y, width: across, height: down} = each.getBoundingClientRect();
    return {label: each.querySelector('dt')?.textContent ?? 'Who', said: (each.querySelector('b') ?? each).textContent.trim(), evidence: each.querySelector('span')?.textContent.trim() ?? '', x, y, right: x + across, bottom: y + down};
  }));
  assert.deepEqual(answers.map(({label}) => label.replace(', estimated', '')), ['Who', 'Last contact', 'Mood', 'Open now', 'Owner']);
  for (const {label, said, x, y, right, bottom} of answers) {
    assert.ok(x >= 0 && y >= 0 && right <= width && bottom <= height, `${label} is seen without scrolling`);
    assert.ok(said, `${label} is answered`);
  }
  const [who, last, mood, open, owner] = answers;
  assert.equal(who.said, summary.name);
  assert.equal(last.said === 'None yet', !summary.last_contact);
  assert.equal(mood.said === 'Not measured', !summary.mood);
  if (summary.mood) assert.equal(mood.said.toLowerCase(), summary.mood.tone);
  assert.ok(open.said.startsWith(summary.open.length ? `${summary.open.length} open in ` : 'Nothing open'), open.said);
  const unowned = summary.open.filter(({employee}) => !employee).length;
  if (unowned) assert.ok(open.evidence.includes(`${unowned} without an owner`), open.evidence);
  assert.equal(owner.said === 'Nobody', !summary.owner);
  if (summary.owner?.of) assert.ok(owner.evidence.includes(summary.owner.of), owner.evidence);
}

export const read = (base, token, path) => fetch(`${base}/api/v1${path}`, {headers: token ? {Authorization: `Bearer ${token}`} : {}}).then(answer => answer.json());
export const summary_of = (base, token, id) => read(base, token, `/customers/${encodeURIComponent(id)}/summary`);

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

  const id = decodeURIComponent(new URL(page.url()).pathname.split('/')[2]);
  await five_answers(page, await summary_of(base, token, id));
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
