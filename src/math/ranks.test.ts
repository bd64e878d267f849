import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { argsort, midranks } from './ranks.ts';

const { samples } = readGolden<{ samples: { tied: number[]; ranks: number[]; order: number[] } }>('math');

test('argsort and midranks: equal to numpy.argsort and scipy.stats.rankdata', () => {
  const tied = Float64Array.from(samples.tied);
  assert.deepEqual([...argsort(tied)], samples.order);
  assert.deepEqual([...midranks(tied)], samples.ranks);
});

test('argsort: negatives, infinities and signed zeros in order, missing numbers last', () => {
  const values = Float64Array.of(
    ...[Number.NaN, 0, -0, -5e-324, Number.POSITIVE_INFINITY, -1e300, Number.NEGATIVE_INFINITY],
    ...[Number.NaN, 2, -2],
  );
  assert.deepEqual([...argsort(values)], [6, 5, 9, 3, 1, 2, 8, 4, 0, 7]);
});

test('midranks: missing numbers have no rank and take none', () => {
  assert.deepEqual(midranks(Float64Array.of(5, Number.NaN, 1, 5)), Float64Array.of(2.5, Number.NaN, 1, 2.5));
});

test('argsort and midranks: none, one and all equal', () => {
  assert.equal(argsort(new Float64Array(0)).length, 0);
  assert.deepEqual([...midranks(Float64Array.of(7))], [1]);
  assert.deepEqual([...argsort(new Float64Array(4).fill(-3))], [0, 1, 2, 3]);
  assert.deepEqual([...midranks(new Float64Array(4).fill(-3))], [2.5, 2.5, 2.5, 2.5]);
});

test('argsort: a million numbers come out in order, each position once', () => {
  const random = createRandom(9);
  const values = Float64Array.from({ length: 1_000_000 }, () => random.normal());
  const order = argsort(values);
  const seen = new Uint8Array(values.length);
  for (let i = 0; i < order.length; i++) {
    seen[order[i]!]!++;
    if (i > 0 && values[order[i - 1]!]! > values[order[i]!]!) assert.fail(`out of order at ${i}`);
  }
  assert.ok(seen.every((times) => times === 1));
});

test('for any numbers: argsort agrees with a stable comparison sort', () => {
  const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(fc.array(anyNumber, { maxLength: 100 }), (list) => {
      const key = (i: number): number => (Number.isNaN(list[i]) ? Number.POSITIVE_INFINITY : list[i]!);
      const missing = (i: number): number => Number(Number.isNaN(list[i]));
      const expected = list
        .map((_, i) => i)
        .sort((a, b) => missing(a) - missing(b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
      assert.deepEqual([...argsort(Float64Array.from(list))], expected);
    }),
  );
});

test('for any numbers: midranks add up to n (n + 1) / 2', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (list) => {
      const total = midranks(Float64Array.from(list)).reduce((a, b) => a + b, 0);
      assert.equal(total, (list.length * (list.length + 1)) / 2);
    }),
  );
});
