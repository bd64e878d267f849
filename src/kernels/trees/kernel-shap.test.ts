/** The compiled kernel against its plain twin, to the bit, on trees and rows of any shape; against patterns and the definition. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Matrix } from '../../math/linear-algebra.ts';
import type { TreeShap } from './explained-trees.ts';
import { kernelShap } from './kernel-shap.ts';
import { goesLeft, plainSums } from './plain-sums.ts';
import { rowShap } from './row-shap.ts';
import { planShap } from './shap-plan.ts';
import { patternShap } from './testing/pattern-shap.ts';
import { randomRows, randomTrees, type TreesShape, type WeighedTrees } from './testing/random-trees.ts';
import { isLeft, testShapley } from './testing/shapley.ts';

const ready = (trees: WeighedTrees) => kernelShap(trees, planShap(trees)!)!;

testShapley('kernel-shap', (tree, rows) => {
  const trees = { ...tree, threshold: Float64Array.from(tree.threshold) };
  const columns = rows[0]!.length;
  return kernelShap(trees, planShap(trees)!)!({
    rows: rows.length,
    columns,
    values: Float64Array.from(rows.flat()),
  });
});

testShapley('pattern-shap', (tree, rows) =>
  patternShap(
    tree,
    (node, out) => {
      rows.forEach((row, r) => {
        out[r] = isLeft(tree, row, node) ? 1 : 0;
      });
    },
    rows.length,
    rows[0]!.length,
  ),
);

const goes =
  (trees: WeighedTrees, { columns, values }: Matrix) =>
  (row: number, node: number): boolean =>
    goesLeft(trees, node, values[row * columns + trees.feature[node]!]!);

const twin = (trees: WeighedTrees, matrix: Matrix): TreeShap =>
  rowShap(trees, planShap(trees)!, goes(trees, matrix), matrix.rows, matrix.columns);

function byPatterns(trees: WeighedTrees, matrix: Matrix): TreeShap {
  const goesLeftOf = goes(trees, matrix);
  const directions = (node: number, out: Uint8Array): void => {
    for (let row = 0; row < matrix.rows; row++) out[row] = goesLeftOf(row, node) ? 1 : 0;
  };
  return patternShap(trees, directions, matrix.rows, matrix.columns);
}

/** Both ways round their own sums of `leaves` parts that are a few units large. */
const tolerance = 1e-13;

const anyShape = fc.record({
  trees: fc.integer({ min: 0, max: 6 }),
  leaves: fc.constantFrom(1, 2, 8, 20, 60),
  numbers: fc.integer({ min: 0, max: 9 }),
  categories: fc.integer({ min: 0, max: 3 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

test('kernel-shap: for any trees and rows the bits are those of the twin, the values those of patterns, and they add up', () => {
  fc.assert(
    fc.property(anyShape, fc.integer({ min: 1, max: 20 }), (shape, rows) => {
      const trees = randomTrees(shape);
      const matrix = randomRows(shape, rows);
      const got = ready(trees)(matrix);
      assert.deepEqual(got, twin(trees, matrix));
      const due = byPatterns(trees, matrix);
      assert.ok(Math.abs(got.base - due.base) <= tolerance);
      got.values.forEach((value, at) => {
        assert.ok(Math.abs(value - due.values[at]!) <= tolerance, `${value} at ${at}, ${due.values[at]}`);
      });
      plainSums(trees)(matrix).forEach((sum, row) => {
        const own = got.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
        const total = own.reduce((all, value) => all + value, got.base);
        assert.ok(Math.abs(total - sum) < 1e-12, `row ${row} adds up to ${total}, not ${sum}`);
      });
    }),
    { numRuns: 60 },
  );
});

test('kernel-shap: a row alone and in batches of any length has the same bits', () => {
  const shape: TreesShape = { trees: 20, leaves: 12, numbers: 40, categories: 2, seed: 8 };
  const explain = ready(randomTrees(shape));
  const { rows, columns, values } = randomRows(shape, 300);
  const all = explain({ rows, columns, values }).values;
  for (const [from, to] of [
    [0, 1],
    [17, 18],
    [290, 300],
    [10, 170],
  ] as const) {
    const part = { rows: to - from, columns, values: values.slice(from * columns, to * columns) };
    assert.deepEqual(explain(part).values, all.slice(from * columns, to * columns));
  }
});

test('kernel-shap: what it worked with for other trees does not show', () => {
  const shape: TreesShape = { trees: 3, leaves: 20, numbers: 5, categories: 1, seed: 3 };
  const [small, large] = [randomTrees(shape), randomTrees({ ...shape, trees: 9, leaves: 60 })];
  const matrix = randomRows(shape, 3);
  const [explainSmall, explainLarge] = [ready(small), ready(large)];
  const due = explainSmall(matrix);
  explainLarge(randomRows({ ...shape, seed: 4 }, 40));
  assert.deepEqual(explainSmall(matrix), due);
});
