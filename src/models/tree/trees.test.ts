import assert from 'node:assert/strict';
import { test } from 'node:test';
import { depthOf, impurityImportance, joinTrees, meanLeafValue, type Trees, treeCount } from './trees.ts';

/** One question about a column: at most the threshold gives one value, above another. */
const stump = (feature: number, threshold: number, below: number, above: number): Trees => ({
  roots: Int32Array.of(0, 3),
  feature: Int32Array.of(feature, -1, -1),
  threshold: Float64Array.of(threshold, 0, 0),
  left: Int32Array.of(1, 0, 0),
  right: Int32Array.of(2, 0, 0),
  value: Float64Array.of((below + above) / 2, below, above),
  cover: Float64Array.of(2, 1, 1),
});

const leaf = (value: number): Trees => ({
  roots: Int32Array.of(0, 1),
  feature: Int32Array.of(-1),
  threshold: Float64Array.of(0),
  left: Int32Array.of(0),
  right: Int32Array.of(0),
  value: Float64Array.of(value),
  cover: Float64Array.of(2),
});

test('trees: a value at the threshold goes left, and the mean over trees is the score', () => {
  const both = joinTrees([stump(0, 5, 0.2, 0.8), stump(1, 1, 0, 1)]);
  const rows = { rows: 3, columns: 2, values: Float64Array.of(5, 2, 5.1, 1, 9, 9) };
  assert.deepEqual([...meanLeafValue(both, rows)], [0.6, 0.4, 0.9]);
  assert.deepEqual([treeCount(both), depthOf(both)], [2, 1]);
});

test('trees: joined trees keep their nodes and point at them', () => {
  const joined = joinTrees([leaf(0.5), stump(0, 5, 0, 1), joinTrees([leaf(0.1), leaf(0.3)])]);
  assert.deepEqual([...joined.roots], [0, 1, 4, 5, 6]);
  assert.deepEqual([joined.left[1], joined.right[1]], [2, 3]);
  const scores = meanLeafValue(joined, { rows: 1, columns: 1, values: Float64Array.of(6) });
  assert.ok(Math.abs(scores[0]! - (0.5 + 1 + 0.1 + 0.3) / 4) < 1e-15);
});

test('trees: importance is each tree in equal parts, and 0 where nothing was asked', () => {
  assert.deepEqual(
    [...impurityImportance(joinTrees([stump(0, 1, 0, 1), stump(2, 1, 0, 1)]), 3)],
    [0.5, 0, 0.5],
  );
  assert.deepEqual([...impurityImportance(leaf(0.5), 2)], [0, 0]);
});
