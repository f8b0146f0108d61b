// Where things lie: the web app's sources with their packages, and (from the environment) its build.
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const tests_folder = fileURLToPath(new URL('.', import.meta.url));
export const web_folder = fileURLToPath(new URL('../../web/', import.meta.url));
/** The packages are installed beside the app, not beside its tests. */
export const require = createRequire(join(web_folder, 'package.json'));
export const build_folder = process.env.TOUCHLINE_WEB_BUILD ?? fileURLToPath(new URL('../../build/web/', import.meta.url));
export const chromium_path = process.env.TOUCHLINE_CHROMIUM ?? '/usr/bin/chromium';
