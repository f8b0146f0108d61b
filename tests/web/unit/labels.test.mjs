import assert from 'node:assert/strict';
import {test} from 'node:test';
import {place_labels} from '../../../web/src/lib/labels';

test('labels stay inside the strip and off one another', () => {
  const wishes = [40, 60, 80, 290].map(x => ({x, y: 50, width: 90, above: true}));
  const placed = place_labels(wishes, 300, 20, 120);
  const boxes = placed.flatMap((label, at) => {
    if (!label) return [];
    const left = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - wishes[at].width : label.x - wishes[at].width / 2;
    return [{left, right: left + wishes[at].width, top: label.y - 12, bottom: label.y + 3}];
  });
  assert.ok(boxes.length >= 3);
  for (const box of boxes) {
    assert.ok(box.left >= 0 && box.right <= 300 && box.top >= 20 && box.bottom <= 120);
    for (const other of boxes) {
      if (other === box) continue;
      assert.ok(box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top, 'two labels overlap');
    }
  }
});

test('what has no room has no label', () => {
  assert.deepEqual(place_labels([{x: 50, y: 50, width: 400, above: true}], 300, 20, 120), [null]);
});
