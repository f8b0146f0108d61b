// Bundles the unit tests as the app is bundled and runs them with Node's own runner.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {require, tests_folder, web_folder} from './paths.mjs';

const {build} = require('esbuild');
const {bundle_options} = await import(`${web_folder}tools/bundle.mjs`);
const output = mkdtempSync(join(tmpdir(), 'touchline-web-unit-'));
try {
  const folder = join(tests_folder, 'unit');
  const names = readdirSync(folder).filter(name => name.endsWith('.test.mjs'));
  await build({...bundle_options, entryPoints: names.map(name => join(folder, name)), outdir: output, outExtension: {'.js': '.mjs'}, platform: 'node', target: 'node18'});
  const run = spawnSync(process.execPath, ['--test', ...names.map(name => join(output, name))], {stdio: 'inherit', env: {...process.env, TZ: 'Europe/Brussels'}});
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(output, {recursive: true});
}
