// Usage: node dev/mock.mjs --assets BUILD_FOLDER [--port 4180] [--token TOKEN] [--accounts] [--role ROLE] [--hostile]
// The daemon's API over an invented company, for work on the web app and for its tests. Prints its address when it listens.
//   POST /dev/touchpoint?customer=ID   something new happens      POST /dev/fail?on=1|0   the timeline answers 503
//   POST /dev/expire   whoever signed in has to do so again       POST /dev/empty   no source has read anything yet
// With --hostile every text that comes from records is what nobody wants to meet.
// With --accounts people sign in: ana with the password "a long pass phrase". Agents do not see what is Billing's.
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {abilities_of} from './abilities.mjs';
import {access_api} from './access.mjs';
import {change_api} from './change.mjs';
import {company, touchpoint} from './company.mjs';
import {poisoned} from './hostile.mjs';
import {folded, journey_of} from './journey.mjs';

const {values: options} = parseArgs({options: {assets: {type: 'string'}, port: {type: 'string', default: '0'}, token: {type: 'string'}, accounts: {type: 'boolean'}, role: {type: 'string', default: 'admin'}, hostile: {type: 'boolean'}}});
const {policy, assets} = JSON.parse(readFileSync(join(options.assets, 'assets.json'), 'utf8'));
const world = company();
const listeners = new Set();
const may = abilities_of(options.role);
let position = 4211;
let failing = false;
let empty = false;
/** Secrets of sessions by what their cookie says. */
const sessions = new Map();
const find_person = id => world.people.find(person => person.id === id || person.aliases.includes(id));
const letters = text => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l');
const digits = text => text.replace(/\D/g, '').replace(/^0+/, '');

const written = body => (options.hostile ? poisoned(body) : body);
function problem(response, status, title, detail) {
  response.writeHead(status, {'Content-Type': 'application/problem+json'}).end(JSON.stringify({type: 'about:blank', title, ...written({detail}), status}));
}
function answer(response, body) {
  response.writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'}).end(JSON.stringify(written(body)));
}

function lookup(response, query) {
  const text = query.get('q') ?? '';
  const kind = text.includes('@') ? 'email' : /^[+\d][\d\s()/-]+$/.test(text) ? 'phone' : 'name';
  const matches = world.people.flatMap(person => {
    const {value: email} = person.customer.identities[0];
    const {value: phone} = person.customer.identities[1];
    const why = kind === 'phone' ? digits(phone).includes(digits(text)) && `phone ${phone}`
      : letters(person.name).split(' ').some((_, index, words) => words.slice(index).join(' ').startsWith(letters(text))) ? `name ${person.name}`
      : email.startsWith(letters(text)) && `email ${email}`;
    if (!why) return [];
    const identities = [`email:${email}`, `phone:${phone}`];
    return [{customer: person.id, name: person.name, why, identities, last_touch: person.items[0]?.occurred_at ?? null, touchpoints: person.items.length}];
  });
  answer(response, {query: {text, kind}, matches: matches.slice(0, Number(query.get('limit') ?? 10))});
}

/** As the daemon leaves a row that the reader's role may not read. */
const hidden = item => ({
  id: item.id, occurred_at: item.occurred_at, kind: 'hidden', title: 'Hidden', channel: 'unknown', direction: 'system', department: item.department, department_name: item.department_name,
  connection: '', subject: '', snippet: '', refs: [], experience: [], identity: '', internal: false, quiet: true, hidden: true,
});
const as_read = item => (options.role === 'agent' && item.department === 'billing' ? hidden(item) : item);

