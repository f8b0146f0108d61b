// Usage: node e2e.mjs BASE_URL TOKEN EMAIL
// The walk against a running daemon that knows the e-mail address, and the five answers of other customers; TOKEN may be empty.
import assert from 'node:assert/strict';
import {k_phone, k_wide, launch, open_page} from './browser.mjs';
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
try {
  for (const viewport of [k_wide, k_phone]) {
    const {page, complaints, close} = await open_page(browser, {viewport});
    const {total} = await walk(page, {base: daemon, token, email});
    console.log(`${viewport.width}x${viewport.height}: ${total} touchpoints of ${email} shown`);
    for (const id of others) {
      await page.goto(`${daemon}/c/${encodeURIComponent(id)}`);
      await five_answers(page, await summary_of(daemon, token, id));
    }
    console.log(`${viewport.width}x${viewport.height}: five answers at once for ${others.length} other customers`);
    assert.deepEqual(complaints, []);
    await close();
  }
} finally {
  await browser.close();
}
