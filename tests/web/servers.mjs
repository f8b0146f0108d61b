// Mock servers for the tests in a browser; all end with the test.
import {spawn} from 'node:child_process';
import {build_folder, web_folder} from './paths.mjs';

/** The tests end what they began. */
export const servers = [];

export function serve(...more) {
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [`${web_folder}dev/mock.mjs`, '--assets', build_folder, ...more], {stdio: ['ignore', 'pipe', 'inherit']});
    servers.push(server);
    server.once('exit', code => reject(new Error(`the mock server ended with ${code}`)));
    server.stdout.once('data', line => resolve(String(line).trim()));
  });
}

/** A server that can go away and come back at the same address. */
export async function restartable() {
  const base = await serve();
  const {port} = new URL(base);
  return {
    base,
    stop: () => new Promise(resolve => {
      const server = servers.pop();
      server.removeAllListeners('exit');
      server.once('exit', resolve);
      server.kill();
    }),
    start: () => serve('--port', port),
  };
}

export const ask = (base, path, method = 'POST') => fetch(base + path, {method}).then(response => response.json());

export function end_servers() {
  for (const server of servers) server.kill();
}
