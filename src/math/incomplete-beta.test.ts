import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { betaDensity, betaQuantile, incompleteBeta } from './incomplete-beta.ts';

const { beta } = readGolden<{
  beta: Record<'a' | 'b' | 'x' | 'incompleteBeta', number[]> & {
    quantile: Record<'a' | 'b' | 'p' | 'expected', number[]>;
  };
}>('math');

test('incompleteBeta: agrees with scipy.special.betainc', () => {
  assertClose(
    beta.x.map((x, i) => incompleteBeta(beta.a[i]!, beta.b[i]!, x)),
    beta.incompleteBeta,
    {
      relative: 1e-12,
      absolute: 1e-290,
      reason: 'far tails: exp turns the rounding of a large exponent into 1e-13',
    },
  );
});

test('betaQuantile: agrees with scipy.special.betaincinv', () => {
  const { a, b, p, expected } = beta.quantile;
  assertClose(
    p.map((share, i) => betaQuantile(a[i]!, b[i]!, share)),
    expected,
    { relative: 1e-12, reason: 'the share it inverts has a relative error of 1e-13' },
  );
});

test('incompleteBeta: known values', () => {
  assert.equal(incompleteBeta(1, 1, 0.25), 0.25);
  assertClose(incompleteBeta(2, 1, 0.25), 0.0625, { relative: 1e-15, reason: 'rounding' });
  assertClose(incompleteBeta(30, 30, 0.5), 0.5, { relative: 1e-14, reason: 'rounding' });
});

test('incompleteBeta and betaQuantile: ends and outside', () => {
  assert.equal(incompleteBeta(2, 3, 0), 0);
  assert.equal(incompleteBeta(2, 3, 1), 1);
  assert.equal(betaQuantile(2, 3, 0), 0);
  assert.equal(betaQuantile(2, 3, 1), 1);
  for (const [a, b, x] of [
    [0, 1, 0.5],
    [1, -1, 0.5],
    [1, 1, 1.5],
    [1, 1, -0.5],
    [1, 1, Number.NaN],
  ] as const) {
    assert.equal(incompleteBeta(a, b, x), Number.NaN);
    assert.equal(betaQuantile(a, b, x), Number.NaN);
  }
});

test('betaDensity: the slope of the share', () => {
  assertClose(
    (incompleteBeta(3, 5, 0.40001) - incompleteBeta(3, 5, 0.39999)) / 2e-5,
    betaDensity(3, 5, 0.4),
    {
      relative: 1e-8,
      reason: 'a difference quotient with step 1e-5',
    },
  );
});

test('for any beta distribution: the mirror image has the other share, and the quantile brings the point back', () => {
  const parameter = fc.double({ min: 1, max: 200, noNaN: true });
  fc.assert(
    fc.property(parameter, parameter, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, p) => {
      const x = betaQuantile(a, b, p);
      assertClose(incompleteBeta(b, a, 1 - x, x), 1 - p, {
        absolute: 1e-12,
        reason: 'near 1 the quantile keeps 16 digits of x, not of 1 - x',
      });
    }),
  );
});
