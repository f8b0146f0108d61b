// An invented company: Halden Cycles sells and mends bicycles. The same data at every start, except that it ends now.
import {k_awkward, k_code, k_megabyte} from './hostile.mjs';
import {annotated, summed_mood} from './journey.mjs';

const k_minute = 60_000;
const k_hour = 60 * k_minute;
const k_day = 24 * k_hour;

const departments = {support: 'Support', shop: 'Shop', billing: 'Billing', logistics: 'Logistics', marketing: 'Marketing', experience: 'Experience'};

/** A small generator (mulberry32), so that nothing changes between runs. */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const scenes = [
  {kind: 'message.sent', title: 'Email received', channel: 'email', direction: 'inbound', department: 'support', connection: 'helpdesk', subject: 'Question about my order', snippet: 'Could you tell me when the parcel leaves the warehouse? The tracking page has shown the same step since Monday.', ref: 'T'},
  {kind: 'message.sent', title: 'Email sent', channel: 'email', direction: 'outbound', department: 'support', connection: 'helpdesk', subject: 'Re: Question about my order', snippet: 'Thank you for waiting. Your parcel left Ghent this morning and should reach you on Thursday before noon.', ref: 'T'},
  {kind: 'call.completed', title: 'Phone call', channel: 'phone', direction: 'inbound', department: 'support', connection: 'telephony', subject: 'Brake adjustment', snippet: 'Asked how to adjust the rear brake. Walked through it together, it holds now.', ref: 'CALL'},
  {kind: 'order.placed', title: 'Order placed', channel: 'web', direction: 'inbound', department: 'shop', connection: 'shop', subject: '3 items', snippet: 'Commuter panniers, a bell and winter gloves.', ref: 'ORDER', amount: {value: '148.90', currency: 'EUR'}, status: 'done'},
  {kind: 'order.shipped', title: 'Order shipped', channel: 'post', direction: 'system', department: 'logistics', connection: 'warehouse', subject: '1 of 1 parcels', ref: 'ORDER', status: 'waiting'},
  {kind: 'invoice.issued', title: 'Invoice issued', channel: 'email', direction: 'outbound', department: 'billing', connection: 'ledger', ref: 'INV', amount: {value: '148.90', currency: 'EUR'}, status: 'done'},
  {kind: 'page.viewed', title: 'Pages viewed', channel: 'web', direction: 'inbound', department: 'marketing', connection: 'site', snippet: 'Winter tyres · Size guide · Opening hours'},
  {kind: 'survey.responded', title: 'Survey answered', channel: 'email', direction: 'inbound', department: 'experience', connection: 'survey', snippet: 'Friendly people, quick answer.', experience: [{measure: 'nps', value: 9, min: 0, max: 10, by: 'customer'}]},
  {kind: 'case.solved', title: 'Case solved', channel: 'email', direction: 'system', department: 'support', connection: 'helpdesk', subject: 'Question about my order', ref: 'T', status: 'done'},
  {kind: 'campaign.opened', title: 'Campaign opened', channel: 'email', direction: 'inbound', department: 'marketing', connection: 'mailing', subject: 'Get ready for winter'},
  {kind: 'note.added', title: 'Note', channel: 'internal', direction: 'internal', department: 'shop', connection: 'crm', snippet: 'Prefers to be called after six. Rides to work every day, so a replacement bike matters more than a discount.', internal: true},
  {kind: 'message.sent', title: 'Chat message', channel: 'chat', direction: 'inbound', department: 'support', connection: 'helpdesk', snippet: 'Do you have the blue frame in size 54 in the Antwerp shop?', ref: 'T'},
];

