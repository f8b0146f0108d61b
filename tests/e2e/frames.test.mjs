// A customer beside another system's page: the daemon's panel is shown in frames of the sites that the configuration names,
// and in nobody else's.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {first_row_shown, launch, open_page} from '../web/browser.mjs';
import {end_all, make_folder, run, serve} from './program.mjs';

let browser;
let folder;
let email;
let text;
const sites = [];

before(async () => {
  browser = await launch();
  folder = make_folder();
  await run(folder, ['demo', '--dir', 'demo', '--customers', '40', '--records', '800', '--prepare-only']);
  email = readFileSync(join(folder, 'demo/look-at-first.txt'), 'utf8').trim();
  text = readFileSync(join(folder, 'demo/touchline.yaml'), 'utf8');
});
after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
  end_all();
});

/** A helpdesk: a page of its own origin, with the panel of the customer in a frame. */
function helpdesk(panel) {
  const site = createServer((request, response) => response.writeHead(200, {'Content-Type': 'text/html'}).end(`<!doctype html><title>Helpdesk</title><h1>Ticket 48211</h1><iframe title="Customer" width="360" height="700" src="${panel()}"></iframe>`));
  sites.push(site);
  return new Promise(resolve => site.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${site.address().port}`)));
}

function started(configuration) {
  writeFileSync(join(folder, 'demo/touchline.yaml'), configuration);
  return serve(folder, ['-c', 'demo/touchline.yaml', '--dev', '--listen', '127.0.0.1:0']);
}
const naming = site => `${text.replace(/^server:.*\n(?: .*\n)*/m, '')}\nserver:\n  frames: ["${site}"]\n`;

test('the panel is shown in a frame of a site that the configuration names, and of no other', async t => {
  let daemon;
  const panel = () => `${daemon.url}/c?email=${encodeURIComponent(email)}&panel=1`;
  const [named, stranger] = [await helpdesk(panel), await helpdesk(panel)];
  daemon = await started(naming(named));
  t.after(() => daemon.stop());

  const {page, complaints, close} = await open_page(browser);
  await page.goto(named);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await first_row_shown(frame);
  assert.equal(new URL(frame.url()).origin, daemon.url.replace(/\/$/, ''));
  assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it fits into 360 pixels');
  assert.deepEqual(complaints, []);

  await page.goto(stranger);
  const refused = await (await page.waitForSelector('iframe')).contentFrame();
  await refused.waitForURL(url => url.protocol === 'chrome-error:');
  assert.ok(complaints.some(said => /frame-ancestors/.test(said)), complaints.join('\n'));
  await close();
});

test('where the configuration names nobody, no page of another site has the panel in a frame', async t => {
  const daemon = await started(text);
  t.after(() => daemon.stop());
  const site = await helpdesk(() => `${daemon.url}/c?email=${encodeURIComponent(email)}&panel=1`);
  const {page, complaints, close} = await open_page(browser);
  await page.goto(site);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForURL(url => url.protocol === 'chrome-error:');
  assert.ok(complaints.some(said => /frame-ancestors/.test(said)));
  await close();
});
