import assert from 'node:assert/strict';
import {test} from 'node:test';
import {beginning, ago, day_label, days_between, initials, money, sentence, span, split_identity, person_name} from '../../../web/src/lib/format';

const now = new Date(2026, 10, 23, 15, 42).getTime();
const hours = count => count * 3_600_000;

test('days are the calendar days of the viewer, also across the change of the clocks', () => {
  assert.equal(day_label(now, now), 'Today');
  assert.equal(day_label(now - hours(16), now), 'Yesterday');
  assert.equal(day_label(now - hours(48), now), 'Saturday 21 November');
  assert.equal(days_between(new Date(2026, 9, 25, 0, 30).getTime(), new Date(2026, 9, 26, 0, 15).getTime()), 1);
});

test('a day of another year names the year', () => {
  assert.match(day_label(new Date(2024, 1, 3).getTime(), now), /2024/);
});

test('spans are told in their largest sensible unit', () => {
  assert.equal(span(38 * 60_000), '38 min');
  assert.equal(span(hours(26)), '26 h');
  assert.equal(span(hours(24 * 18)), '18 days');
  assert.equal(span(hours(24 * 210)), '7 months');
  assert.equal(ago(now - 20_000, now), 'just now');
});

test('an identity splits at its first colon', () => {
  assert.deepEqual(split_identity('social:did:plc:abc'), {ns: 'social', value: 'did:plc:abc'});
});

test('names give initials in any script, and never nothing', () => {
  assert.equal(initials('Ana Maria Łukaszewska'), 'AŁ');
  assert.equal(initials('Björk'), 'B');
  assert.equal(initials('+32470'), '?');
});

test('money with an unknown currency is still shown', () => {
  assert.equal(money({value: '12.50', currency: 'points'}), '12.50 points');
  assert.equal(money({value: '3480.00', currency: 'EUR'}), '€3,480.00');
});

test('a long text is shown by whole characters of its beginning, a short one as it is', () => {
  assert.equal(beginning('abcdef', 3), 'abc');
  assert.equal(beginning('ab👍cd', 3), 'ab');
  assert.equal(beginning('\ud800', 3), '\ud800');
});

test('codes become sentences', () => assert.equal(sentence('in_transit'), 'In transit'));

test('employees read as people where their id tells it', () => {
  assert.equal(person_name('tom.akers@halden.example'), 'Tom Akers');
  assert.equal(person_name('élise_dupont'), 'Élise Dupont');
  assert.equal(person_name('agent-4411'), 'agent-4411');
  assert.equal(person_name('Clara Voss'), 'Clara Voss');
});