const opening = [
  [38 * k_minute, {kind: 'call.completed', title: 'Phone call', channel: 'phone', direction: 'inbound', department: 'support', connection: 'telephony', subject: 'Refund for order 88213, second call this week', snippet: '“I was told Tuesday, then Thursday. Nobody can tell me who has it.” Asked for a named person and a date. Agreed to call back before 18:00.', ref: 'CALL', status: 'open'}],
  [52 * k_minute, {kind: 'page.viewed', title: 'Pages viewed', channel: 'web', direction: 'inbound', department: 'marketing', connection: 'site', snippet: 'Refund policy · Returns portal · Order 88213 · Contact options'}],
  [3.1 * k_hour, {kind: 'note.added', title: 'Note', channel: 'internal', direction: 'internal', department: 'billing', connection: 'ledger', snippet: 'Credit note CN-3391 drafted, waiting for the warehouse to confirm the returned frame. Do not promise a date before logistics answers.', internal: true}],
  [5.2 * k_hour, {kind: 'order.returned', title: 'Return received', channel: 'post', direction: 'system', department: 'logistics', connection: 'warehouse', subject: '1 of 1 parcels', snippet: 'Inspection queue position 31.', ref: 'RMA', status: 'waiting'}],
  [5.4 * k_hour, {kind: 'message.sent', title: 'Email received', channel: 'email', direction: 'inbound', department: 'support', connection: 'helpdesk', subject: 'Re: Refund for order 88213', snippet: 'Third mail in this thread. Attached the courier receipt for the returned frame again and asks why three teams each want the same document before anybody is able to say who decides about the money.', ref: 'T', status: 'waiting'}],
  [23 * k_hour, {kind: 'message.sent', title: 'Chat message', channel: 'chat', direction: 'outbound', department: 'support', connection: 'helpdesk', subject: 'Update promised by Thursday', snippet: '“I have asked billing to confirm. You will hear from us tomorrow at the latest.”', ref: 'T'}],
  [23.4 * k_hour, {kind: 'message.sent', title: 'Chat message', channel: 'chat', direction: 'inbound', department: 'support', connection: 'helpdesk', subject: 'Where is the refund?', snippet: 'Waited 11 minutes for an agent. Repeated the order number and the story from the phone call.', ref: 'T'}],
  [30 * k_hour, {kind: 'survey.responded', title: 'Survey answered', channel: 'email', direction: 'inbound', department: 'experience', connection: 'survey', snippet: '“Great bikes. But when something goes wrong every department starts from zero.”', experience: [{measure: 'nps', value: 4, min: 0, max: 10, by: 'customer'}]}],
  [3.2 * k_day, {kind: 'invoice.overdue', title: 'Invoice overdue', channel: 'email', direction: 'outbound', department: 'billing', connection: 'ledger', subject: 'INV-2207, first reminder', ref: 'INV', amount: {value: '3480.00', currency: 'EUR'}, status: 'open'}],
  [14.5 * k_day, {kind: 'case.opened', title: 'Case opened', channel: 'email', direction: 'inbound', department: 'support', connection: 'helpdesk', subject: 'Frame cracked after three weeks', snippet: 'Sent four pictures of the crack at the seat tube. Rides 12 km to work every day and asks for a replacement bike.', ref: 'T', status: 'open', experience: [{measure: 'sentiment', value: -0.7, min: -1, max: 1, label: 'unhappy', by: 'model'}]}],
];

const ids = {T: 48211, CALL: 70418, ORDER: 88213, INV: 2207, RMA: 5520};
const rel_of = {T: 'case', CALL: 'call', ORDER: 'order', INV: 'invoice', RMA: 'return'};

let serial = 0;
export function touchpoint(scene, time, identity, offset = 0) {
  const {department, ref, ...rest} = scene;
  const id = ref ? `${ref}-${ids[ref] - offset}` : '';
  const url = ref ? `https://${scene.connection}.halden.example/${rel_of[ref]}/${id}` : null;
  return annotated({
    id: `tp_${(serial++).toString(36).padStart(8, '0')}`, occurred_at: new Date(time).toISOString(), platform: null, subject: null, snippet: null, status: null,
    amount: null, experience: [], internal: false, ...rest, department, department_name: departments[department], url,
    refs: ref ? [{rel: rel_of[ref], id: String(ids[ref] - offset), label: id, url}] : [], identity,
  });
}

function history(count, seed, now, identity, first = []) {
  const random = dice(seed);
  const items = first.map(([age, scene]) => touchpoint(scene, now - age, identity));
  let time = now - (first.at(-1)?.[0] ?? k_day);
  while (items.length < count) {
    time -= random() < 0.02 ? 12 * k_day + random() * 40 * k_day : random() * 9 * k_hour;
    items.push(touchpoint(scenes[Math.floor(random() * scenes.length)], time, identity, items.length));
  }
  return items;
}

const survey = (measure, value, max, words) => ({kind: 'survey.responded', title: 'Survey answered', channel: 'email', direction: 'inbound', department: 'experience', connection: 'survey', snippet: words, experience: [{measure, value, min: measure === 'nps' ? 0 : 1, max, by: 'customer'}]});
const pages = ['Refund policy', 'Returns portal', 'Order 88213', 'Contact options', 'Warranty terms', 'Leasing calculator'];
opening.push(
  ...Array.from({length: 14}, (_, at) => [52 * k_minute + at * k_minute, {kind: 'page.viewed', title: 'Page viewed', channel: 'web', direction: 'inbound', department: 'marketing', connection: 'site', subject: pages[at % 6]}]),
  [11 * k_day, survey('ces', 2, 7, '“Three people asked me for the same receipt.”')],
  [22 * k_day, survey('csat', 3, 5, '“Arrived six days late, but the fitting was worth it.”')],
  [34 * k_day, survey('csat', 5, 5, '“Best bike fitting I ever had.”')],
  [47 * k_day, survey('nps', 9, 10, '“Would recommend to any fleet.”')],
);
opening.sort(([a], [b]) => a - b);

