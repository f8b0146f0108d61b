// The built program for tests in Node: TOUCHLINE_PROGRAM says where it lies. What was started ends with the test.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const program = process.env.TOUCHLINE_PROGRAM;
const folders = [];
const running = new Set();

export function make_folder() {
  const folder = mkdtempSync(join(tmpdir(), 'touchline-e2e-'));
  folders.push(folder);
  return folder;
}

/** Runs a command to its end; `input` is what it reads. */
export function run(folder, args, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd: folder, stdio: ['pipe', 'pipe', 'pipe']});
    let output = '';
    child.stdout.on('data', piece => (output += piece));
    child.stderr.on('data', piece => (output += piece));
    child.stdin.end(input);
    child.once('exit', code => (code === 0 ? resolve(output) : reject(new Error(`touchline ${args.join(' ')}: ${code}\n${output}`))));
  });
}

/** The daemon, once it is ready. */
export function serve(folder, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['serve', ...args], {cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...env}});
    running.add(child);
    let output = '';
    const read = piece => {
      output += piece;
      const url = /^ready: (\S+)/m.exec(output)?.[1];
      if (url) resolve({url, signal: name => child.kill(name), stop: () => new Promise(stopped => (child.once('exit', stopped), child.kill('SIGTERM')))});
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code => (running.delete(child), reject(new Error(`the daemon ended with ${code}\n${output}`))));
  });
}

export function end_all() {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
}
