/** Scores of the compiled kernel against those of its plain twin, to the bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { kernelScores } from './kernel-scores.ts';
import { drawWeights, layersOf } from './network.ts';
import type { WriteRows } from './network-scores.ts';
import { plainScores } from './plain-scores.ts';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(-0) },
  { weight: 4, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
/** Weights of a file may be anything. */
const strange = fc.oneof(
  { weight: 30, arbitrary: value },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);
const floats = (length: number, of: fc.Arbitrary<number>) =>
  fc.array(of, { minLength: length, maxLength: length }).map((list) => Float64Array.from(list));
const anyNetwork = fc
  .record({
    columns: fc.integer({ min: 1, max: 20 }),
    hidden: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
    rows: fc.integer({ min: 0, max: 6 }),
    isStrange: fc.boolean(),
  })
  .chain(({ columns, hidden, rows, isStrange }) => {
    const sizes = [columns, ...hidden, 1];
    return fc.record({
      sizes: fc.constant(sizes),
      weights: floats(layersOf(sizes).weightCount, isStrange ? strange : value),
      input: floats(rows * columns, value),
    });
  });

const rowsOf =
  (input: Float64Array, columns: number): WriteRows =>
  (to, at, from, count) =>
    to.set(input.subarray(from * columns, (from + count) * columns), at);

test('kernel-scores: for any network and rows the log-odds are those of the plain twin, to the bit', () => {
  fc.assert(
    fc.property(anyNetwork, ({ sizes, weights, input }) => {
      const write = rowsOf(input, sizes[0]!);
      const count = input.length / sizes[0]!;
      // As numbers: a NaN has many bits, and none of them becomes a score.
      assert.deepEqual(
        [...kernelScores(sizes, weights)(count, write)],
        [...plainScores(sizes, weights)(count, write)],
      );
    }),
    { numRuns: 150 },
  );
});

test('kernel-scores: many rows score as each alone', () => {
  const random = createRandom(4);
  const sizes = [45, 64, 32, 1];
  const scores = kernelScores(sizes, drawWeights(sizes, random.fork('weights')));
  const input = Float64Array.from({ length: 45 * 300 }, () => (random.uniform() < 0.5 ? 0 : random.normal()));
  const together = scores(300, rowsOf(input, 45));
  assert.ok(new Set(together).size > 290);
  together.forEach((one, row) => {
    assert.deepEqual([...scores(1, rowsOf(input.subarray(45 * row), 45))], [one]);
  });
});

test('kernel-scores: what is too wide for the memory to work in goes the way of the twin', () => {
  const sizes = [60_000, 2, 1];
  const weights = drawWeights(sizes, createRandom(1));
  const input = Float64Array.from({ length: 2 * 60_000 }, (_, i) => (i % 7) - 3);
  const write = rowsOf(input, 60_000);
  assert.deepEqual(kernelScores(sizes, weights)(2, write), plainScores(sizes, weights)(2, write));
});

test('kernel-scores: networks that take turns do not touch each other', () => {
  const sizes = [3, 9, 1];
  const [one, two] = [1, 2].map((seed) => drawWeights(sizes, createRandom(seed)));
  const write = rowsOf(Float64Array.of(1, -2, 0.5), 3);
  const [first, second] = [kernelScores(sizes, one!), kernelScores(sizes, two!)];
  for (let turn = 0; turn < 2; turn++) {
    assert.deepEqual(first(1, write), plainScores(sizes, one!)(1, write));
    assert.deepEqual(second(1, write), plainScores(sizes, two!)(1, write));
  }
});
