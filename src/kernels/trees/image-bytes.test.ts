import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageBytes } from './image-bytes.ts';

test('image-bytes: parts of any kind stand one behind the other at multiples of 64, however many', () => {
  const bytes = imageBytes();
  const head = bytes.reserve(2);
  const small = bytes.add(Uint8Array.of(1, 2, 3));
  const numbers = bytes.add(Float64Array.of(0.5, -1).subarray(1));
  const large = bytes.add(new Uint8Array(100_000).fill(9));
  bytes.setWords(head, [small, numbers]);
  const done = bytes.done();
  assert.deepEqual([head, small, numbers, large], [0, 64, 128, 192]);
  assert.deepEqual([...new Uint32Array(done.buffer, 0, 2)], [64, 128]);
  assert.deepEqual([...done.subarray(64, 68)], [1, 2, 3, 0]);
  assert.equal(new Float64Array(done.buffer, 128, 1)[0], -1);
  assert.equal(done[192 + 99_999], 9);
  assert.equal(done.length % 64, 0);
});
