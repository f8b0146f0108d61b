import assert from 'node:assert/strict';
import {test} from 'node:test';
import {filters_of, page_of, query_of} from '../../../web/src/lib/address';

const page = path => page_of(new URL(path, 'http://localhost'));

test('an address names its page', () => {
  assert.deepEqual(page('/'), {name: 'home'});
  assert.deepEqual(page('/c/cu_1?show=notes'), {name: 'customer', id: 'cu_1'});
  assert.deepEqual(page('/c/cu_1/x'), {name: 'unknown'});
  assert.deepEqual(page('/c/%E0'), {name: 'unknown'});
});

test('a telephone system can open the caller', () => {
  assert.deepEqual(page('/c?phone=%2B32470550188'), {name: 'find', text: '+32470550188'});
});

test('filters survive the way through the address, and none leave no trace', () => {
  const filters = {group: 'notes', department: 'support', text: 'frame & fork'};
  assert.deepEqual(filters_of(new URLSearchParams(query_of(filters))), filters);
  assert.equal(query_of({group: 'all', department: '', text: ''}), '');
  assert.equal(filters_of(new URLSearchParams('show=nonsense')).group, 'all');
});
