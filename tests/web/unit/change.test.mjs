import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bars_of} from '../../../web/src/console/bars';
import {test_of} from '../../../web/src/console/test_case';
import {changes_of, story_of} from '../../../web/src/console/stories';

const hour = at => new Date(Date.UTC(2026, 0, 1, at)).toISOString();

test('hours become at most sixty bars of equal length that lose no record', () => {
  assert.deepEqual(bars_of([]), []);
  assert.equal(bars_of([{from: hour(0), records: 5}]).length, 1);
  const hours = Array.from({length: 500}, (_, at) => ({from: hour(at * 3), records: at}));
  const bars = bars_of(hours);
  assert.ok(bars.length <= 60);
  assert.equal(bars.reduce((sum, {records}) => sum + records, 0), hours.reduce((sum, {records}) => sum + records, 0));
  assert.ok(bars.every(({from, to}, at) => at === 0 || (from === bars[at - 1].to && to - from === bars[0].to - bars[0].from)));
});

const run = (outcome, setup) => ({started_at: hour(8), finished_at: hour(8), records: 0, touchpoints: 0, dead_letters: 0, outcome, error: '', setup});

test('what changed between two runs is named with both versions', () => {
  assert.deepEqual(changes_of(run('ok', {connector: 'a@2', mapping: 'x'}), run('ok', {connector: 'a@1', mapping: 'x'})), ['connector: a@1 → a@2']);
  assert.deepEqual(changes_of(run('ok', {connector: 'a@1'}), run('ok', {connector: 'a@1', old: '1'})), ['old: 1 → none']);
  assert.deepEqual(changes_of(run('ok', null), run('ok', {a: '1'})), []);
});

test('a connection that broke tells its story, a sound one has none', () => {
  assert.equal(story_of([run('ok', {})]), '');
  assert.match(story_of([run('failed', {a: '2'}), run('ok', {a: '1'})]), /After it changed a: 1 → 2/);
  assert.match(story_of([run('failed', {a: '1'}), run('ok', {a: '1'})]), /look at the source/);
  assert.equal(story_of([run('failed', {a: '1'})]), 'None of these runs has succeeded.');
});

test('a record at the tap becomes a test that expects what came of it', () => {
  const row = (stage, text, external_id = '7') => ({number: 1, at: hour(8), stage, connection: 'helpdesk', stream: 'tickets', external_id, text});
  const raw = row('raw', '{"id":7}');
  const rows = [row('mapped', '{"kind":"case.opened"}'), row('mapped', '{"kind":"case.closed"}', '8'), raw];
  assert.equal(test_of(raw, rows), '  - name: "tickets 7"\n    in: {"id":7}\n    out: [{kind: "case.opened"}]\n');
  assert.equal(test_of(row('raw', '{"id":7, "text": "cut of'), rows), '');
  assert.equal(test_of(rows[0], rows), '');
});
