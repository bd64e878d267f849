/** The compiled kernel against its plain twin, on trees and rows of any shape: the same sums, to the bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kernelSums } from './kernel-sums.ts';
import { plainSums } from './plain-sums.ts';
import { randomRows, randomTrees } from './testing/random-trees.ts';

const anyShape = fc.record({
  trees: fc.integer({ min: 0, max: 70 }),
  leaves: fc.constantFrom(1, 2, 8, 9, 16, 17, 32, 33, 64, 65, 150),
  numbers: fc.integer({ min: 0, max: 5 }),
  categories: fc.integer({ min: 0, max: 2 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

test('kernel-sums: for any trees and rows the sums are those of the plain walk, to the bit', () => {
  fc.assert(
    fc.property(anyShape, fc.integer({ min: 0, max: 12 }), (shape, rows) => {
      const trees = randomTrees(shape);
      const matrix = randomRows(shape, rows);
      assert.deepEqual(kernelSums(trees)(matrix), plainSums(trees)(matrix));
    }),
    { numRuns: 60 },
  );
});

test('kernel-sums: forests without ways for missing values send them right', () => {
  for (const leaves of [20, 100]) {
    const shape = { trees: 10, leaves, numbers: 4, categories: 0, seed: leaves };
    const { roots, feature, threshold, left, right, value } = randomTrees(shape);
    const trees = { roots, feature, threshold, left, right, value };
    const matrix = randomRows(shape, 50);
    assert.deepEqual(kernelSums(trees)(matrix), plainSums(trees)(matrix));
  }
});

test('kernel-sums: infinite values and a threshold at infinity, beyond which only missing values lie', () => {
  const [low, high, infinite] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];
  for (const threshold of [low, -0, 0, high, infinite]) {
    const trees = {
      roots: Int32Array.of(0, 3),
      feature: Int32Array.of(0, -1, -1),
      threshold: Float64Array.of(threshold, 0, 0),
      left: Int32Array.of(1, 0, 0),
      right: Int32Array.of(2, 0, 0),
      value: Float64Array.of(0, 1, 2),
    };
    const values = Float64Array.of(-1, -0, 0, 1, high, Number.NaN);
    const matrix = { rows: values.length, columns: 1, values };
    assert.deepEqual(kernelSums(trees)(matrix), plainSums(trees)(matrix), `threshold ${threshold}`);
  }
});

test('kernel-sums: a row alone, a batch longer than the memory takes at once, and models in turn give the same bits', () => {
  const shape = { trees: 30, leaves: 12, numbers: 300, categories: 0, seed: 3 };
  const deep = { ...shape, leaves: 100, seed: 4 };
  const [one, other] = [kernelSums(randomTrees(shape)), kernelSums(randomTrees(deep))];
  const { columns, values } = randomRows(shape, 1000);
  const [all, allOther] = [one({ rows: 1000, columns, values }), other({ rows: 1000, columns, values })];
  assert.deepEqual(all, plainSums(randomTrees(shape))({ rows: 1000, columns, values }));
  for (const row of [0, 1, 435, 436, 999]) {
    const alone = { rows: 1, columns, values: values.slice(row * columns, (row + 1) * columns) };
    assert.deepEqual([...one(alone), ...other(alone)], [all[row], allOther[row]]);
  }
});

test('kernel-sums: rows wider than the memory to work in are walked, rows too narrow refused', () => {
  const shape = { trees: 3, leaves: 12, numbers: 3, categories: 0, seed: 5 };
  const trees = randomTrees(shape);
  const columns = 140_000;
  const values = new Float64Array(columns);
  values.set(randomRows(shape, 1).values);
  const narrow = { rows: 1, columns: 3, values: values.slice(0, 3) };
  assert.deepEqual(kernelSums(trees)({ rows: 1, columns, values }), kernelSums(trees)(narrow));
  assert.throws(() => kernelSums(trees)({ rows: 1, columns: 1, values: values.slice(0, 1) }), RangeError);
});
