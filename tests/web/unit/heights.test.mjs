import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Heights} from '../../../web/src/lib/heights';

test('every row starts at its estimate', () => {
  const heights = new Heights(10_000, 74);
  assert.equal(heights.total(), 740_000);
  assert.equal(heights.before(100), 7_400);
});

test('a measured row moves all rows after it and none before', () => {
  const heights = new Heights(100, 50);
  assert.equal(heights.set(10, 80), 30);
  assert.equal(heights.before(10), 500);
  assert.equal(heights.before(11), 580);
  assert.equal(heights.set(10, 80), 0);
});

test('finding a row agrees with adding up, whatever the heights', () => {
  const heights = new Heights(537, 40);
  let seed = 1;
  for (let row = 0; row < 537; row++) heights.set(row, 20 + (seed = (seed * 48_271) % 2_147_483_647) % 100);
  for (let row = 0; row < 537; row++) {
    assert.equal(heights.at(heights.before(row)), row);
    assert.equal(heights.at(heights.before(row + 1) - 1), row);
  }
});

test('a distance beyond the end finds the last row, and an empty list row 0', () => {
  assert.equal(new Heights(3, 10).at(1_000), 2);
  assert.equal(new Heights(0, 10).at(5), 0);
});
