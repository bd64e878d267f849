import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { exactInterval, wilsonInterval } from './binomial-interval.ts';

const { beta } = readGolden<{
  beta: { binomial: { successes: number[]; trials: number[]; exact: number[][]; wilson: number[][] } };
}>('math');
const { successes, trials, exact, wilson } = beta.binomial;

for (const [name, interval, expected, relative] of [
  ['wilsonInterval', wilsonInterval, wilson, 1e-13],
  ['exactInterval', exactInterval, exact, 1e-11],
] as const)
  test(`${name}: agrees with scipy.stats.binomtest`, () => {
    const found = successes.map((k, i) => {
      const { low, high } = interval(k, trials[i]!);
      return [low, high];
    });
    assertClose(found, expected, {
      relative,
      absolute: 1e-16,
      reason: 'a difference of like numbers in Wilson; scipy finds the exact bounds by bisection to 1e-12',
    });
  });

test('binomial intervals: no trials tell nothing, no successes start at 0, only successes end at 1', () => {
  for (const interval of [wilsonInterval, exactInterval]) {
    assert.deepEqual(interval(0, 0), { low: 0, high: 1 });
    assert.equal(interval(0, 8).low, 0);
    assert.equal(interval(8, 8).high, 1);
  }
});

test('for any counts: the interval holds the rate seen and grows with its level', () => {
  const counts = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, ([k, n]) => {
      for (const interval of [wilsonInterval, exactInterval]) {
        const usual = interval(k, n);
        const wide = interval(k, n, 0.99);
        assert.ok(usual.low <= k / n && k / n <= usual.high);
        assert.ok(wide.low <= usual.low && usual.high <= wide.high);
      }
    }),
  );
});