function timeline(response, person, query) {
  if (failing || person.id === 'cu_broken') return problem(response, 503, 'The store is busy', 'The store did not answer within 5 seconds');
  const kinds = (query.get('kind') ?? '').split(',').filter(Boolean);
  const text = letters(query.get('q') ?? '');
  const fits = item =>
    (!kinds.length || kinds.some(kind => item.kind === kind || item.kind.startsWith(`${kind}.`))) &&
    (!query.get('department') || item.department === query.get('department')) &&
    (!query.get('channel') || item.channel === query.get('channel')) &&
    (!query.get('ref') || item.refs.some(({id, label}) => id === query.get('ref') || label === query.get('ref'))) &&
    (!query.get('mood') || (item.mood && (query.get('mood') === 'low' ? item.mood.value <= -0.2 : item.mood.value >= 0.2))) &&
    (query.get('people') !== '1' || !item.quiet) &&
    (!query.get('before') || item.occurred_at < query.get('before')) && (!query.get('after') || item.occurred_at > query.get('after')) &&
    (!text || letters(`${item.title} ${item.subject ?? ''} ${item.snippet ?? ''}`).includes(text));
  const items = person.items.filter(fits);
  const rows = (query.get('fold') === '1' ? folded(items) : items).map(as_read);
  const around = Date.parse(query.get('around') ?? '');
  const at = rows.findIndex(({occurred_at, burst}) => Date.parse(burst?.from ?? occurred_at) <= around);
  const offset = around ? (at < 0 ? Math.max(0, rows.length - 1) : at) : Number(query.get('offset') ?? 0);
  const limit = Math.min(200, Number(query.get('limit') ?? 100));
  return answer(response, {customer: person.id, total: rows.length, touchpoints: items.length, offset, as_of: position, items: rows.slice(offset, offset + limit)});
}

function events(request, response) {
  response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store'});
  response.write(': connected\n\n');
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
}

async function body_of(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text || '{}');
}

async function notes(request, response, person, view) {
  person.pins ??= [];
  if (request.method === 'GET') return answer(response, {pins: person.pins});
  if (failing) return problem(response, 503, 'The store is busy', 'The store did not answer within 5 seconds');
  const {text, touchpoint: id, pinned, author = ''} = await body_of(request);
  const scene = {kind: 'note.added', title: 'Internal note', channel: 'internal', direction: 'internal', department: 'support', connection: 'touchline', subject: `Note by ${author || 'somebody'}`, snippet: text, internal: true};
  const item = view === 'notes' ? touchpoint(scene, Date.now(), 'email:x') : person.items.find(each => each.id === id);
  if (view === 'notes') person.items.unshift(item);
  person.pins = person.pins.filter(({touchpoint: each}) => each !== item.id);
  if (view === 'notes' || pinned) person.pins.unshift({touchpoint: item.id, title: text ?? item.subject ?? item.title, occurred_at: item.occurred_at, internal: item.internal, author, at: new Date().toISOString()});
  return answer(response, view === 'notes' ? {touchpoint: item.id} : {pins: person.pins});
}

async function decide(request, response, person, view, query) {
  const {with: other, identities} = await body_of(request);
  const shape = each => ({id: each.id, touchpoints: each.items.length, identities: each.customer.identities.map(({ns, value}) => `${ns}:${value}`)});
  const own = shape(person);
  const rest = {...own, touchpoints: Math.ceil(own.touchpoints / 2), identities: own.identities.filter(key => !identities?.includes(key))};
  const second = other ? shape(find_person(other)) : {id: 'cu_split', touchpoints: Math.floor(own.touchpoints / 2), identities: identities ?? []};
  const joined = other && {id: own.id, touchpoints: own.touchpoints + second.touchpoints, identities: [...own.identities, ...second.identities]};
  const dry_run = query.get('dry_run') === 'true';
  answer(response, {dry_run, before: other ? [own, second] : [own], after: other ? [joined] : [rest, second], conflicts: [], undo_token: dry_run ? null : 'undo_1'});
}

function happen(response, query) {
  const person = find_person(query.get('customer') ?? 'cu_amira');
  const item = touchpoint(world.scenes[Number(query.get('scene') ?? 0)], Date.now(), person.items[0]?.identity ?? 'email:new@example.org');
  person.items.unshift(item);
  position += 1;
  const data = JSON.stringify({customer: person.id, touchpoint: item.id});
  for (const listener of listeners) listener.write(`id: ${position}\nevent: touchpoint.recorded\ndata: ${data}\n\n`);
  answer(response, {id: item.id, listeners: listeners.size});
}

function connections(response) {
  if (empty) return answer(response, {connections: []});
  answer(response, {
    connections: world.sources.map(({connection, newest_record, ...rest}) => ({
      id: connection, plugin: connection, ...rest, lag_seconds: 60, records: 12_000, dead_letters: connection === 'warehouse' ? 3 : 0, error: null,
    })),
  });
}

