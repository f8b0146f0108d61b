import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ascending, stretches} from '../../../web/src/lib/curve';

/** The heights that a cubic stretch reaches, at 101 places. */
function heights(path) {
  const [x0, y0, , a, , b, , y1] = path.match(/-?[\d.]+/g).map(Number);
  assert.ok(x0 >= 0);
  return Array.from({length: 101}, (_, at) => {
    const t = at / 100;
    return (1 - t) ** 3 * y0 + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t ** 2 * b + t ** 3 * y1;
  });
}

test('the curve never goes beyond what was measured', () => {
  const points = [[0, 10], [10, 100], [20, 98], [30, 10], [31, 90]].map(([x, y]) => ({x, y}));
  stretches(points).forEach((path, at) => {
    const [low, high] = [points[at].y, points[at + 1].y].sort((a, b) => a - b);
    for (const height of heights(path)) assert.ok(height >= low - 0.2 && height <= high + 0.2, `${height} lies between ${low} and ${high}`);
  });
});

test('one measurement is a point and no curve', () => assert.deepEqual(stretches([{x: 1, y: 1}]), []));

test('of two measurements at one place the later counts', () => {
  assert.deepEqual(ascending([{x: 1, y: 1}, {x: 1.2, y: 5}, {x: 9, y: 2}]), [{x: 1.2, y: 5}, {x: 9, y: 2}]);
});
