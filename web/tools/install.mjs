// Usage: node tools/install.mjs STAMP_FILE
// Installs exactly what package-lock.json says, unless that is what is installed. Builds in several folders may ask at the
// same time, so they take turns.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {web_folder} from './bundle.mjs';

const lock_hash = createHash('sha256').update(readFileSync(join(web_folder, 'package-lock.json'))).digest('hex');
const record = join(web_folder, 'node_modules', '.touchline-installed');
const turn = join(web_folder, '.installing');

function is_installed() {
  try {
    return readFileSync(record, 'utf8') === lock_hash;
  } catch {
    return false;
  }
}

async function take_turn() {
  for (let waited = 0; waited < 600; waited += 1) {
    try {
      mkdirSync(turn);
      return;
    } catch {
      await pause(500);
    }
  }
  throw new Error(`another build has held ${turn} for five minutes; remove it if none runs`);
}

if (!is_installed()) {
  await take_turn();
  try {
    if (!is_installed()) {
      const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: web_folder, stdio: ['ignore', 'ignore', 'inherit']});
      if (npm.status !== 0) process.exitCode = 1;
      else writeFileSync(record, lock_hash);
    }
  } finally {
    rmdirSync(turn);
  }
}
if (!process.exitCode) writeFileSync(process.argv[2], lock_hash);
