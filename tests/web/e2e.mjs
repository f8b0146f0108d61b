// Usage: node e2e.mjs BASE_URL TOKEN EMAIL
// The walk against a running daemon that knows the e-mail address, and the five answers of other customers; TOKEN may be empty.
import assert from 'node:assert/strict';
import {first_row_shown, k_phone, k_wide, launch, open_page, take} from './browser.mjs';
import {five_answers, read, summary_of, walk} from './walk.mjs';

const [base, token, email] = process.argv.slice(2);
if (!base || !email) {
  console.error('usage: node e2e.mjs BASE_URL TOKEN EMAIL');
  process.exit(2);
}
const daemon = base.replace(/\/$/, '');
const found = await Promise.all(['ana', 'mar', 'jan', 'lou', 'tom'].map(text => read(daemon, token, `/lookup?q=${text}&limit=3`)));
const others = [...new Set(found.flatMap(({matches}) => matches.map(({customer}) => customer)))].slice(0, 8);
assert.ok(others.length >= 3, 'the company has customers with common names');
const browser = await launch();

/** The five answers at once, whoever it is. */
async function other_customers({viewport, colorScheme}) {
  const {page, complaints, close} = await open_page(browser, {viewport, colorScheme});
  if (token) await page.goto(`${daemon}/#token=${encodeURIComponent(token)}`);
  for (const [at, id] of others.entries()) {
    await page.goto(`${daemon}/c/${encodeURIComponent(id)}`);
    await five_answers(page, await summary_of(daemon, token, id));
    await first_row_shown(page);
    await take(page, `five-answers-${at}-${viewport.width}-${colorScheme}`);
  }
  console.log(`${viewport.width}x${viewport.height} in ${colorScheme}: five answers at once for ${others.length} other customers`);
  assert.deepEqual(complaints, []);
  await close();
}

try {
  for (const viewport of [k_wide, k_phone]) {
    const {page, complaints, close} = await open_page(browser, {viewport});
    const {total} = await walk(page, {base: daemon, token, email});
    console.log(`${viewport.width}x${viewport.height}: ${total} touchpoints of ${email} shown`);
    assert.deepEqual(complaints, []);
    await close();
    for (const colorScheme of ['light', 'dark']) await other_customers({viewport, colorScheme});
  }
} finally {
  await browser.close();
}
