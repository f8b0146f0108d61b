import assert from 'node:assert/strict';
import {test} from 'node:test';
import {experience_text, icon_of, is_talk, namespace_name, tone_of} from '../../../web/src/lib/kinds';

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

test('talk is told by its icon, and everything else by the name of its kind', () => {
  assert.equal(is_talk('message.sent'), true);
  assert.equal(is_talk('case.opened'), false);
});

test('states have three tones', () => {
  assert.deepEqual(['Reopened', 'on-hold', 'solved'].map(tone_of), ['open', 'waiting', 'done']);
});

test('namespaces of sources read as words', () => assert.equal(namespace_name('zendesk.user'), 'Zendesk user'));
