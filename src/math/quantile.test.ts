import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { median, quantile, quantiles, quantilesSorted } from './quantile.ts';

const { samples } = readGolden<{
  samples: {
    values: number[];
    shares: number[];
    quantiles: number[];
    withMissing: (number | null)[];
    quantilesWithMissing: number[];
  };
}>('math');
const equal = { reason: 'the same formula: equal to the bit' };

test('quantile: equal to numpy.quantile, one by one, together and from sorted numbers', () => {
  const values = Float64Array.from(samples.values);
  assertClose(
    samples.shares.map((p) => quantile(values, p)),
    samples.quantiles,
    equal,
  );
  assertClose(quantiles(values, samples.shares), samples.quantiles, equal);
  assertClose(quantilesSorted(values.slice().sort(), samples.shares), samples.quantiles, equal);
});

test('quantile: missing numbers are ignored as in numpy.nanquantile', () => {
  const values = Float64Array.from(samples.withMissing, (value) => value ?? Number.NaN);
  const expected = samples.quantilesWithMissing;
  assertClose(
    samples.shares.map((p) => quantile(values, p)),
    expected,
    equal,
  );
  assertClose(quantiles(values, samples.shares), expected, equal);
  assertClose(quantilesSorted(values.slice().sort(), samples.shares), expected, equal);
});

test('quantile: no numbers, or only missing ones, give NaN', () => {
  for (const none of [new Float64Array(0), Float64Array.of(Number.NaN, Number.NaN)]) {
    assert.equal(quantile(none, 0.5), Number.NaN);
    assert.deepEqual(quantiles(none, [0, 1]), Float64Array.of(Number.NaN, Number.NaN));
  }
});

test('quantile: infinities are numbers like others', () => {
  const values = Float64Array.of(Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY, 3);
  assert.equal(quantile(values, 1), Number.POSITIVE_INFINITY);
  assert.equal(quantile(values, 0.9), Number.POSITIVE_INFINITY);
  assert.equal(quantile(values, 0), 1);
});

test('quantile: a share outside 0 to 1 is refused', () => {
  for (const p of [-0.1, 1.1, Number.NaN]) {
    assert.throws(() => quantile(Float64Array.of(1), p), { code: 'param.value' });
    assert.throws(() => quantilesSorted(Float64Array.of(1), [p]), { code: 'param.value' });
  }
});

test('median: the middle of an odd count, halfway between two of an even count', () => {
  assert.equal(median(Float64Array.of(9, 1, 5)), 5);
  assert.equal(median(Float64Array.of(4, 1, 3, 2)), 2.5);
});

test('quantile: 200,000 numbers in sorted, reversed, tied and sawtooth order agree with sorting', () => {
  const n = 200_000;
  const random = createRandom(5);
  for (const make of [
    (i: number) => i,
    (i: number) => -i,
    (i: number) => i % 3,
    (i: number) => i % 1000,
    () => random.normal(),
  ]) {
    const values = Float64Array.from({ length: n }, (_, i) => make(i));
    assert.equal(quantile(values, 0.37), quantiles(values, [0.37])[0]);
  }
});

test('for any numbers: selecting and sorting give the same quantile, and the input is left alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.integer({ min: -2, max: 2 })), { maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, p) => {
        const values = Float64Array.from(list);
        const before = values.slice();
        const one = quantile(values, p);
        // -0 and 0 are equal numbers that sorting tells apart and selecting does not.
        assertClose(one, quantiles(values, [p])[0]!, equal);
        assert.deepEqual(values, before);
      },
    ),
  );
});

test('for any numbers: quantiles never leave the range and never fall as the share grows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (list) => {
        const found = quantiles(
          Float64Array.from(list),
          Array.from({ length: 21 }, (_, i) => i / 20),
        );
        assert.equal(found[0]! - Math.min(...list), 0);
        assert.equal(found[20]! - Math.max(...list), 0);
        for (let i = 1; i < found.length; i++) assert.ok(found[i]! >= found[i - 1]!);
      },
    ),
  );
});

test('quantile: between the largest numbers of both signs it stays a number', () => {
  const ends = Float64Array.of(-1.7e308, 1.7e308);
  assert.deepEqual([quantile(ends, 0.5), quantile(ends, 1)], [0, 1.7e308]);
});