const letter = (id, connection, message, more = {}) => ({
  id, connection, stream: 'orders', external_id: `H${50_000 + id}`, stage: 'map', code: 'bad_data', message, place: 'mappings/shop-orders.yaml:18:13',
  cure: 'Give the source a date in RFC 3339, or map it with parse_time.', attempts: 1, raw_bytes: 812, first_at: new Date(world.now - 9e6).toISOString(), last_at: new Date(world.now - id * 6e4).toISOString(), ...more,
});
let dead = [
  ...Array.from({length: 7}, (_, id) => letter(id + 1, 'shop', `occurred_at is "yesterday ${id}", which is no time`)),
  letter(20, 'warehouse-feed', 'HTTP 422 from https://warehouse.example/hook', {stage: 'deliver', code: 'rejected', place: '', stream: 'cu_amira', external_id: 'fe_2041', cure: 'Mend what the message names, then send the event again.'}),
];
const question = (id, a, b, bits, reason, state = 'open') => ({
  id, bits, reason, state, model: 'shipped@1', touchpoints: 49 * id, opened_at: new Date(world.now - id * 4e6).toISOString(), decided_at: null, author: '', note: '',
  a: {customer: a.id, name: a.name, identity: `email:${a.customer.identities[0].value}`}, b: {customer: b.id, name: b.name, identity: `email:${b.customer.identities[0].value}`},
});
const of_state = state => {
  const found = questions.filter(question => question.state === state);
  return {total: found.length, reviews: found};
};
const questions = [question(1, world.people[1], world.people[2], 6.4, 'Nearly the same name, the same postcode, no common address.'), question(2, world.people[0], world.people[3], 4.1, 'The same telephone number, different names.')];
const change = change_api({answer, problem, body_of, world, letters: () => dead, forget: ids => (dead = dead.filter(each => !ids.includes(each.id))), remember: more => (dead = [...more, ...dead])});
const access = access_api({answer, problem, body_of, world, account: () => (options.accounts ? 'ana' : '')});
const receivers = [
  {id: 'warehouse-feed', plugin: 'webhook-destination', state: 'disabled', reason: 'HTTP 410 from https://warehouse.example/hook', waiting: 1204, parked: 0, dead_letters: 1, next_attempt: null, behind_since: new Date(world.now - 7.2e6).toISOString()},
  {id: 'analytics', plugin: 'webhook-destination', state: 'current', reason: '', waiting: 0, parked: 0, dead_letters: 0, next_attempt: null},
];

async function judge(request, response, id, dry_run) {
  const {verdict, author} = await body_of(request);
  if (!dry_run) Object.assign(questions.find(each => each.id === id), {state: verdict, author});
  answer(response, {dry_run, before: [], after: [{id: 'cu_ana', touchpoints: 49, identities: ['email:a', 'email:b']}], conflicts: [], undo_token: dry_run ? null : 'undo_1'});
}

function operate(request, response, path, query) {
  if (failing) return problem(response, 503, 'The store is busy', 'The store did not answer within 5 seconds');
  if (path === '/review') return answer(response, of_state(query.get('state') ?? 'open'));
  if (path.startsWith('/review/')) return judge(request, response, Number(path.slice('/review/'.length)), query.get('dry_run') === 'true');
  if (path === '/destinations') return answer(response, {destinations: receivers});
  if (path === '/dead-letters') return answer(response, {dead_letters: dead.filter(({connection}) => !query.get('connection') || connection === query.get('connection'))});
  const [, what, id] = /^\/(dead-letters|destinations|connections)\/([^/]+)\/\w+$/.exec(path) ?? [];
  if (what === 'dead-letters') dead = dead.filter(each => String(each.id) !== id);
  if (what === 'destinations') Object.assign(receivers.find(each => each.id === id), {state: 'current', reason: '', waiting: 0});
  return answer(response, {processed: true, enabled: true, started: true});
}

const cookie_of = request => /touchline=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
const proof_of = request => sessions.get(cookie_of(request));
function is_in(request) {
  if (options.accounts) return sessions.has(cookie_of(request));
  return !options.token || request.headers.authorization === `Bearer ${options.token}`;
}

function who(request, response, proof = proof_of(request)) {
  const ways = {password: !!options.accounts, token: true, openid: options.accounts ? 'Halden login' : null};
  if (!is_in(request) && !proof) return answer(response, {signed_in: false, ways});
  const person = options.accounts ? {leaves: true, account: 'ana', name: 'Ana Peeters', proof} : {leaves: false, account: '', name: '', proof: ''};
  return answer(response, {signed_in: true, ...person, role: options.role, reads_everything: options.role !== 'agent', may: may.list, ways});
}

