import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stepsOf } from './boosting-engine.ts';

const rowsOf = (weights: number[], watched: number) => ({
  labels: new Uint8Array(weights.length),
  weights: Float64Array.from(weights),
  training: Int32Array.from({ length: weights.length - watched }, (_, row) => row),
  watched: Int32Array.from({ length: watched }, (_, i) => weights.length - 1 - i),
  base: 0,
});

test('boosting-engine: for any weights steps are powers of 2, as fine as sums of whole numbers bear', () => {
  const weight = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 50 }), (weights) => {
      const total = weights.reduce((sum, each) => sum + each, 0);
      const { slope, bend } = stepsOf(rowsOf(weights, 1));
      for (const steps of [slope, bend]) assert.equal(Math.log2(steps) % 1, 0);
      assert.ok(slope * total <= 2 ** 50 * (1 + 1e-9) && slope * total > 2 ** 49 * (1 - 1e-9));
      assert.ok((bend * total) / 4 <= 2 ** 36 * (1 + 1e-9) && (bend * total) / 4 > 2 ** 35 * (1 - 1e-9));
    }),
  );
});

test('boosting-engine: rows that only follow count in the steps, for they are rounded too', () => {
  const steps = stepsOf(rowsOf([1, 1, 1e6], 1));
  assert.deepEqual(steps, stepsOf(rowsOf([1, 1, 1e6], 0)));
});
