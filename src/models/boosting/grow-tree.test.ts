import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { openPlainSearch } from '../../kernels/boosting/plain-search.ts';
import type { Matrix } from '../../table/matrix.ts';
import { binFeatures } from './bins.ts';
import { addTree } from './boosted-trees.ts';
import type { BoostedFeature } from './features.ts';
import { type GrowthLimits, growBoostedTree } from './grow-tree.ts';

const features: BoostedFeature[] = [
  { name: 'x', levels: null },
  { name: 'z', levels: null },
  { name: 'plan', levels: ['a', 'b', 'c'] },
];
const count = 300;
const random = createRandom(5);
const matrix: Matrix = {
  rows: count,
  columns: 3,
  values: Float64Array.from({ length: 3 * count }, (_, i) =>
    i % 3 === 2 ? random.integer(3) : i % 3 === 1 && random.uniform() < 0.2 ? Number.NaN : random.normal(),
  ),
};
const weights = new Float64Array(count).fill(1);
const everyRow = Int32Array.from({ length: count }, (_, row) => row);
const binned = binFeatures(matrix, features, weights, everyRow, 40);
const gradients = Float64Array.from({ length: count }, (_, row) => {
  const [x, z, plan] = matrix.values.subarray(3 * row, 3 * row + 3);
  return Math.abs(x!) - 1 + (Number.isNaN(z!) ? 0.6 : -z! / 3) + (plan === 1 ? 0.8 : 0);
});
const hessians = new Float64Array(count).fill(0.2);
const usual: GrowthLimits = {
  l2: 1,
  minLeaf: 5,
  learningRate: 0.5,
  maxLeaves: 12,
  maxDepth: Number.POSITIVE_INFINITY,
};
const grow = (limits: Partial<GrowthLimits> = {}, asked = [0, 1, 2]) => {
  const rows = everyRow.slice();
  const all = { ...usual, ...limits };
  const search = openPlainSearch(binned, all);
  const asking = Int32Array.from(asked);
  return { rows, ...growBoostedTree(binned, gradients, hessians, rows, asking, all, search) };
};
const leavesOf = (feature: Int32Array): number[] => [...feature.keys()].filter((node) => feature[node]! < 0);

test('grow-tree: the stretch of each leaf holds the rows that reach it', () => {
  const { tree, starts, ends, rows } = grow();
  const reached = new Float64Array(count);
  addTree(tree, 0, matrix, reached, everyRow);
  const leaves = leavesOf(tree.feature);
  for (const leaf of leaves)
    for (const row of rows.subarray(starts[leaf], ends[leaf])) assert.equal(reached[row], tree.value[leaf]);
  assert.equal(
    leaves.reduce((sum, leaf) => sum + ends[leaf]! - starts[leaf]!, 0),
    count,
  );
});

test('grow-tree: a leaf holds the Newton step of exactly the rows that reach it', () => {
  const { tree } = grow();
  const reached = new Float64Array(count);
  addTree(tree, 0, matrix, reached, everyRow);
  const leaves = leavesOf(tree.feature);
  assert.equal(leaves.length, 12);
  for (const leaf of leaves) {
    const own = [...everyRow].filter((row) => reached[row] === tree.value[leaf]);
    assert.equal(own.length, tree.cover[leaf]);
    assert.ok(own.length >= usual.minLeaf);
    const due = (-0.5 * own.reduce((sum, row) => sum + gradients[row]!, 0)) / (0.2 * own.length + 1);
    assert.ok(Math.abs(tree.value[leaf]! - due) < 1e-12);
  }
});

test('grow-tree: the cut of the largest gain comes first, so a smaller tree is the beginning of a larger', () => {
  const small = grow({ maxLeaves: 5 }).tree;
  const large = grow().tree;
  assert.deepEqual(small.value, large.value.slice(0, small.value.length));
  assert.ok(small.gain[0]! > 0 && [...large.gain].every((gain) => gain >= 0));
  assert.deepEqual([...small.cover].slice(0, 1), [count]);
});

test('grow-tree: children stand behind their parent and share its rows', () => {
  const { feature, left, right, cover } = grow().tree;
  feature.forEach((asked, node) => {
    if (asked < 0) return;
    assert.ok(left[node]! > node && right[node]! > node);
    assert.equal(cover[left[node]!]! + cover[right[node]!]!, cover[node]);
  });
});

test('grow-tree: depth, leaves and the columns drawn bound the tree; rows are only reordered', () => {
  const { tree, rows } = grow({ maxDepth: 1 }, [1]);
  assert.deepEqual([...tree.feature], [1, -1, -1]);
  assert.deepEqual(
    [...rows].sort((a, b) => a - b),
    [...everyRow],
  );
  assert.equal(grow({ minLeaf: 200 }).tree.feature.length, 1);
});

test('grow-tree: without missing values in training they go with the larger side', () => {
  const { tree } = grow({ maxLeaves: 2 }, [0]);
  assert.equal(tree.missingLeft[0], tree.cover[tree.left[0]!]! > tree.cover[tree.right[0]!]! ? 1 : 0);
});

test('grow-tree: where only missing values go right every number goes left', () => {
  const onlyMissing = Float64Array.from({ length: count }, (_, row) =>
    Number.isNaN(matrix.values[3 * row + 1]!) ? 1 : -0.2,
  );
  const limits = { ...usual, maxLeaves: 2 };
  const search = openPlainSearch(binned, limits);
  const asked = Int32Array.of(1);
  const { tree } = growBoostedTree(binned, onlyMissing, hessians, everyRow.slice(), asked, limits, search);
  assert.deepEqual([tree.threshold[0], tree.missingLeft[0]], [Number.MAX_VALUE, 0]);
});
