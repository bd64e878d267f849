/** The compiled kernel against its plain twin, on networks and rows of any shape. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import { trainerOf } from './kernel-trainer.ts';
import { drawWeights } from './network.ts';
import type { TrainerSettings, TrainingRows } from './network-trainer.ts';
import { openPlainTrainer } from './plain-trainer.ts';

const builds: readonly KernelBuild[] = trainingBuild() === 'relaxed' ? ['strict', 'relaxed'] : ['strict'];

const anyCase = fc.record({
  columns: fc.integer({ min: 1, max: 20 }),
  hidden: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
  rows: fc.integer({ min: 1, max: 60 }),
  batchSize: fc.integer({ min: 1, max: 65 }),
  alpha: fc.constantFrom(0, 0.01, 1),
  isWeighted: fc.boolean(),
  // Few zeros are multiplied, many passed over.
  zeros: fc.constantFrom(0.1, 0.7),
  // So many columns from the second on have one of two numbers: told as patterns.
  ofTwo: fc.constantFrom(0, 3, 20),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

function rowsOf(
  count: number,
  columns: number,
  isWeighted: boolean,
  seed: number,
  { zeros = 0.7, ofTwo = 0 } = {},
): TrainingRows {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: count * columns }, (_, i) => {
    const [isZero, number] = [random.uniform() < zeros, random.normal()];
    const column = i % columns;
    if (column > 0 && column <= ofTwo) return isZero ? 0.5 * (column % 2) : 1;
    return isZero ? 0 : number;
  });
  const labels = Uint8Array.from({ length: count }, () => (random.uniform() < 0.4 ? 1 : 0));
  const weights = Float64Array.from({ length: count }, () => (isWeighted ? 0.5 + 2 * random.uniform() : 1));
  return { values, columns, labels, weights };
}

const rowNumbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

const furthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

for (const build of builds) {
  test(`kernel-trainer, ${build}: for any network and rows three epochs are those of the plain twin, in single precision`, () => {
    fc.assert(
      fc.property(anyCase, ({ columns, hidden, rows: count, batchSize, alpha, isWeighted, seed, ...of }) => {
        const sizes = [columns, ...hidden, 1];
        const rows = rowsOf(count, columns, isWeighted, seed, of);
        const start = drawWeights(sizes, createRandom(seed).fork('weights'));
        // A large epsilon: otherwise Adam makes a whole step of the sign of a slope that is nearly 0.
        const settings: TrainerSettings = {
          ...{ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0.1, alpha },
          batchSize: Math.min(batchSize, count),
        };
        const order = createRandom(seed).fork('order').shuffle(rowNumbers(count));
        const plain = openPlainTrainer(sizes, start, rows, settings);
        const kernel = trainerOf(build, sizes, start, rows, settings);
        for (let epoch = 0; epoch < 3; epoch++) {
          const due = plain.epoch(order);
          const loss = kernel.epoch(order);
          assert.ok(Math.abs(loss - due) < 2e-5 * (1 + due), `loss ${loss}, ${due} is due`);
        }
        const off = furthest(kernel.weights(), plain.weights());
        assert.ok(off < 2e-5, `weights differ by ${off}`);
      }),
      { numRuns: 60 },
    );
  });

  test(`kernel-trainer, ${build}: rows told right are those of the plain twin, what is kept stays`, () => {
    const rows = rowsOf(300, 7, true, 5);
    const settings = {
      learningRate: 0.01,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      alpha: 0.1,
      batchSize: 64,
    };
    const sizes = [7, 12, 1];
    const start = drawWeights(sizes, createRandom(9));
    const plain = openPlainTrainer(sizes, start, rows, settings);
    const kernel = trainerOf(build, sizes, start, rows, settings);
    const all = rowNumbers(300);
    for (const trainer of [plain, kernel]) for (let epoch = 0; epoch < 5; epoch++) trainer.epoch(all);
    const some = all.filter((row) => row % 3 === 0);
    assert.ok(Math.abs(kernel.weightRight(some) - plain.weightRight(some)) < 1e-4);
    kernel.keep();
    const kept = kernel.weights();
    kernel.epoch(all);
    assert.deepEqual(kernel.kept(), kept);
    assert.ok(furthest(kernel.weights(), kept) > 1e-4);
  });
}

test('kernel-trainer: one epoch twice gives the same bits', () => {
  const rows = rowsOf(500, 9, false, 3);
  const settings = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, alpha: 0, batchSize: 50 };
  const order = rowNumbers(500);
  const [first, second] = [1, 2].map(() => {
    const trainer = trainerOf(
      trainingBuild(),
      [9, 16, 8, 1],
      drawWeights([9, 16, 8, 1], createRandom(1)),
      rows,
      settings,
    );
    trainer.epoch(order);
    return trainer.weights();
  });
  assert.deepEqual(first, second);
});
