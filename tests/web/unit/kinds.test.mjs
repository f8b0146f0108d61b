import assert from 'node:assert/strict';
import {test} from 'node:test';
import {experience_text, icon_of, is_low, is_quiet, namespace_name, tone_of} from '../../../web/src/lib/kinds';

test('what happened decides the icon, and for talk how it was said', () => {
  assert.equal(icon_of('order.placed', 'web'), 'order');
  assert.equal(icon_of('order.shipped', 'post'), 'delivery');
  assert.equal(icon_of('message.sent', 'email'), 'email');
  assert.equal(icon_of('x.acme.demo.given', 'x.booth'), 'other');
});

test('an opinion of a model says that it is one', () => {
  assert.equal(experience_text({measure: 'nps', value: 4, max: 10, by: 'customer'}), 'NPS answer 4 of 10');
  assert.equal(experience_text({measure: 'sentiment', value: -0.7, max: 1, label: 'unhappy', by: 'model'}), 'Sentiment Unhappy, estimated');
});

test('low is measured on the scale of the measure itself, and unknown scales are never low', () => {
  assert.equal(is_low(4, 0, 10), true);
  assert.equal(is_low(4, 1, 5), false);
  assert.equal(is_low(1), false);
});

test('an automatic touchpoint is quiet unless it is open', () => {
  const item = {kind: 'order.shipped', direction: 'system', status: null};
  assert.equal(is_quiet(item), true);
  assert.equal(is_quiet({...item, status: 'overdue'}), false);
});

test('states have three tones', () => {
  assert.deepEqual(['Reopened', 'on-hold', 'solved'].map(tone_of), ['open', 'waiting', 'done']);
});

test('namespaces of sources read as words', () => assert.equal(namespace_name('zendesk.user'), 'Zendesk user'));