const source = (connection, department, state, age, now) => ({connection, department, state, last_success: age === null ? null : new Date(now - age).toISOString(), newest_record: null});

function open_thing(rel, ref, title, connection, department, employee, age, waiting, now) {
  const iso = back => new Date(now - back).toISOString();
  return {
    rel, ref, title, connection, department, employee, department_name: departments[department], url: `https://${connection}.halden.example/${rel}/${ref}`,
    status: 'open', since: iso(age), waiting_since: waiting && iso(waiting), late: waiting > k_day || rel === 'invoice', hidden: false,
  };
}

function person({id, name, email, phone, items, now, owner = null, open = [], sources, aliases = []}) {
  const iso = age => new Date(now - age).toISOString();
  const identity = (ns, value, strength, from) => ({ns, value, strength, sources: from, key: `#${ns}`, masked: false, first_seen: iso(900 * k_day), last_seen: iso(k_day)});
  const link = (a, b, rule, evidence, reason, by = 'source') => ({a, b, polarity: 'same', by, rule, evidence, asserted_at: iso(200 * k_day), reason});
  return {
    id, items, aliases, name,
    customer: {
      id, type: 'person', aliases, name,
      fields: {
        'name.full': {value: name, from: 'crm/contacts/17', observed_at: iso(400 * k_day), rule: 'most_frequent', rivals: [{value: name.toUpperCase(), from: 'ledger/accounts/3', observed_at: iso(500 * k_day)}]},
        'company.name': {value: 'Halden City Bikes', from: 'crm/contacts/17', observed_at: iso(400 * k_day), rivals: []},
        language: {value: 'nl-BE', from: 'shop/customers/88', observed_at: iso(90 * k_day), rivals: []},
      },
      identities: [
        identity('email', email, 'unique', ['crm', 'helpdesk', 'shop']), identity('phone', phone, 'strong', ['telephony', 'crm']),
        identity('crm.contact', '17', 'unique', ['crm']), identity('shop.customer', '88213-H', 'unique', ['shop']),
        identity('ledger.account', 'C-10482', 'unique', ['ledger']), identity('cookie', '9f31c07a', 'weak', ['site']),
      ],
      links: [
        link('crm.contact:17', `email:${email}`, 'same_record@1', 'crm/contacts/17', 'the same record of crm names both'),
        link('crm.contact:17', `phone:${phone}`, 'same_record@1', 'crm/contacts/17', 'the same record of crm names both'),
        link('shop.customer:88213-H', `email:${email}`, 'verified_email@2', 'shop/customers/88', 'the shop verified this address at sign-up'),
        link('ledger.account:C-10482', `email:${email}`, 'confirmed', 'ledger/accounts/C-10482', 'Lena Vos confirmed that both are the same person', 'lena.vos'),
      ],
      as_of: 4211,
    },
    summary: () => {
      const by_department = Object.entries(departments).map(([key, title]) => {
        const own = items.filter(item => item.department === key);
        return {id: key, name: title, touchpoints: own.length, last: own[0]?.occurred_at ?? null};
      });
      const last = items.find(item => item.direction === 'inbound' || item.direction === 'outbound');
      return {
        id, name, touchpoints: items.length, first_touch: items.at(-1)?.occurred_at ?? null, last_touch: items[0]?.occurred_at ?? null,
        last_contact: last ? {occurred_at: last.occurred_at, kind: last.kind, channel: last.channel, direction: last.direction, department: last.department, title: last.title, subject: last.subject ?? ''} : null,
        departments: by_department.filter(({touchpoints}) => touchpoints), about: items.length > 5000 ? {'job.title': 'Operations lead', 'company.name': 'Halden City Bikes'} : {}, open,
        mood: summed_mood(items), owner, sources,
      };
    },
  };
}

