import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { type GrowthLimits, growTree } from './grow-tree.ts';
import { rankFeatures } from './ranked-features.ts';
import { depthOf, meanLeafValue, type Trees } from './trees.ts';

const free: GrowthLimits = { maxDepth: 64, minSplit: 2, minLeaf: 1, featuresPerSplit: 99 };

const grow = (
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  limits: Partial<GrowthLimits> = {},
  weights: readonly number[] = rows.map(() => 1),
  seed = 1,
): Trees =>
  growTree(
    rankFeatures(matrixOf(rows)),
    Uint8Array.from(labels),
    Float64Array.from(weights),
    { ...free, ...limits },
    createRandom(seed),
  );

const matrixOf = (rows: readonly (readonly number[])[]) => ({
  rows: rows.length,
  columns: rows[0]!.length,
  values: Float64Array.from(rows.flat()),
});

const isLeaf = (tree: Trees, node: number): boolean => tree.feature[node]! < 0;

test('grow-tree: two columns that help only together are cut one after the other', () => {
  const rows = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const tree = grow(rows, [0, 1, 1, 0]);
  assert.deepEqual([...meanLeafValue(tree, matrixOf(rows))], [0, 1, 1, 0]);
  assert.equal(depthOf(tree), 2);
});

test('grow-tree: rows alike in every column stay together with their share of churn', () => {
  const tree = grow([[1], [1], [1], [1]], [1, 0, 0, 0]);
  assert.deepEqual([...tree.feature], [-1]);
  assert.deepEqual([tree.value[0], tree.cover[0]], [0.25, 4]);
});

test('grow-tree: a row of weight 0 is as if it were not there', () => {
  const with0 = grow([[1], [2], [3], [9]], [0, 1, 1, 0], {}, [1, 1, 1, 0]);
  const without = grow([[1], [2], [3]], [0, 1, 1]);
  assert.deepEqual(with0, without);
});

test('grow-tree: minSplit and minLeaf count rows, not their weights', () => {
  const rows = [[1], [2], [3], [4]];
  assert.equal(grow(rows, [0, 0, 1, 1], { minLeaf: 3 }, [9, 9, 9, 9]).feature.length, 1);
  assert.equal(grow(rows, [0, 0, 1, 1], { minSplit: 5 }, [9, 9, 9, 9]).feature.length, 1);
  assert.equal(grow(rows, [0, 0, 1, 1], { minLeaf: 2, minSplit: 4 }).feature.length, 3);
});

test('grow-tree: drawn columns are looked at until one varies', () => {
  const rows = [
    [7, 7, 7, 1],
    [7, 7, 7, 2],
  ];
  for (let seed = 0; seed < 10; seed++)
    assert.equal(grow(rows, [0, 1], { featuresPerSplit: 1 }, [1, 1], seed).feature[0], 3);
});

test('grow-tree: the seed decides which columns are drawn, and nothing else', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [i, (i * 7) % 40, (i * 11) % 40, (i * 13) % 40]);
  const labels = rows.map((_, i) => ((i * 17) % 3 === 0 ? 1 : 0));
  const of = (seed: number): Trees => grow(rows, labels, { featuresPerSplit: 2 }, undefined, seed);
  assert.deepEqual(of(4), of(4));
  assert.notDeepEqual(of(4), of(5));
});

test('grow-tree: for any rows the tree keeps its limits and its books', () => {
  const row = fc.tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 1 }),
  );
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 2, max: 12 }),
      (all, maxDepth, minLeaf, minSplit) => {
        const rows = all.map(([a, b]) => [a, b]);
        const tree = grow(
          rows,
          all.map((each) => each[2]),
          { maxDepth, minLeaf, minSplit },
        );
        assert.ok(depthOf(tree) <= maxDepth);
        assert.equal(tree.cover[0], all.length);
        for (let node = 0; node < tree.feature.length; node++) {
          if (isLeaf(tree, node)) continue;
          const [left, right] = [tree.left[node]!, tree.right[node]!];
          assert.equal(left, node + 1);
          assert.ok(right > left && tree.cover[node]! >= minSplit);
          assert.equal(tree.cover[left]! + tree.cover[right]!, tree.cover[node]);
          assert.ok(Math.min(tree.cover[left]!, tree.cover[right]!) >= minLeaf);
        }
        // Every row ends in a leaf that holds it: the mean score is the churn rate.
        const scores = meanLeafValue(tree, matrixOf(rows));
        const churned = all.reduce((sum, each) => sum + each[2], 0);
        assert.ok(Math.abs(scores.reduce((sum, value) => sum + value, 0) - churned) < 1e-9);
      },
    ),
  );
});
