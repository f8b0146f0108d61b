// What a role may do, as the API's description says it: the mock allows, and tells the page, what the daemon would.
import {readFileSync} from 'node:fs';

const {paths} = JSON.parse(readFileSync(new URL('../../core/api/openapi.json', import.meta.url), 'utf8'));
/** Those who run the installation, where the description names nobody. */
const k_operators = ['integrator', 'admin'];

export function abilities_of(role) {
  const allowed = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([, {security, 'x-roles': roles = k_operators}]) => security?.length !== 0 && roles.includes(role))
    .map(([method]) => ({method: method.toUpperCase(), pattern: path.replace(/\{\w+\}/g, '{}')})));
  const list = allowed.map(({method, pattern}) => `${method} ${pattern}`);
  const expressions = allowed.map(({method, pattern}) => ({method, path: new RegExp(`^${pattern.replaceAll('{}', '[^/]+')}$`)}));
  return {list, allows: (method, path) => expressions.some(each => each.method === method && each.path.test(`/api/v1${path}`))};
}
