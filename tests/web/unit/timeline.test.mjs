import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Timeline} from '../../../web/src/state/timeline';

/** A source of rows named by their number, oldest 0; `extra` more arrive on top. */
function source(total) {
  const state = {total, reads: []};
  const read = async offset => {
    state.reads.push(offset);
    const items = Array.from({length: Math.min(100, state.total - offset)}, (_, at) => ({id: `row-${state.total - 1 - offset - at}`}));
    return {customer: 'cu', total: state.total, touchpoints: state.total, offset, as_of: 1, items};
  };
  return {state, read};
}

test('pages are read once, when they are needed', async () => {
  const {state, read} = source(250);
  const timeline = new Timeline(read);
  await timeline.load(0);
  await timeline.load(0);
  assert.deepEqual(state.reads, [0]);
  assert.equal(timeline.total.value, 250);
  assert.equal(timeline.row(0).id, 'row-249');
  assert.equal(timeline.row(100), undefined);
});

test('when rows arrived on top in between, known rows move along and no row is there twice', async () => {
  const {state, read} = source(250);
  const timeline = new Timeline(read);
  const shifts = [];
  timeline.on_shift = rows => shifts.push(rows);
  await timeline.load(0);
  timeline.cursor.value = 5;
  state.total = 253;
  await timeline.load(1);
  assert.deepEqual(shifts, [3]);
  assert.equal(timeline.cursor.value, 8);
  assert.equal(timeline.row(3).id, 'row-249');
  await timeline.load(0);
  const ids = Array.from({length: 200}, (_, at) => timeline.row(at).id);
  assert.equal(new Set(ids).size, 200);
  assert.equal(ids[0], 'row-252');
});

test('heights that were measured stay with their rows', async () => {
  const {state, read} = source(250);
  const timeline = new Timeline(read);
  await timeline.load(0);
  timeline.heights.set(0, 200);
  state.total = 251;
  await timeline.load(1);
  assert.equal(timeline.heights.of(1), 200);
  assert.equal(timeline.heights.count, 251);
});

test('a failure keeps the rows and can be tried again', async () => {
  const {read} = source(250);
  let failing = false;
  const timeline = new Timeline(offset => (failing ? Promise.reject(new Error('down')) : read(offset)));
  await timeline.load(0);
  failing = true;
  await timeline.load(1);
  assert.ok(timeline.failure.value);
  assert.equal(timeline.row(0).id, 'row-249');
  failing = false;
  timeline.expire();
  await timeline.load(1);
  assert.equal(timeline.failure.value, null);
});
