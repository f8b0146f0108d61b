import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EventStreamParser} from '../../../web/src/lib/event_stream';

const stream = ': hello\n\nid: 7\nevent: touchpoint.recorded\ndata: {"customer":"cu_1"}\n\nid: 8\r\nevent: resync\r\ndata: {}\r\n\r\n';
const expected = [
  {id: '7', type: 'touchpoint.recorded', data: '{"customer":"cu_1"}'},
  {id: '8', type: 'resync', data: '{}'},
];

test('events come out whole, however the bytes are cut', () => {
  for (let size = 1; size < stream.length; size++) {
    const parser = new EventStreamParser();
    const events = [];
    for (let at = 0; at < stream.length; at += size) events.push(...parser.push(stream.slice(at, at + size)));
    assert.deepEqual(events, expected, `pieces of ${size}`);
  }
});

test('several data lines are one text, and an event without data is none', () => {
  const parser = new EventStreamParser();
  assert.deepEqual(parser.push('data: a\ndata:b\n\nevent: x\n\n'), [{id: '', type: 'message', data: 'a\nb'}]);
});
