import assert from 'node:assert/strict';
import {test} from 'node:test';
import {end_of_day, day_start} from '../../../web/src/lib/format';
import {counted, rich, t, use_words, word} from '../../../web/src/lib/words';

test('English needs no catalogue, and a bar tells two meanings apart', () => {
  assert.equal(t('Show all {count}', {count: '3 touchpoints'}), 'Show all 3 touchpoints');
  assert.equal(t('Open|verb'), 'Open');
  assert.equal(word('Order placed | urgent'), 'Order placed | urgent', 'what others wrote is left alone');
  assert.equal(counted(1, 'identity'), '1 identity');
  assert.equal(counted(2, 'identity'), '2 identities');
  assert.equal(counted(2, 'day'), '2 days');
});

test('a value that looks like a place in the sentence is not filled again', () => {
  assert.equal(t('{a} and {b} stay two', {a: '{b}', b: 'Ben'}), '{b} and Ben stay two');
  assert.equal(t('{source} says “{value}”', {source: 'crm', value: '$& $1 {source}'}), 'crm says “$& $1 {source}”');
});

test('sentences with elements keep the order of the language', () => {
  assert.deepEqual(rich('Join {name} with another customer', {name: 'N'}), ['Join ', 'N', ' with another customer']);
  use_words({'Join {name} with another customer': 'ضم {name} إلى عميل آخر', '#day': {one: '{n} jour', other: '{n} jours'}});
  assert.deepEqual(rich('Join {name} with another customer', {name: 'N'}), ['ضم ', 'N', ' إلى عميل آخر']);
  assert.equal(counted(2, 'day'), '2 jours');
  use_words({});
});

test('names of the language itself are no words', () => {
  assert.equal(word('constructor'), 'constructor');
  assert.equal(t('toString'), 'toString');
});

test('the last moment of a day is of that day', () => {
  const end = end_of_day(2026, 10, 25);
  assert.equal(day_start(end), day_start(end - 3_600_000));
  assert.notEqual(day_start(end), day_start(end + 1));
});
