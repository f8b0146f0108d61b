import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filters_of, k_no_filters, page_of, query_of} from '../../../web/src/lib/address';

const page = path => page_of(new URL(path, 'http://localhost'));

test('an address names its page', () => {
  assert.deepEqual(page('/'), {name: 'home'});
  assert.deepEqual(page('/c/cu_1?show=notes'), {name: 'customer', id: 'cu_1'});
  assert.deepEqual(page('/c/cu_1/x'), {name: 'unknown'});
  assert.deepEqual(page('/c/%E0'), {name: 'unknown'});
  assert.deepEqual(page('/connections/shop-orders'), {name: 'connection', id: 'shop-orders'});
  assert.deepEqual(page('/dead-letters'), {name: 'dead_letters'});
});

test('a telephone system can open the caller, and a shop its order', () => {
  assert.deepEqual(page('/c?order=H50001'), {name: 'find', text: 'H50001'});
  assert.deepEqual(page('/c?phone=%2B32470550188'), {name: 'find', text: '+32470550188'});
});

test('filters survive the way through the address, and none leave no trace', () => {
  const filters = {group: 'notes', department: 'support', text: 'frame & fork', mood: 'low', people: true, ref: 'T-1'};
  assert.deepEqual(filters_of(new URLSearchParams(query_of(filters))), filters);
  assert.equal(query_of(k_no_filters), '');
  assert.equal(filters_of(new URLSearchParams('show=nonsense')).group, 'all');
});
