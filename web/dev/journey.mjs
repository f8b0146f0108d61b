// What the daemon tells of an invented customer beyond the records themselves: moods, phases, bursts, the journey.
const k_day = 86_400_000;
export const k_phases = [
  ['need', 'Need', 'pre_purchase'], ['research', 'Research', 'pre_purchase'], ['select', 'Select', 'pre_purchase'], ['purchase', 'Purchase', 'purchase'],
  ['receive', 'Receive', 'post_purchase'], ['use', 'Use', 'post_purchase'], ['maintain', 'Maintain', 'post_purchase'], ['recommend', 'Recommend', 'post_purchase'],
];
const phase_of_family = {campaign: 'need', page: 'use', message: 'maintain', call: 'maintain', note: 'maintain', case: 'maintain', survey: 'recommend', invoice: 'maintain'};
const phase_of_kind = {'order.placed': 'purchase', 'order.shipped': 'receive', 'order.returned': 'maintain'};
const quiet = new Set(['page', 'campaign', 'session', 'login']);
const family = kind => kind.split('.')[0];

export function mood_of({measure, value, min = 0, max = 10}) {
  if (measure === 'nps') return value <= 7.5 ? (value - 7.5) / 7.5 : (value - 7.5) / 2.5;
  return (2 * (value - min)) / (max - min) - 1;
}
export const tone_of = mood => (mood >= 0.6 ? 'delighted' : mood >= 0.2 ? 'content' : mood > -0.2 ? 'neutral' : mood > -0.6 ? 'unhappy' : 'angry');

export function annotated(item) {
  const phase = phase_of_kind[item.kind] ?? phase_of_family[family(item.kind)];
  const [felt] = item.experience;
  const mood = felt && mood_of(felt);
  return {
    ...item, quiet: quiet.has(family(item.kind)),
    ...(phase ? {phase: {id: phase, name: k_phases.find(([id]) => id === phase)[1], by: phase_of_kind[item.kind] ? 'table' : 'rule'}} : {}),
    ...(felt ? {mood: {value: mood, tone: tone_of(mood), stated: felt.by === 'customer'}} : {}),
  };
}

/** Three or more passing things within half an hour of one another are one row. */
export function folded(items) {
  const rows = [];
  for (let first = 0; first < items.length;) {
    let end = first + 1;
    while (items[first].quiet && end < items.length && family(items[end].kind) === family(items[first].kind) && items[end].department === items[first].department
      && Date.parse(items[end - 1].occurred_at) - Date.parse(items[end].occurred_at) <= 1_800_000) end += 1;
    if (end - first < 3) end = first + 1;
    const run = items.slice(first, end);
    rows.push(run.length === 1 ? run[0] : {...run[0], burst: {
      count: run.length, from: run.at(-1).occurred_at, to: run[0].occurred_at, subjects: [...new Set(run.map(({subject, title}) => subject ?? title))].slice(0, 4)}});
    first = end;
  }
  return rows;
}

function feelings_of(items) {
  return items.flatMap(item => item.experience.map(felt => ({
    at: item.occurred_at, mood: mood_of(felt), tone: tone_of(mood_of(felt)), stated: felt.by === 'customer', ...felt, touchpoint: item.id, title: item.subject ?? item.snippet ?? '',
  }))).reverse();
}

function window_of(items, feelings, now, days, parts, spells) {
  const from = now - days * k_day;
  const inside = items.filter(({occurred_at}) => Date.parse(occurred_at) >= from);
  const volume = Array(parts).fill(0);
  for (const {occurred_at} of inside) volume[Math.min(parts - 1, Math.floor(((Date.parse(occurred_at) - from) / (now - from)) * parts))] += 1;
  const order = ['research', 'select', 'purchase', 'receive', 'use', 'maintain'];
  const edges = [0, 0.22, 0.34, 0.43, 0.62, 0.72, 1];
  const moments = feelings.filter(({at}) => Date.parse(at) >= from).slice(-5);
  return {
    from: new Date(from).toISOString(), to: new Date(now).toISOString(), volume, moments,
    spells: spells ? order.map((phase, at) => ({phase, from: new Date(from + edges[at] * (now - from)).toISOString(), to: new Date(from + edges[at + 1] * (now - from)).toISOString()})) : [],
  };
}

export function journey_of({id, items}, now) {
  const feelings = feelings_of(items);
  const latest = feelings.at(-1);
  return {
    customer: id, as_of: new Date(now).toISOString(),
    current: items.length ? {phase: 'maintain', name: 'Maintain', since: new Date(now - 15 * k_day).toISOString()} : null,
    phases: k_phases.map(([phase, name, stage]) => ({id: phase, name, stage, question: '', touchpoints: items.filter(item => item.phase?.id === phase).length, stated: 0, estimated: 0})),
    recent: window_of(items, feelings, now, 56, 56, items.length > 0), long_term: window_of(items, feelings, now, 546, 78, items.length > 0),
    feelings: feelings.slice(-60),
    score: latest ? {value: -0.21, worst: -0.87, latest: latest.mood, measurements: feelings.length, contributions: feelings.slice(-3).map(feeling => ({share: 0.2, feeling}))} : null,
  };
}

export function summed_mood(items) {
  const feelings = feelings_of(items);
  const latest = feelings.at(-1);
  if (!latest) return null;
  const before = feelings.at(-2);
  return {...latest, before: before ? {mood: before.mood, tone: before.tone, at: before.at} : null};
}
