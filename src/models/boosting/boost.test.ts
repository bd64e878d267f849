import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { log1pExp, logit } from '../../math/sigmoid.ts';
import { treeCount } from '../tree/trees.ts';
import { binFeatures } from './bins.ts';
import { type BoostingSettings, boost } from './boost.ts';
import { boostedSums } from './boosted-trees.ts';

const count = 400;
const random = createRandom(9);
const matrix = {
  rows: count,
  columns: 3,
  values: Float64Array.from({ length: 3 * count }, () => random.normal()),
};
const columns = [0, 1, 2].map((f) => matrix.values.filter((_, i) => i % 3 === f));
const labels = Uint8Array.from({ length: count }, (_, row) =>
  Math.abs(matrix.values[3 * row]!) + matrix.values[3 * row + 1]! + random.normal() > 1 ? 1 : 0,
);
const weights = new Float64Array(count).fill(1);
const features = ['a', 'b', 'c'].map((name) => ({ name, levels: null }));
const everyRow = Int32Array.from({ length: count }, (_, row) => row);
const first = everyRow.filter((row) => row < 300);
const last = everyRow.filter((row) => row >= 300);
const usual: BoostingSettings = {
  trees: 60,
  learningRate: 0.2,
  maxLeaves: 8,
  maxDepth: Number.POSITIVE_INFINITY,
  minLeaf: 5,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  patience: 5,
  minHessian: 1e-3,
  l1: 0,
  growth: 'leaf',
  ways: new Int8Array(3),
  tolerance: 0,
};
const run = (settings: Partial<BoostingSettings> = {}, validation?: Int32Array, seed = 1) =>
  boost(
    binFeatures(columns, features, weights, first, 64),
    { labels, weights, training: first, validation },
    { ...usual, ...settings },
    createRandom(seed),
  );
const lossOf = ({ base, trees }: ReturnType<typeof run>, rows: Int32Array): number => {
  const sums = boostedSums(trees, matrix);
  return rows.reduce((sum, row) => sum + log1pExp((labels[row] === 1 ? -1 : 1) * (base + sums[row]!)), 0);
};

test('boost: the sum starts at the log-odds of the churn rate, and each tree lowers the loss of its rows', () => {
  const rate = first.filter((row) => labels[row] === 1).length / 300;
  assert.equal(run().base, logit(rate));
  const losses = [0, 1, 5, 20, 60].map((trees) => (trees === 0 ? 300 : lossOf(run({ trees }), first)));
  losses.slice(1).forEach((loss, i) => {
    assert.ok(loss < losses[i]!);
  });
});

test('boost: with validation rows the trees end where their loss is least', () => {
  const stopped = run({ trees: 300 }, last);
  const kept = treeCount(stopped.trees);
  assert.ok(kept > 3 && kept < 100, `${kept} trees`);
  const least = lossOf(stopped, last);
  for (const trees of [1, kept - 1, kept + 1, kept + 3]) assert.ok(least <= lossOf(run({ trees }), last));
});

test('boost: shares draw other rows and columns by seed; all of them leave nothing to chance', () => {
  assert.deepEqual(run({ trees: 3 }, undefined, 1), run({ trees: 3 }, undefined, 2));
  const drawn = (seed: number) => run({ trees: 3, rowShare: 0.5, columnShare: 0.34 }, undefined, seed);
  assert.notDeepEqual(drawn(1), drawn(2));
  const { trees } = drawn(1);
  for (let t = 0; t < 3; t++) {
    assert.equal(trees.cover[trees.roots[t]!], 150);
    const asked = trees.feature.slice(trees.roots[t]!, trees.roots[t + 1]!).filter((feature) => feature >= 0);
    assert.equal(new Set(asked).size, 1);
  }
});

test('boost: a churn rate that rounds to 1 has log-odds that a file can hold', () => {
  const heavy = Float64Array.from(labels, (label) => (label === 1 ? 1e20 : 1));
  const { base } = boost(
    binFeatures(columns, features, heavy, first, 64),
    { labels, weights: heavy, training: first, validation: undefined },
    { ...usual, trees: 1 },
    createRandom(1),
  );
  assert.equal(base, 37);
});

test('boost: rows that are told wrong for certain make no gain without end, though nothing holds their leaf back', () => {
  const rash = { learningRate: 1, maxLeaves: 64, minLeaf: 1, minHessian: 0, l2: 0, rowShare: 0.7 };
  const { trees } = run({ trees: 40, ...rash });
  assert.ok(trees.gain.every(Number.isFinite));
  assert.ok(trees.value.every(Number.isFinite));
});

test('boost: tree 2 does not depend on how many follow', () => {
  const few = run({ trees: 2, rowShare: 0.7 }).trees;
  const many = run({ trees: 5, rowShare: 0.7 }).trees;
  assert.deepEqual(many.value.slice(0, few.value.length), few.value);
});
