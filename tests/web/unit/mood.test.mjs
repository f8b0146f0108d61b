import assert from 'node:assert/strict';
import {test} from 'node:test';
import {change_text, comparisons, tone_of} from '../../../web/src/lib/mood';

test('tones are drawn where the daemon draws them', () => {
  assert.deepEqual([-1, -0.6, -0.2, 0, 0.2, 0.6, 1].map(tone_of), ['angry', 'angry', 'unhappy', 'neutral', 'content', 'delighted', 'delighted']);
});

test('a change of mood is told with its time, and no change is not', () => {
  const mood = {mood: -0.5, tone: 'unhappy', at: '2026-11-19T09:00:00Z', before: {mood: 0.4, tone: 'content', at: '2026-11-01T09:00:00Z'}};
  assert.equal(change_text(mood), 'Fell from content in 18 days');
  assert.equal(change_text({...mood, before: {...mood.before, tone: 'unhappy'}}), '');
  assert.equal(change_text({...mood, before: null}), '');
});

test('scores compare what the customer said, never an estimate', () => {
  const feeling = (measure, value, stated = true) => ({measure, value, stated, mood: 0});
  const found = comparisons([feeling('nps', 9), feeling('csat', 4), feeling('sentiment', -1, false), feeling('nps', 4)]);
  assert.deepEqual(found.map(({measure, now, before}) => [measure, now.value, before?.value]), [['nps', 4, 9], ['csat', 4, undefined]]);
});
