import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { fSurvival } from './f-distribution.ts';
import { studentTCdf } from './student-t.ts';

const { beta } = readGolden<{
  beta: { f: { f: number[]; degrees1: number[]; degrees2: number[]; survival: number[] } };
}>('math');

test('fSurvival: agrees with scipy.stats.f.sf', () => {
  const { f, degrees1, degrees2, survival } = beta.f;
  assertClose(
    f.map((at, i) => fSurvival(at, degrees1[i]!, degrees2[i]!)),
    survival,
    { relative: 1e-12, reason: 'two different expansions of the beta share' },
  );
});

test('fSurvival: with one degree of freedom above it is the two-sided t test', () => {
  assertClose(fSurvival(2.5 * 2.5, 1, 17), 2 * studentTCdf(-2.5, 17), {
    relative: 1e-14,
    reason: 'rounding',
  });
});

test('fSurvival: ends and outside', () => {
  assert.equal(fSurvival(0, 2, 3), 1);
  assert.equal(fSurvival(Number.POSITIVE_INFINITY, 2, 3), 0);
  assert.equal(fSurvival(1, 0, 3), Number.NaN);
  assert.equal(fSurvival(Number.NaN, 2, 3), Number.NaN);
});
