// Usage: node e2e.mjs BASE_URL TOKEN EMAIL
// The walk against a running daemon that knows the e-mail address; TOKEN may be empty.
import assert from 'node:assert/strict';
import {k_phone, k_wide, launch, open_page} from './browser.mjs';
import {walk} from './walk.mjs';

const [base, token, email] = process.argv.slice(2);
if (!base || !email) {
  console.error('usage: node e2e.mjs BASE_URL TOKEN EMAIL');
  process.exit(2);
}
const browser = await launch();
try {
  for (const viewport of [k_wide, k_phone]) {
    const {page, complaints, close} = await open_page(browser, {viewport});
    const {total} = await walk(page, {base: base.replace(/\/$/, ''), token, email});
    assert.deepEqual(complaints, []);
    console.log(`${viewport.width}x${viewport.height}: ${total} touchpoints of ${email} shown`);
    await close();
  }
} finally {
  await browser.close();
}
