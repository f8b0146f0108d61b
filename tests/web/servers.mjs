// Mock servers, each on a port of its own.
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
