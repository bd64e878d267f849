import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { log } from './exp-log.ts';
import { chiSquareSurvival, incompleteGamma, logGamma, stirlingRest } from './gamma.ts';

const { gamma } = readGolden<{
  gamma: Record<
    'x' | 'logGamma' | 'shape' | 'at' | 'lower' | 'upper' | 'degrees' | 'statistic' | 'chiSquareSurvival',
    number[]
  >;
}>('math');

test('logGamma: agrees with 40 digits of mpmath, around its zeros 1 and 2 too', () => {
  assertClose(gamma.x.map(logGamma), gamma.logGamma, {
    relative: 1e-14,
    absolute: 1e-17,
    reason: 'the logarithm rounds; at 1 and 2 the answer is 0',
  });
});

test('logGamma: whole numbers give factorials, one half gives ln(pi) / 2', () => {
  assert.equal(logGamma(1), 0);
  assert.equal(logGamma(2), 0);
  assertClose(logGamma(6), log(120), { relative: 4e-16, reason: 'one sum' });
  assertClose(logGamma(0.5), log(Math.PI) / 2, { relative: 1e-15, reason: 'three roundings' });
});

test('logGamma: 0 and infinity are infinite, below 0 is NaN', () => {
  assert.equal(logGamma(0), Number.POSITIVE_INFINITY);
  assert.equal(logGamma(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(logGamma(-0.5), Number.NaN);
  assert.equal(logGamma(Number.NaN), Number.NaN);
});

test('stirlingRest: the two ways of computing it meet at 10', () => {
  assertClose(stirlingRest(9.999999999), stirlingRest(10), {
    absolute: 1e-11,
    reason: 'the slope there is 1e-3, and the difference of large numbers rounds to 1e-15',
  });
});

test('incompleteGamma: both shares agree with scipy', () => {
  const shares = gamma.shape.map((a, i) => incompleteGamma(a, gamma.at[i]!));
  const tolerance = {
    relative: 1e-12,
    absolute: 1e-290,
    reason: 'far tails: exp turns the rounding of a large exponent into 1e-13',
  };
  shares.forEach(({ lower, upper }, i) => {
    // The larger share is 1 less the smaller one, so only the smaller one is computed.
    assertClose(lower, gamma.lower[i]!, { ...tolerance, absolute: lower > upper ? 2e-16 : 1e-290 });
    assertClose(upper, gamma.upper[i]!, {
      ...tolerance,
      absolute: gamma.at[i]! < gamma.shape[i]! + 1 ? 2e-15 : 1e-290,
    });
  });
});

test('chiSquareSurvival: agrees with scipy.stats.chi2.sf', () => {
  assertClose(
    gamma.statistic.map((x, i) => chiSquareSurvival(x, gamma.degrees[i]!)),
    gamma.chiSquareSurvival,
    { relative: 1e-12, absolute: 1e-15, reason: 'near 1 it is a difference from 1' },
  );
});

test('incompleteGamma and chiSquareSurvival: ends and outside', () => {
  assert.deepEqual(incompleteGamma(2, 0), { lower: 0, upper: 1 });
  assert.deepEqual(incompleteGamma(2, Number.POSITIVE_INFINITY), { lower: 1, upper: 0 });
  assert.deepEqual(incompleteGamma(0, 1), { lower: Number.NaN, upper: Number.NaN });
  assert.deepEqual(incompleteGamma(1, -1), { lower: Number.NaN, upper: Number.NaN });
  assert.equal(chiSquareSurvival(0, 3), 1);
  assert.equal(chiSquareSurvival(Number.POSITIVE_INFINITY, 3), 0);
  assert.equal(chiSquareSurvival(Number.NaN, 3), Number.NaN);
});

test('for any shape: the middle of a gamma distribution of a million lies where it should', () => {
  // The median of a gamma of shape a is a - 1/3 + 8 / (405 a).
  const a = 1e6;
  assertClose(incompleteGamma(a, a - 1 / 3 + 8 / (405 * a)).lower, 0.5, {
    absolute: 1e-12,
    reason: 'the series of the median stops there',
  });
});

test('for any shape and point: the shares add up to 1 and lie between 0 and 1', () => {
  const positive = fc.double({ min: 1e-3, max: 500, noNaN: true });
  fc.assert(
    fc.property(positive, positive, (a, x) => {
      const { lower, upper } = incompleteGamma(a, x);
      assert.ok(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1);
      assertClose(lower + upper, 1, { absolute: 3e-16, reason: 'one is 1 less the other' });
    }),
  );
});
