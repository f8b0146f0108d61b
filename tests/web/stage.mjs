// What tests in a browser begin with: one Chromium for all of a file's tests, and mock servers that end with them.
import {after, before} from 'node:test';
import {launch, open_page} from './browser.mjs';
import {end_servers} from './servers.mjs';

let chromium;
before(async () => {
  chromium = await launch();
});
after(async () => {
  await chromium?.close();
  end_servers();
});

/** A page of its own, as a newcomer opens it; see open_page(). */
export const enter = how => open_page(chromium, how);
