// Opens Chromium, and one page with everything it complains about.
import {require, chromium_path} from './paths.mjs';
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';

const {chromium} = require('playwright-core');
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () =>
  chromium.launch({executablePath: chromium_path, args: process.getuid?.() === 0 ? ['--no-sandbox'] : []});

export const k_wide = {width: 1280, height: 800};
export const k_phone = {width: 390, height: 844};

/** `complaints` collects errors of the page and of its Content-Security-Policy; failed requests are the tests' own doing. */
export async function open_page(browser, {viewport = k_wide, colorScheme = 'light', locale = 'en-GB'} = {}) {
  const context = await browser.newContext({viewport, colorScheme, locale, timezoneId: 'Europe/Brussels', reducedMotion: 'reduce'});
  // On a busy machine a page takes its time; what never comes is found all the same.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  return {page, complaints, close: () => context.close()};
}

/** What axe finds against WCAG 2.2 AA and its best practices, in words. */
export async function violations(page) {
  await page.evaluate(axe_source);
  const {violations: found} = await page.evaluate(() =>
    window.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
  return found.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target, failureSummary}) => `${target} ${failureSummary}`).join(' | ')}`);
}

export const row = index => `article[data-row="${index}"]:not([aria-busy])`;
export const first_row_shown = page => page.waitForSelector(row(0));

const pictures = process.env.TOUCHLINE_PICTURES;
if (pictures) mkdirSync(pictures, {recursive: true});
/** A picture of a state, to be looked at: into the folder that TOUCHLINE_PICTURES names. */
export const take = (page, name) => (pictures ? page.screenshot({path: `${pictures}/${name}.png`}) : undefined);

/** Accessible, and nothing sticks out. */
export async function sound(page, name) {
  await take(page, name);
  assert.deepEqual(await violations(page), [], name);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${name}: nothing sticks out`);
}
