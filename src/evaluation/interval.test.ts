import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shareOf, wilsonInterval, withInterval } from './interval.ts';

test('wilson: no trials leave everything open', () => {
  assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 });
  assert.deepEqual(shareOf(0, 0), { value: 0, low: 0, high: 1 });
});

test('for any share: value within the interval, the interval within [0, 1], narrower with more trials', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (hits, trials) => {
      const { value, low, high } = shareOf(Math.min(hits, trials), trials);
      assert.ok(low >= 0 && low <= value && value <= high && high <= 1);
      assert.ok(high > low);
      const more = wilsonInterval(value, 4 * trials);
      assert.ok(more.high - more.low < high - low);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('with interval: is stretched to hold the value', () => {
  assert.deepEqual(withInterval(0.5, { low: 0.1, high: 0.4 }), { value: 0.5, low: 0.1, high: 0.5 });
  assert.deepEqual(withInterval(0.5, { low: 0.6, high: 0.9 }), { value: 0.5, low: 0.5, high: 0.9 });
});
