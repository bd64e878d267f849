import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { levelCount, rankFeatures, thresholdBetween } from './ranked-features.ts';

const matrixOf = (columns: number, values: readonly number[]) => ({
  rows: values.length / columns,
  columns,
  values: Float64Array.from(values),
});

test('ranked-features: each value becomes its place among the distinct values of its column', () => {
  const ranked = rankFeatures(matrixOf(2, [5, 0, -1, 1, 5, 1, 2, 0]));
  assert.deepEqual([...ranked.ranks], [2, 0, 2, 1, 0, 1, 1, 0]);
  assert.deepEqual([...ranked.values], [-1, 2, 5, 0, 1]);
  assert.deepEqual([levelCount(ranked, 0), levelCount(ranked, 1)], [3, 2]);
});

test('ranked-features: for any column the rank leads back to the value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 }),
      (values) => {
        const ranked = rankFeatures(matrixOf(1, values));
        for (const [row, value] of values.entries())
          assert.equal(ranked.values[ranked.ranks[row]!]! + 0, value + 0);
      },
    ),
  );
});

test('ranked-features: a threshold stands halfway and never at the upper value', () => {
  assert.equal(thresholdBetween(rankFeatures(matrixOf(1, [1, 4])), 0, 0, 1), 2.5);
  // Neighbouring doubles, and two whose sum would overflow.
  const next = 1 + Number.EPSILON;
  assert.equal(thresholdBetween(rankFeatures(matrixOf(1, [1, next])), 0, 0, 1), 1);
  assert.equal(thresholdBetween(rankFeatures(matrixOf(1, [1.5e308, 1.7e308])), 0, 0, 1), 1.6e308);
});

test('ranked-features: for any two values the threshold keeps them apart', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      fc.pre(a !== b);
      const threshold = thresholdBetween(rankFeatures(matrixOf(1, [a, b])), 0, 0, 1);
      assert.ok(Math.min(a, b) <= threshold && threshold < Math.max(a, b));
    }),
  );
});
