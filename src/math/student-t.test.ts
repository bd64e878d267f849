import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { normalQuantile } from './normal.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

const { beta } = readGolden<{
  beta: {
    studentT: { t: number[]; degrees: number[]; cdf: number[] };
    studentTQuantile: { p: number[]; degrees: number[]; expected: number[] };
  };
}>('math');

test('studentTCdf: agrees with scipy.special.stdtr', () => {
  const { t, degrees, cdf } = beta.studentT;
  assertClose(
    t.map((at, i) => studentTCdf(at, degrees[i]!)),
    cdf,
    { relative: 1e-12, reason: 'two different expansions of the beta share' },
  );
});

test('studentTQuantile: agrees with scipy.special.stdtrit', () => {
  const { p, degrees, expected } = beta.studentTQuantile;
  assertClose(
    p.map((share, i) => studentTQuantile(share, degrees[i]!)),
    expected,
    {
      relative: 1e-12,
      absolute: 1e-15,
      reason: 'the cdf it inverts has a relative error of 1e-13; at one half it is 0',
    },
  );
});

test('studentT: one degree of freedom is the Cauchy distribution', () => {
  assertClose(studentTCdf(1, 1), 0.75, { relative: 1e-14, reason: 'rounding' });
  assertClose(studentTQuantile(0.25, 1), -1, { relative: 1e-14, reason: 'rounding' });
  assertClose(studentTQuantile(1e-9, 1), -1 / (1e-9 * Math.PI), {
    relative: 1e-12,
    reason: 'its first term',
  });
});

test('studentT: with many degrees of freedom it is the normal distribution', () => {
  assertClose(studentTQuantile(0.975, 1e9), normalQuantile(0.975), {
    relative: 1e-8,
    reason: 'they differ by z^3 / 4k',
  });
});

test('studentT: ends, middle and outside', () => {
  assert.equal(studentTCdf(0, 3), 0.5);
  assert.equal(studentTCdf(Number.NEGATIVE_INFINITY, 3), 0);
  assert.equal(studentTCdf(Number.POSITIVE_INFINITY, 3), 1);
  assert.equal(studentTCdf(1, 0), Number.NaN);
  assert.equal(studentTCdf(Number.NaN, 3), Number.NaN);
  assert.equal(studentTQuantile(0.5, 3), 0);
  assert.equal(studentTQuantile(0, 3), Number.NEGATIVE_INFINITY);
  assert.equal(studentTQuantile(1, 3), Number.POSITIVE_INFINITY);
  assert.equal(studentTQuantile(1.5, 3), Number.NaN);
});
