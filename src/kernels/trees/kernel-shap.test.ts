/** The compiled kernel against its plain twin, on trees and rows of any shape, and against the definition of Shapley. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Matrix } from '../../math/linear-algebra.ts';
import { kernelShap } from './kernel-shap.ts';
import { goesLeft, plainSums } from './plain-sums.ts';
import { randomRows, randomTrees, type TreesShape, type WeighedTrees } from './testing/random-trees.ts';
import { testShapley } from './testing/shapley.ts';
import { type TreeShap, treeShap } from './tree-shap.ts';

testShapley('kernel-shap', (tree, rows) => {
  const trees = { ...tree, threshold: Float64Array.from(tree.threshold) };
  const columns = rows[0]!.length;
  return kernelShap(trees)!({ rows: rows.length, columns, values: Float64Array.from(rows.flat()) });
});

function plain(trees: WeighedTrees, { rows, columns, values }: Matrix): TreeShap {
  const directions = (node: number, isLeft: Uint8Array): void => {
    for (let row = 0; row < rows; row++)
      isLeft[row] = goesLeft(trees, node, values[row * columns + trees.feature[node]!]!) ? 1 : 0;
  };
  return treeShap(trees, directions, rows, columns);
}

/** Both ways round their own sums of `leaves` parts that are a few units large. */
const tolerance = 1e-13;

function assertSame(got: TreeShap, due: TreeShap): void {
  assert.ok(Math.abs(got.base - due.base) <= tolerance);
  got.values.forEach((value, at) => {
    assert.ok(Math.abs(value - due.values[at]!) <= tolerance, `${value} at ${at}, ${due.values[at]} is due`);
  });
}

const anyShape = fc.record({
  trees: fc.integer({ min: 0, max: 6 }),
  leaves: fc.constantFrom(1, 2, 8, 20, 40),
  numbers: fc.integer({ min: 0, max: 7 }),
  categories: fc.integer({ min: 0, max: 3 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

test('kernel-shap: for any trees and rows the values are those of the plain twin within 1e-13, and add up', () => {
  fc.assert(
    fc.property(anyShape, fc.integer({ min: 1, max: 40 }), (shape, rows) => {
      const trees = randomTrees(shape);
      const matrix = randomRows(shape, rows);
      const got = kernelShap(trees)!(matrix);
      assertSame(got, plain(trees, matrix));
      plainSums(trees)(matrix).forEach((sum, row) => {
        const own = got.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
        const total = own.reduce((all, value) => all + value, got.base);
        assert.ok(Math.abs(total - sum) < 1e-12, `row ${row} adds up to ${total}, not ${sum}`);
      });
    }),
    { numRuns: 60 },
  );
});

test('kernel-shap: ways of up to 16 columns, kept by pattern or worked out row by row', () => {
  for (const numbers of [9, 11, 16]) {
    const shape: TreesShape = { trees: 2, leaves: 60, numbers, categories: 0, seed: numbers };
    const trees = randomTrees(shape);
    const matrix = randomRows(shape, 30);
    assertSame(kernelShap(trees)!(matrix), plain(trees, matrix));
  }
});

test('kernel-shap: a row alone and in batches of any length has the same bits', () => {
  const shape: TreesShape = { trees: 20, leaves: 12, numbers: 40, categories: 2, seed: 8 };
  const explain = kernelShap(randomTrees(shape))!;
  const { rows, columns, values } = randomRows(shape, 3000);
  const all = explain({ rows, columns, values }).values;
  for (const [from, to] of [
    [0, 1],
    [17, 18],
    [2990, 3000],
    [100, 1700],
  ] as const) {
    const part = { rows: to - from, columns, values: values.slice(from * columns, to * columns) };
    assert.deepEqual(explain(part).values, all.slice(from * columns, to * columns));
  }
});

test('kernel-shap: trees with more thresholds than a byte has places go in several runs', () => {
  const shape: TreesShape = { trees: 60, leaves: 12, numbers: 2, categories: 1, seed: 9 };
  const made = randomTrees(shape);
  const trees = { ...made, threshold: made.threshold.map((threshold, node) => threshold + node * 1e-9) };
  const matrix = randomRows(shape, 20);
  assertSame(kernelShap(trees)!(matrix), plain(trees, matrix));
});

test('kernel-shap: what bytes and bits do not hold is left to the twin', () => {
  const wide = { trees: 1, leaves: 3000, numbers: 200, categories: 0, seed: 1 };
  assert.equal(kernelShap(randomTrees(wide)), undefined, 'a way of more than 16 columns');
  const ownThresholds = (leaves: number) => {
    const made = randomTrees({ trees: 1, leaves, numbers: 1, categories: 0, seed: 2 });
    return { ...made, threshold: Float64Array.from(made.feature, (_, node) => node) };
  };
  assert.ok(kernelShap(ownThresholds(250)));
  assert.equal(kernelShap(ownThresholds(900)), undefined, 'a tree of more than 254 thresholds');
  const both = randomTrees({ trees: 30, leaves: 8, numbers: 0, categories: 1, seed: 3 });
  const mixed = { ...both, levelSetAt: both.levelSetAt.map((set, node) => (node % 2 === 0 ? set : -1)) };
  assert.equal(kernelShap(mixed), undefined, 'a column as number and as category');
});
