import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsOf } from './column-ends.ts';

test('column-ends: two values are told, the smaller one first, a column of one value has no high one', () => {
  assert.deepEqual(endsOf(Float64Array.of(7, 7, -2, 7)), { low: -2, high: 7 });
  assert.deepEqual(endsOf(Int8Array.of(1, 0, 0)), { low: 0, high: 1 });
  assert.deepEqual(endsOf(Float64Array.of(3, 3)), { low: 3, high: Number.NaN });
});

test('column-ends: a third value near the second rules a column out, one far down is left to the packing', () => {
  assert.equal(endsOf(Float64Array.of(0, 1, 2)), undefined);
  const late = Float64Array.from({ length: 1000 }, (_, row) => (row === 999 ? 5 : row % 2));
  assert.deepEqual(endsOf(late), { low: 0, high: 1 });
});

test('column-ends: what is missing or infinite is no value', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(endsOf(Float64Array.of(bad, 0, 1)), undefined);
    assert.equal(endsOf(Float64Array.of(0, bad, 0)), undefined);
  }
  assert.equal(endsOf(Int8Array.of(0, -1, 0)), undefined);
  assert.equal(endsOf(Int8Array.of(-1, -1)), undefined);
});
