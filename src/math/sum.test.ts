import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { mean, standardDeviation, sum, variance } from './sum.ts';

const { samples } = readGolden<{
  samples: {
    values: number[];
    sum: number;
    mean: number;
    variance: number;
    sampleVariance: number;
    standardDeviation: number;
  };
}>('math');
const values = Float64Array.from(samples.values);
const reason = 'numpy adds in another order';

test('sum: agrees with an exact sum', () => {
  assertClose(sum(values), samples.sum, { relative: 1e-15, reason: 'pairs of sums round' });
});

test('mean, variance and standard deviation: agree with numpy', () => {
  assertClose(mean(values), samples.mean, { relative: 1e-15, reason });
  assertClose(variance(values), samples.variance, { relative: 4e-15, reason });
  assertClose(variance(values, 1), samples.sampleVariance, { relative: 4e-15, reason });
  assertClose(standardDeviation(values), samples.standardDeviation, { relative: 2e-15, reason });
});

test('sum: the documented order, written out for 19 numbers', () => {
  const x = Float64Array.from({ length: 19 }, (_, i) => 1 / (i + 1));
  const lane = (j: number): number => x[j]! + x[j + 8]!;
  const lanes = lane(0) + lane(1) + (lane(2) + lane(3)) + (lane(4) + lane(5) + (lane(6) + lane(7)));
  assert.equal(sum(x), lanes + x[16]! + x[17]! + x[18]!);
});

test('sum: a long list is cut at the multiple of 8 below its middle', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => 1 / (i + 3));
  const parts = [
    [0, 72],
    [72, 144],
    [144, 216],
    [216, 300],
  ].map(([start, end]) => sum(x.subarray(start, end)));
  assert.equal(sum(x), parts[0]! + parts[1]! + (parts[2]! + parts[3]!));
});

test('sum: a million tenths lose no more than a few of the last digits', () => {
  assertClose(sum(new Float64Array(1_000_000).fill(0.1)), 100_000, {
    relative: 1e-15,
    reason: 'one by one the error is 1e-11',
  });
});

test('variance: a large common offset does not drown a small spread', () => {
  assert.equal(variance(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3), 1), 1);
});

test('sum, mean and variance: no numbers, one number and missing numbers', () => {
  assert.equal(sum(new Float64Array(0)), 0);
  assert.equal(mean(new Float64Array(0)), Number.NaN);
  assert.equal(variance(new Float64Array(0)), Number.NaN);
  assert.equal(variance(Float64Array.of(3)), 0);
  assert.equal(variance(Float64Array.of(3), 1), Number.NaN);
  assert.equal(sum(Float64Array.of(1, Number.NaN)), Number.NaN);
});

test('for any whole numbers: the sum is exact', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 600 }), (list) => {
      assert.equal(
        sum(Float64Array.from(list)),
        list.reduce((total, value) => total + value, 0),
      );
    }),
  );
});
