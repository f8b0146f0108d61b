// The mock server's mappings, plans, replays and runs.
const k_mapping = `emit: touchpoint
set:
  kind: case.opened
  channel: email
  direction: inbound
  occurred_at: =created_at
  subject: =subject
  identities: [{ns: email, value: =requester}]
tests:
  - name: a ticket opens a case
    in: {id: 1, created_at: "2026-10-01T08:00:00Z", subject: Where is it?, requester: a@example.org}
    out: [{kind: case.opened}]
`;

export function change_api({answer, problem, body_of, world, letters, forget, remember}) {
  let text = k_mapping;
  let version = 1;
  const etag = () => `v${version}`;
  const hours = Array.from({length: 24 * 9}, (_, at) => ({from: new Date(Math.floor(world.now / 36e5) * 36e5 - (24 * 9 - at) * 36e5).toISOString(), records: Math.round(40 + 35 * Math.sin(at / 3.8) + (at % 7) * 9)}));
  const plans = [];
  const replays = [{id: 1, state: 'done', connection: 'shop', stream: 'orders', from: null, to: null, where: '', share: 1, total: 4100, records: 4100, added: 0, changed: 31, removed: 0, mended: 7, failed: 0, started_at: new Date(world.now - 9e7).toISOString(), finished_at: new Date(world.now - 8.9e7).toISOString(), author: 'eva', error: ''}];
  const [amira, ana] = world.people;
  const item = amira.items.find(({burst, kind}) => !burst && kind.startsWith('case'));
  const samples = all => Array.from({length: 4}, (_, at) => ({
    id: at ? `record:${40 + at}` : 'letter:1', external_id: `4821${at}`, at: new Date(world.now - at * 6e6).toISOString(), fault: at ? '' : 'occurred_at is "yesterday", which is no time',
    text: JSON.stringify({id: 48210 + at, created_at: at ? '2026-10-0' + at + 'T08:00:00Z' : 'yesterday', subject: all ? `Bike number ${at} has no bell` : 'xxxx xxxxxx 0 xxx xx xxxx', requester: all ? 'amira@example.org' : 'xxxxx@xxxxxxx.xxx'}),
  }));
  const trial = (typed, ids, all) => {
    const line = typed.split('\n').findIndex(each => /knd:|:\s*=\s*$/.test(each)) + 1;
    if (line) return {faults: [{line, column: 3, length: 3, message: 'unknown key "knd"', cure: 'did you mean "kind"?'}], cases: [], records: []};
    const kind = /kind: *(\S+)/.exec(typed)?.[1] ?? 'case.opened';
    const titles = {'case.opened': 'Case opened', 'case.closed': 'Case closed'};
    return {
      faults: [],
      cases: typed.includes('tests:') ? [{name: 'a ticket opens a case', line: 10, passed: kind === 'case.opened', error: '', differences: kind === 'case.opened' ? [] : [{pointer: 'kind', expected: '"case.opened"', got: JSON.stringify(kind)}]}] : [],
      records: ids.map(id => id.startsWith('letter') ? {fault: {line: 6, column: 16, length: 1, message: 'set.occurred_at: "yesterday" is not a time', cure: 'Give the source a date in RFC 3339'}, items: [], touchpoints: [], facts: [], links: []}
        : {fault: null, items: [{...item, id: `tp_${id}`, kind, title: titles[kind] ?? kind, subject: all ? `Bike ${id} has no bell` : 'xxxx xxxxxx 0 xxx xx xxxx'}], touchpoints: [], facts: [{field: 'email', value: all ? 'amira@example.org' : 'xxxxx@xxxxxxx.xxx'}], links: []}),
    };
  };
  const report = () => ({
    records: 4100, total: 4100, share: 1, added: 3, changed: 214, removed: 1, mended: 7, failed: 2, merges: 1, splits: 1, empty: false,
    streams: [{connection: 'helpdesk', stream: 'tickets', added: 3, changed: 214, removed: 1, fields: [{field: 'kind', touchpoints: 214, transitions: [{from: 'case.opened', to: 'case.reopened', touchpoints: 210}, {from: 'case.opened', to: 'case.closed', touchpoints: 4}]}, {field: 'phase', touchpoints: 214, transitions: [{from: 'use', to: 'maintain', touchpoints: 214}]}], examples: [{before: item, after: {...item, title: 'Case reopened'}}]}],
    failures: [{connection: 'helpdesk', stream: 'tickets', stage: 'map', message: 'set.occurred_at: "soon" is not a time', place: 'mappings/tickets.yaml:6:16', cure: 'Give the source a date.', example: '48299', records: 2}],
    customers: [
      {added: 0, changed: 4, removed: 0, before: [{id: amira.id, touchpoints: 412, identities: ['email:amira.haddad@haldenbikes.example']}, {id: ana.id, touchpoints: 40, identities: ['email:ana@example.org']}], after: [{id: amira.id, touchpoints: 452, identities: ['email:amira.haddad@haldenbikes.example']}], examples: [{before: item, after: {...item, title: 'Case reopened'}}, {before: item, after: null}]},
      {added: 1, changed: 0, removed: 1, before: [{id: ana.id, touchpoints: 40, identities: ['phone:+32470550188']}], after: [{id: ana.id, touchpoints: 30, identities: ['phone:+32470550188']}, {id: 'cu_x', touchpoints: 10, identities: ['email:x@example.org']}], examples: []},
    ],
  });
  /** What runs comes to its end after a second or so. */
  const advance = job => {
    const done = Math.min(job.total, Math.round((Date.now() - job.began) * (job.where === 'slow' ? 0.02 : 4.1)));
    if (job.state === 'running') Object.assign(job, {records: done}, done === job.total ? job.end() : {});
    return job;
  };
  const begin = end => ({state: 'running', records: 0, total: 4100, began: Date.now(), started_at: new Date().toISOString(), error: '', end});
  let rows = 0;
  const droppings = [];
  const sent = (at, more) => ({at: new Date(world.now - at * 6e4).toISOString(), target: 'api', method: 'GET', url: 'https://warehouse.example/api/parcels?page=1&since=2026-10-01', credentials: 'bearer token', sent_bytes: 0, status: 200, received_bytes: 48_213, milliseconds: 180, error: '', answer: '', ...more});

  return (request, response, path, query) => {
    const all = query.get('masked') === '0';
    const is_post = request.method === 'POST';
    const [, view] = /^\/connections\/[^/]+\/streams\/[^/]+\/(mapping|samples|trial)$/.exec(path) ?? [];
    if (path === '/streams') answer(response, {streams: [{connection: 'helpdesk', stream: 'tickets', file: 'mappings/tickets.yaml', why_not: ''}, {connection: 'shop', stream: 'orders', file: '/usr/share/touchline/shop/orders.yaml', why_not: 'This mapping ships with the connector.'}]});
    else if (view === 'samples') answer(response, {masked: !all, samples: samples(all)});
    else if (view === 'trial') void body_of(request).then(({text: typed, samples: ids}) => answer(response, trial(typed, ids, all)));
    else if (view === 'mapping' && !is_post) answer(response, {file: 'mappings/tickets.yaml', text, etag: etag(), why_not: ''});
    else if (view === 'mapping') {
      void body_of(request).then(({text: typed, etag: seen}) => {
        if (seen !== etag()) return problem(response, 409, 'Conflict', 'mappings/tickets.yaml was changed by somebody else meanwhile');
        const diff = typed === text ? '' : '--- mappings/tickets.yaml\n+++ mappings/tickets.yaml\n@@ -1,3 +1,3 @@\n set:\n-  kind: case.opened\n+  kind: case.closed\n';
        if (query.get('dry_run') !== 'true') {
          text = typed;
          version += 1;
        }
        return answer(response, {saved: query.get('dry_run') !== 'true', diff, etag: etag()});
      });
    } else if (path === '/raw-volume') answer(response, {records: hours.reduce((sum, {records}) => sum + records, 0), hours});
    else if (path === '/replays' && is_post) {
      void body_of(request).then(body => {
        replays.unshift({...replays.at(-1), ...begin(() => ({state: 'done', changed: 214, mended: 7})), ...body, id: replays.length + 1, changed: 0, mended: 0, finished_at: null});
        answer(response, replays[0]);
      });
    } else if (path === '/replays') answer(response, {replays: replays.map(advance)});
    else if (/^\/replays\/\d+\/cancel$/.test(path)) answer(response, Object.assign(replays.find(({id}) => path.includes(`/${id}/`)), {state: 'cancelled'}));
    else if (path === '/plans' && is_post) {
      plans.unshift({id: `p${plans.length + 1}`, report: null, ...begin(() => ({state: 'done', report: report()}))});
      answer(response, {id: plans[0].id});
    } else if (path === '/plans') answer(response, {plans: plans.map(plan => ({...advance(plan), report: null}))});
    else if (/^\/plans\/p\d+$/.test(path)) answer(response, advance(plans.find(({id}) => path.endsWith(`/${id}`)) ?? {id: 'p0', state: 'failed', records: 0, total: 0, started_at: new Date().toISOString(), error: 'there is no such plan', report: null}));
    else if (/^\/plans\/p\d+\/cancel$/.test(path)) answer(response, Object.assign(plans[0], {state: 'cancelled'}));
    else if (/^\/plans\/p\d+\/apply$/.test(path)) {
      void body_of(request).then(({even_if_records_came}) => {
        if (!even_if_records_came) return problem(response, 409, 'Conflict', 'records, decisions or a replay have changed the store since plan p1');
        replays.unshift({...replays.at(-1), ...begin(() => ({state: 'done', changed: 214, mended: 7})), id: replays.length + 1, changed: 0, mended: 0});
        return answer(response, replays[0]);
      });
    } else if (path === '/dead-letters/causes') {
      const causes = new Map();
      for (const letter of letters().filter(({connection}) => !query.get('connection') || connection === query.get('connection'))) {
        const key = letter.connection + letter.message.replace(/\d+/g, '#');
        const cause = causes.get(key) ?? {...letter, id: key, letters: 0, ids: [], newest: letter};
        cause.letters += 1;
        cause.ids.push(letter.id);
        causes.set(key, cause);
      }
      answer(response, {causes: [...causes.values()], total: [...causes.values()].reduce((sum, {letters: each}) => sum + each, 0)});
    } else if (path === '/dead-letters/drop') {
      void body_of(request).then(({ids}) => {
        const gone = letters().filter(({id}) => ids.includes(id));
        forget(ids);
        droppings.unshift({id: droppings.length + 1, at: new Date().toISOString(), until: new Date(Date.now() + 30 * 864e5).toISOString(), letters: gone.length, connection: gone[0]?.connection ?? '', message: gone[0]?.message ?? '', gone});
        answer(response, {dropped: ids.length, dropping: droppings[0].id});
      });
    } else if (path === '/dead-letters/dropped') answer(response, {droppings: droppings.map(({gone, ...rest}) => rest)});
    else if (/^\/dead-letters\/dropped\/\d+\/restore$/.test(path)) {
      const at = droppings.findIndex(({id}) => path.includes(`/${id}/`));
      const [{gone} = {gone: []}] = at < 0 ? [] : droppings.splice(at, 1);
      remember(gone);
      answer(response, {restored: gone.length});
    } else if (/^\/connections\/[^/]+\/requests$/.test(path)) {
      answer(response, {masked: !all, requests: [
        sent(1, {status: 401, received_bytes: 58, milliseconds: 95, answer: '{"error":"the token was refused","request":"xxxx xxxx"}'}), sent(11, {status: 0, received_bytes: 0, milliseconds: 10_000, error: 'warehouse.example did not answer within 10 s'}),
        sent(21, {url: `https://warehouse.example/api/parcels?page=2&email=${all ? 'amira%40example.org' : '***'}&access_token=***`}), sent(31),
      ]});
    } else if (/^\/connections\/[^/]+\/runs$/.test(path)) {
      const run = (at, outcome, mapping, error = '') => ({started_at: new Date(world.now - at * 6e5).toISOString(), finished_at: new Date(world.now - at * 6e5 + 4000).toISOString(), records: outcome === 'ok' ? 40 : 0, touchpoints: outcome === 'ok' ? 38 : 0, dead_letters: 0, outcome, error, setup: {connector: 'warehouse@1.0.0', 'mapping of parcels': mapping}});
      answer(response, {runs: [run(1, 'failed', 'parcels.yaml@2b', 'parcels: HTTP 401, the token was refused'), run(2, 'failed', 'parcels.yaml@2b', 'parcels: HTTP 401, the token was refused'), run(3, 'ok', 'parcels.yaml@1a'), run(4, 'ok', 'parcels.yaml@1a')]});
    } else if (path === '/tap') {
      rows += 2;
      const row = (number, stage, content) => ({number, at: new Date().toISOString(), stage, connection: 'helpdesk', stream: 'tickets', external_id: `4821${rows}`, text: JSON.stringify(content)});
      answer(response, {rows: Number(query.get('after')) >= rows ? [] : [row(rows - 1, 'raw', {id: 48210 + rows, subject: all ? 'My bell is gone' : 'xx xxxx xx xxxx'}), row(rows, 'mapped', {kind: 'case.opened'})]});
    } else return false;
    return true;
  };
}