function arabic(now) {
  const scene = (subject, snippet) => ({...scenes[0], subject, snippet});
  return [
    touchpoint(scene('أين طلبي رقم 88213؟', 'مرحباً، انتظرت الطرد منذ يوم الاثنين ولم يصل بعد. هل يمكنكم إخباري بموعد التسليم؟'), now - k_hour, 'email:layla@example.org'),
    touchpoint(scene('شكراً جزيلاً', 'وصل الطرد هذا الصباح.'), now - 3 * k_day, 'email:layla@example.org', 1),
  ];
}

function hostile(now) {
  const scene = {...scenes[0], title: k_code, subject: k_code, snippet: `${k_code} ${'x'.repeat(3000)}`, status: 'open', connection: k_code};
  const items = [touchpoint(scene, now - k_hour, `email:${k_code}`), touchpoint({...scenes[7], snippet: k_code}, now - 2 * k_hour, `email:${k_code}`)];
  items[0].department_name = k_code;
  items[0].url = 'javascript:window.hacked=1';
  items.push(...[k_megabyte, ...k_awkward].map((text, at) => touchpoint({...scenes[7], subject: text.slice(0, 500), snippet: text}, now - (3 + at) * k_hour, 'email:x@example.org')));
  items[0].refs = [{rel: 'case', id: k_code, label: k_code, url: 'javascript:window.hacked=1'}];
  return items;
}

export function company(now = Date.now()) {
  const iso = age => new Date(now - age).toISOString();
  const current = ['crm', 'helpdesk', 'telephony', 'shop', 'ledger', 'site', 'survey', 'mailing'];
  const home_of = {crm: 'Sales', helpdesk: 'Support', telephony: 'Support', shop: 'Shop', ledger: 'Billing', site: 'Marketing', survey: 'Experience', mailing: 'Marketing'};
  const healthy = current.map((name, index) => source(name, home_of[name], 'current', (index + 1) * k_minute, now));
  const sources = [source('warehouse', 'Logistics', 'behind', 41 * k_minute, now), ...healthy];
  const amira = person({
    id: 'cu_amira', name: 'Amira Haddad', email: 'amira.haddad@haldenbikes.example', phone: '+32470550188', now, sources, aliases: ['cu_amira_old'],
    items: history(10_000, 7, now, 'email:amira.haddad@haldenbikes.example', opening),
    owner: {department: 'Support', employee: 'jonas.peeters@halden.example', of: 'Refund for order 88213'},
    open: [
      open_thing('case', 'T-48211', 'Refund for order 88213', 'helpdesk', 'support', 'lena.vos@halden.example', 26 * k_hour, 26 * k_hour, now),
      open_thing('invoice', 'INV-2207', 'Disputed invoice, €3,480.00', 'ledger', 'billing', 'noor.aksoy@halden.example', 3.2 * k_day, null, now),
      open_thing('task', 'CALL-70418', 'Call back before 18:00', 'telephony', 'support', 'jonas.peeters@halden.example', 38 * k_minute, null, now),
      open_thing('case', 'RMA-5520', 'Return in inspection', 'warehouse', 'logistics', '', 5.2 * k_hour, null, now),
    ],
  });
  const ana = person({
    id: 'cu_ana', name: 'Ana Łukaszewska', email: 'ana@example.org', phone: '+351912345678', now, sources: healthy, items: history(42, 11, now, 'email:ana@example.org'),
  });
  const empty = person({id: 'cu_new', name: 'Noor Aksoy', email: 'noor@example.org', phone: '+4915112345678', now, sources: healthy, items: []});
  const broken = person({id: 'cu_broken', name: 'Bram Ketting', email: 'bram@example.org', phone: '+31612345678', now, sources: [source('warehouse', 'Logistics', 'failing', null, now), ...healthy], items: history(12, 3, now, 'email:bram@example.org')});
  const twin = person({id: 'cu_ana2', name: 'Ana Silva', email: 'ana.silva@example.org', phone: '+351913333333', now, sources: healthy, items: history(7, 5, now, 'email:ana.silva@example.org')});
  const layla = person({id: 'cu_layla', name: 'ليلى حداد', email: 'layla@example.org', phone: '+96170123456', now, sources: healthy, items: arabic(now)});
  const mallory = person({id: 'cu_mallory', name: k_code, email: `${k_code}@example.org`, phone: '+31600000000', now, open: [open_thing('case', k_code, k_code, 'helpdesk', 'support', k_code, k_day, null, now), open_thing('task', 'w'.repeat(2_000), 'w'.repeat(5_000), 'helpdesk', 'support', '', k_day, null, now)], sources: healthy.map(each => ({...each, department: k_code, connection: k_code + each.connection})), items: hostile(now)});
  return {now, people: [amira, ana, twin, empty, broken, layla, mallory], sources, scenes};
}
