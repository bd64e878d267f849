import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { f1 } from './metrics/f1.ts';
import { prepareSample } from './sample.ts';
import { chooseThreshold } from './threshold.ts';

test('threshold by F1: of equally good scores the highest is taken', () => {
  // From 0.8 on: 2 x 1 / (1 + 3) = 1/2. Everybody: 2 x 3 / (9 + 3) = 1/2 too.
  const labels = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1);
  const scores = Float64Array.of(0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1);
  assert.deepEqual(chooseThreshold(labels, scores, { by: 'f1' }), { value: 0.8, by: 'f1' });
});

test('threshold by F1: with all scores tied the one score is the threshold', () => {
  const labels = Uint8Array.of(1, 0, 0);
  assert.equal(chooseThreshold(labels, new Float64Array(3).fill(0.25), { by: 'f1' }).value, 0.25);
});

test('for any rows: no score gives a higher F1 than the threshold, and none above it the same', () => {
  const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(12)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, (some) => {
      const all: [number, number][] = [[1, 3], [0, 5], ...some];
      const labels = Uint8Array.from(all, ([label]) => label);
      const scores = Float64Array.from(all, ([, step]) => step / 12);
      const f1At = (threshold: number): number => f1.compute(prepareSample(labels, scores, threshold));
      const { value } = chooseThreshold(labels, scores, { by: 'f1' });
      for (const score of scores)
        assert.ok(score > value ? f1At(score) < f1At(value) : f1At(score) <= f1At(value));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('threshold by F1: rows of one outcome are refused', () => {
  assert.throws(() => chooseThreshold(new Uint8Array(4), new Float64Array(4), { by: 'f1' }), {
    code: 'data.one-class',
    message: /^threshold: /,
  });
});

test('threshold fixed: is the number written', () => {
  const chosen = chooseThreshold(new Uint8Array(1), new Float64Array(1), { by: 'fixed', value: 0.4 });
  assert.deepEqual(chosen, { value: 0.4, by: 'fixed' });
});