async function sign_in(request, response) {
  const {account, password} = await body_of(request);
  if (account === 'eve') return response.writeHead(429, {'Content-Type': 'application/problem+json', 'Retry-After': '8'}).end('{}');
  if (account !== 'ana' || password !== 'a long pass phrase') return problem(response, 401, 'Sign in first', 'the name or the password is not right');
  const secret = Math.random().toString(36).slice(2);
  sessions.set(secret, `proof-${secret}`);
  response.setHeader('Set-Cookie', `touchline=${secret}; Path=/; HttpOnly; SameSite=Strict`);
  return who(request, response, sessions.get(secret));
}

function exported(response, person, query) {
  if (query.get('format') === 'csv') {
    return response.writeHead(200, {'Content-Type': 'text/csv; charset=utf-8'}).end(`occurred_at,subject\r\n${person.items.slice(0, 5).map(as_read).map(({occurred_at, subject}) => `"${occurred_at}","${subject ?? ''}"`).join('\r\n')}\r\n`);
  }
  return answer(response, {customer: person.id, total: person.items.length, touchpoints: person.items.length, offset: 0, as_of: position, items: person.items.slice(0, 400).map(as_read)});
}

function api(request, response, path, query) {
  if (path === '/session') return request.method === 'POST' ? sign_in(request, response) : who(request, response);
  if (!is_in(request)) return problem(response, 401, 'Sign in', 'This needs a sign-in');
  if (options.accounts && request.method === 'POST' && request.headers['x-csrf-token'] !== proof_of(request)) return problem(response, 403, 'Not allowed', 'the request lacks the session\'s proof');
  if (path === '/session/end') {
    sessions.delete(cookie_of(request));
    return answer(response, {signed_in: false});
  }
  if (!may.allows(request.method, path)) return problem(response, 403, 'Not allowed', `the role ${options.role} may not do this`);
  if (path === '/lookup') return lookup(response, query);
  if (path === '/connections') return connections(response);
  if (path === '/events') return events(request, response);
  if (change(request, response, path, query) || access(request, response, path, query)) return;
  if (/^\/(destinations|dead-letters|review|connections\/)/.test(path)) return operate(request, response, path, query);
  if (path === '/undo') return answer(response, {undone: true});
  const [, id, view] = /^\/customers\/([^/]+)(?:\/(summary|timeline|journey|pins|notes|merge|split|export))?$/.exec(path) ?? [];
  const person = id && find_person(decodeURIComponent(id));
  if (!person) return problem(response, 404, 'Not found', 'No such customer');
  if (view === 'summary') return answer(response, person.summary());
  if (view === 'journey') return answer(response, journey_of(person, Date.now()));
  if (view === 'pins' || view === 'notes') return notes(request, response, person, view);
  if (view === 'merge' || view === 'split') return decide(request, response, person, view, query);
  if (view === 'timeline') return timeline(response, person, query);
  if (view === 'export') return exported(response, person, query);
  return answer(response, person.customer);
}

function file(request, response, asked) {
  const path = asked === '/docs' ? '/docs/agents.html' : /^\/docs\/[\w-]+$/.test(asked) ? `${asked}.html` : asked;
  const asset = assets.find(each => each.path === (path === '/' || /^\/(c|review|connections|dead-letters|destinations|mappings|plan|replay|tap|users|audit)(\/|$)/.test(path) ? '/index.html' : path));
  if (!asset) return response.writeHead(404).end('Not found');
  const compressed = asset.sizes.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'Content-Type': asset.type, ETag: asset.etag, 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': policy,
    'Cache-Control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache', ...(compressed ? {'Content-Encoding': 'gzip'} : {}),
  });
  return response.end(readFileSync(join(options.assets, 'assets', asset.file + (compressed ? '.gz' : ''))));
}

const server = createServer((request, response) => {
  const {pathname, searchParams} = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/api/v1')) return api(request, response, pathname.slice('/api/v1'.length), searchParams);
  if (pathname === '/dev/touchpoint') return happen(response, searchParams);
  if (pathname === '/dev/expire') {
    sessions.clear();
    return answer(response, {});
  }
  if (pathname === '/dev/empty') {
    empty = true;
    return answer(response, {});
  }
  if (pathname === '/dev/fail') {
    failing = searchParams.get('on') === '1';
    return answer(response, {failing});
  }
  return file(request, response, pathname);
});
server.listen(Number(options.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
