import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boostedSums, gainImportance, joinBoostedTrees } from './boosted-trees.ts';
import { addLeaf, emptyTree, flattened, setLevels } from './testing/written-tree.ts';

/** Column 0 at most 2? Then -1, else level 33 of column 1? Then 5, else 7. Missing: right, then left. */
function small(scale: number) {
  const tree = emptyTree();
  for (const value of [0, -1, 1, 5, 7]) addLeaf(tree, scale * value, 10);
  Object.assign(tree.feature, { 0: 0, 2: 1 });
  Object.assign(tree.left, { 0: 1, 2: 3 });
  Object.assign(tree.right, { 0: 2, 2: 4 });
  Object.assign(tree.gain, { 0: 3, 2: 1 });
  tree.threshold[0] = 2;
  tree.missingLeft[2] = 1;
  setLevels(tree, 2, Uint32Array.of(0, 2, 0, 0, 0, 0, 0, 0));
  return flattened(tree);
}
const matrix = {
  rows: 5,
  columns: 2,
  values: Float64Array.of(2, 0, 3, 33, 3, 1, Number.NaN, Number.NaN, Number.NaN, 0),
};

test('boosted-trees: numbers go by threshold, levels by their bit, missing values by the way of the question', () => {
  assert.deepEqual([...boostedSums(small(1), matrix)], [-1, 5, 7, 5, 7]);
});

test('boosted-trees: joined trees add up, each with its own level sets', () => {
  const joined = joinBoostedTrees([small(1), small(10), small(100)]);
  assert.deepEqual([...boostedSums(joined, matrix)], [-111, 555, 777, 555, 777]);
  assert.deepEqual(
    [...joined.levelSetAt].filter((at) => at >= 0),
    [0, 8, 16],
  );
  assert.deepEqual([...boostedSums(joinBoostedTrees([]), matrix)], [0, 0, 0, 0, 0]);
});

test('boosted-trees: importance is the share of the gain, nothing where nothing is asked', () => {
  assert.deepEqual([...gainImportance(joinBoostedTrees([small(1), small(2)]), 3)], [0.75, 0.25, 0]);
  assert.deepEqual([...gainImportance(joinBoostedTrees([]), 2)], [0, 0]);
});
