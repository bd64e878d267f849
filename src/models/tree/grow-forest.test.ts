import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { openPlainGrower } from '../../kernels/forest/plain-grower.ts';
import { binColumns } from './bin-columns.ts';
import { type ForestSettings, growForest } from './grow-forest.ts';
import { depthOf, joinTrees, meanLeafValue, treeCount } from './trees.ts';

const settings: ForestSettings = {
  trees: 3,
  isDrawn: true,
  maxDepth: 6,
  minSplit: 2,
  minLeaf: 2,
  featuresPerSplit: 2,
};

function madeUp(rows: number, seed: number) {
  const random = createRandom(seed);
  const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const labels = Uint8Array.from(columns[0]!, (value, row) => (value + columns[1]![row]! > 0.5 ? 1 : 0));
  return { columns, labels, weights: null, ofStaying: 1, ofChurned: 1 };
}

test('grow-forest: each tree is what the plain twin grows from the stream of its number', () => {
  const { columns, ...rows } = madeUp(400, 1);
  const plain = openPlainGrower(binColumns(columns, 400), rows, settings);
  const due = [0, 1, 2].map((t) => {
    const stream = createRandom(9).fork('tree', t);
    const words = [stream.uint32(), stream.uint32(), stream.uint32(), stream.uint32()] as const;
    const grown = plain.grow(words, true);
    return { roots: Int32Array.of(0, grown.feature.length), ...grown };
  });
  const missingLeft = Uint8Array.from(due.flatMap((tree) => [...tree.missingLeft]));
  assert.deepEqual(growForest(columns, rows, settings, createRandom(9)), { ...joinTrees(due), missingLeft });
});

test('grow-forest: for any rows a tree of all of them keeps its limits and its books', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 2, max: 12 }),
      (all, maxDepth, minLeaf, minSplit) => {
        const columns = [0, 1].map((c) => Float64Array.from(all, (each) => Number(each[c])));
        const labels = Uint8Array.from(all, (each) => (each[2] ? 1 : 0));
        const own = { ...settings, trees: 1, isDrawn: false, maxDepth, minLeaf, minSplit };
        const rows = { labels, weights: null, ofStaying: 1, ofChurned: 1 };
        const tree = growForest(columns, rows, own, createRandom(1));
        assert.equal(treeCount(tree), 1);
        assert.ok(depthOf(tree) <= maxDepth);
        assert.equal(tree.cover[0], all.length);
        for (let node = 0; node < tree.feature.length; node++) {
          if (tree.feature[node]! < 0) continue;
          const [left, right] = [tree.left[node]!, tree.right[node]!];
          assert.equal(left, node + 1);
          assert.ok(right > left && tree.cover[node]! >= minSplit);
          assert.equal(tree.cover[left]! + tree.cover[right]!, tree.cover[node]);
          assert.ok(Math.min(tree.cover[left]!, tree.cover[right]!) >= minLeaf);
        }
        // Every row ends in a leaf that holds it: the mean score is the churn rate.
        const values = Float64Array.from(all.flatMap((each) => [each[0], each[1]]));
        const scores = meanLeafValue(tree, { rows: all.length, columns: 2, values });
        const churned = labels.reduce((sum, label) => sum + label, 0);
        assert.ok(Math.abs(scores.reduce((sum, value) => sum + value, 0) - churned) < 1e-9);
      },
    ),
  );
});

test('grow-forest: a stop ends it between two trees', () => {
  const { columns, ...rows } = madeUp(50, 2);
  let asked = 0;
  const signal = {
    throwIfAborted() {
      if (++asked === 2) throw new Error('enough');
    },
  };
  assert.throws(() => growForest(columns, rows, settings, createRandom(1), signal), { message: 'enough' });
});
