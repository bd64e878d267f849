import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { openPlainEngine } from '../../kernels/boosting/plain-engine.ts';
import { asBoostedTrees } from './as-boosted-trees.ts';
import { binFeatures } from './bins.ts';
import { boostedSums } from './boosted-trees.ts';

const count = 1200;
const random = createRandom(5);
const columns = [
  Float64Array.from({ length: count }, () => random.normal()),
  Float64Array.from({ length: count }, () => (random.uniform() < 0.2 ? Number.NaN : random.normal())),
  Float64Array.from({ length: count }, () => random.integer(40)),
];
const features = [
  { name: 'x', levels: null },
  { name: 'z', levels: null },
  { name: 'plan', levels: Array.from({ length: 40 }, (_, i) => `level ${i}`) },
];
const labels = Uint8Array.from({ length: count }, (_, row) =>
  columns[0]![row]! + (Number.isNaN(columns[1]![row]!) ? 1 : 0) + (columns[2]![row]! % 2) > 0.8 ? 1 : 0,
);
const every = Int32Array.from({ length: count }, (_, row) => row);
const weights = new Float64Array(count).fill(1);
const rules = {
  ...{ learningRate: 0.5, maxLeaves: 12, maxDepth: 9, minLeaf: 4, minHessian: 0, l1: 0, l2: 1 },
  ...{ growth: 'leaf' as const, ways: new Int8Array(3) },
};
const matrix = {
  rows: count,
  columns: 3,
  values: Float64Array.from({ length: 3 * count }, (_, i) => columns[i % 3]![Math.floor(i / 3)]!),
};

test('as-boosted-trees: a row reaches by its values the leaf that it reached by its bins', () => {
  const binned = binFeatures(columns, features, weights, every, 20);
  const watched = every.filter((row) => row % 3 === 0);
  const training = every.filter((row) => row % 3 > 0);
  const engine = openPlainEngine(binned, { labels, weights, training, watched, base: 0 }, rules);
  const trees = asBoostedTrees(engine.grow(Int32Array.of(0, 1, 2)), binned);
  assert.ok(trees.levelSets.length > 0 && trees.feature.includes(0) && trees.feature.includes(1));
  const sums = boostedSums(trees, matrix);
  assert.deepEqual(
    [...watched].map((row) => sums[row]),
    [...engine.watchedSums()],
  );
});

test('as-boosted-trees: where only missing values go right every number goes left', () => {
  const binned = binFeatures(columns, features, weights, every, 20);
  const missing = Uint8Array.from(every, (row) => (Number.isNaN(columns[1]![row]!) ? 1 : 0));
  const rows = { labels: missing, weights, training: every, watched: new Int32Array(0), base: 0 };
  const tree = asBoostedTrees(
    openPlainEngine(binned, rows, { ...rules, maxLeaves: 2 }).grow(Int32Array.of(1)),
    binned,
  );
  assert.deepEqual([tree.threshold[0], tree.missingLeft[0]], [Number.MAX_VALUE, 0]);
});
