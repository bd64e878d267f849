import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { erf, erfc, normalCdf, normalDensity, normalQuantile } from './normal.ts';

const { normal } = readGolden<{
  normal: { x: number[]; cdf: number[]; erf: number[]; erfc: number[]; p: number[]; quantile: number[] };
}>('math');

test('normal: cdf, erf and erfc agree with scipy, in the far tail too', () => {
  const reason = 'the rational approximations hold to about five last digits';
  assertClose(normal.x.map(erf), normal.erf, { relative: 1e-15, reason });
  assertClose(normal.x.map(normalCdf), normal.cdf, {
    relative: 1e-13,
    reason: 'scipy squares x in one piece, so its exp(-x^2 / 2) is off by up to 8e-14 at x = -37.5',
  });
  assertClose(normal.x.map(erfc), normal.erfc, { relative: 5e-15, reason });
});

test('normalQuantile: agrees with scipy.special.ndtri from 1e-300 to 1 - 1e-12', () => {
  assertClose(normal.p.map(normalQuantile), normal.quantile, {
    relative: 2e-15,
    absolute: 1e-17,
    reason: 'both round a few times; at one half the answer is 0',
  });
});

test('normal: ends, middle, outside and NaN', () => {
  assert.equal(normalCdf(0), 0.5);
  assert.equal(normalCdf(Number.NEGATIVE_INFINITY), 0);
  assert.equal(normalCdf(Number.POSITIVE_INFINITY), 1);
  assert.equal(normalCdf(Number.NaN), Number.NaN);
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.equal(normalQuantile(1), Number.POSITIVE_INFINITY);
  assert.equal(normalQuantile(0.5), 0);
  for (const outside of [-0.1, 1.1, Number.NaN]) assert.equal(normalQuantile(outside), Number.NaN);
  assert.equal(erf(0), 0);
  assert.equal(erf(Number.POSITIVE_INFINITY), 1);
  assert.equal(erfc(Number.NEGATIVE_INFINITY), 2);
  assert.equal(erfc(30), 0);
});

test('normalDensity: the slope of the cdf', () => {
  for (const x of [-3, -1, 0, 0.4, 2])
    assertClose((normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5, normalDensity(x), {
      absolute: 1e-10,
      reason: 'a difference quotient with step 1e-5',
    });
});

test('for any share: the cdf brings the quantile back, and the two sides mirror each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (p) => {
      const x = normalQuantile(p);
      // The relative slope of the tail is about |x|, at most 7 here.
      assertClose(normalCdf(x), p, {
        relative: 1e-13,
        reason: 'rounding of x times its slope; the worst of 400,000 shares is below 4e-14',
      });
      assertClose(normalCdf(-x), 1 - p, { absolute: 4e-16, reason: 'rounding near 1' });
    }),
  );
});
