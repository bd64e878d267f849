import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BinnedColumns, missingBin, thresholdBetweenBins } from './binned-columns.ts';

/** One feature whose bins hold a value each. */
function columnOf(values: readonly number[]): BinnedColumns {
  const own = Float64Array.from({ length: 256 }, (_, bin) => values[bin] ?? 0);
  return {
    rows: values.length,
    features: 1,
    bins: Uint8Array.from(values.keys()),
    binCounts: Int32Array.of(values.length),
    lows: own,
    highs: own,
  };
}

test('binned-columns: a threshold stands halfway and never at the upper value', () => {
  assert.equal(thresholdBetweenBins(columnOf([1, 4]), 0, 0, 1), 2.5);
  // Neighbouring doubles, and two whose sum would overflow.
  assert.equal(thresholdBetweenBins(columnOf([1, 1 + Number.EPSILON]), 0, 0, 1), 1);
  assert.equal(thresholdBetweenBins(columnOf([1.5e308, 1.7e308]), 0, 0, 1), 1.6e308);
});

test('binned-columns: between the last values and missing ones every number is below', () => {
  assert.equal(thresholdBetweenBins(columnOf([1, 4]), 0, 1, missingBin), Number.MAX_VALUE);
});

test('binned-columns: bins that hold several values are told apart by those that face each other', () => {
  const lows = new Float64Array(256);
  const highs = new Float64Array(256);
  lows.set([0, 10, 20]);
  highs.set([4, 14, 24]);
  assert.equal(thresholdBetweenBins({ ...columnOf([0, 10, 20]), lows, highs }, 0, 0, 2), 12);
});

test('binned-columns: for any two values the threshold keeps them apart', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(value, value, (one, other) => {
      fc.pre(one !== other);
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const threshold = thresholdBetweenBins(columnOf([low, high]), 0, 0, 1);
      assert.ok(low <= threshold && threshold < high);
    }),
  );
});
