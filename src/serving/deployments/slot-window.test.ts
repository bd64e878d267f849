import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slotWindow } from './slot-window.ts';

test('slot window: counts what happened within the window and forgets the rest', () => {
  const window = slotWindow(10_000);
  window.answered(500, 1, 0.5);
  window.failed(9_999);
  assert.deepEqual([window.measures(9_999).answers, window.measures(9_999).errors], [1, 1]);
  assert.deepEqual([window.measures(10_000).answers, window.measures(10_000).errors], [0, 1]);
  window.answered(25_000, 1, 0.5);
  assert.deepEqual([window.measures(25_000).answers, window.measures(25_000).errors], [1, 0]);
  assert.deepEqual(window.measures(1e9), { answers: 0, errors: 0, p95Ms: 0, scores: new Array(20).fill(0) });
});

test('slot window: for any latencies the 95th percentile is right within a tenth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.11, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (ms) => {
        const window = slotWindow(60_000);
        for (const one of ms) window.answered(0, one, 0.1);
        const exact = ms.toSorted((a, b) => a - b)[Math.ceil(0.95 * ms.length) - 1]!;
        const { p95Ms } = window.measures(0);
        assert.ok(p95Ms >= exact * 0.999 && p95Ms <= exact * 1.101, `${p95Ms} for ${exact}`);
      },
    ),
  );
});

test('slot window: scores fall into twenty bins, 1 into the last', () => {
  const window = slotWindow(1000);
  for (const score of [0, 0.049, 0.05, 0.999, 1]) window.answered(0, 1, score);
  const { scores } = window.measures(0);
  assert.deepEqual([scores[0], scores[1], scores[19]], [2, 1, 2]);
});
