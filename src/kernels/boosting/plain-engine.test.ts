/** What a tree is, told by the plain twin; `kernel-engine.test.ts` holds the kernel to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { drawShare } from '../draws.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { GrownTree, GrowthRules } from './boosting-engine.ts';
import { openPlainEngine } from './plain-engine.ts';

const count = 300;
const bins = 20;
const random = createRandom(5);
/** Two numbers, the second with values missing, and a category of three levels. */
const columns = [
  Uint8Array.from({ length: count }, () => random.integer(bins)),
  Uint8Array.from({ length: count }, () => (random.uniform() < 0.2 ? bins : random.integer(bins))),
  Uint8Array.from({ length: count }, () => random.integer(3)),
];
const binned: BinnedFeatures = {
  rows: count,
  features: 3,
  bins: Uint8Array.from(columns.flatMap((column) => [...column])),
  binCounts: Int32Array.of(bins, bins, 3),
  offsets: Int32Array.of(0, bins + 1, 2 * bins + 2, 2 * bins + 6),
  edges: [],
  isCategory: Uint8Array.of(0, 0, 1),
  hasMissing: Uint8Array.of(0, 1, 0),
};
const labels = Uint8Array.from({ length: count }, (_, row) => {
  const z =
    columns[0]![row]! / 10 - 1 + (columns[1]![row] === bins ? 1 : 0) + (columns[2]![row] === 1 ? 1 : 0);
  return random.uniform() < sigmoid(2 * z) ? 1 : 0;
});
const weights = new Float64Array(count).fill(1);
const every = Int32Array.from({ length: count }, (_, row) => row);
const usual: GrowthRules = {
  learningRate: 0.5,
  maxLeaves: 12,
  maxDepth: Number.POSITIVE_INFINITY,
  minLeaf: 5,
  minHessian: 1e-3,
  l1: 0,
  l2: 1,
  growth: 'leaf',
  ways: new Int8Array(3),
};
const open = (rules: Partial<GrowthRules> = {}, training = every, watched = new Int32Array(0)) =>
  openPlainEngine(binned, { labels, weights, training, watched, base: 0 }, { ...usual, ...rules });
const grow = (rules: Partial<GrowthRules> = {}, asked = [0, 1, 2], training = every): GrownTree =>
  open(rules, training).grow(Int32Array.from(asked));

const leafOf = (tree: GrownTree, row: number): number => {
  let node = 0;
  while (tree.feature[node]! >= 0) {
    const feature = tree.feature[node]!;
    const bin = columns[feature]![row]!;
    const isLeft =
      bin === binned.binCounts[feature]
        ? tree.missingLeft[node] === 1
        : binned.isCategory[feature]
          ? ((tree.levels[8 * node]! >>> bin) & 1) === 1
          : bin <= tree.bin[node]!;
    node = (isLeft ? tree.left : tree.right)[node]!;
  }
  return node;
};
const leavesOf = ({ feature }: GrownTree) => [...feature.keys()].filter((node) => feature[node]! < 0);
const depthsOf = (tree: GrownTree): number[] => {
  const depths = new Array<number>(tree.feature.length).fill(0);
  tree.feature.forEach((asked, node) => {
    if (asked < 0) return;
    depths[tree.left[node]!] = depths[node]! + 1;
    depths[tree.right[node]!] = depths[node]! + 1;
  });
  return depths;
};

test('plain-engine: a leaf holds the Newton step of exactly the rows that reach it', () => {
  const tree = grow();
  const reached = [...every].map((row) => leafOf(tree, row));
  const leaves = leavesOf(tree);
  assert.equal(leaves.length, 12);
  for (const leaf of leaves) {
    const own = [...every].filter((row) => reached[row] === leaf);
    assert.equal(own.length, tree.cover[leaf]);
    assert.ok(own.length >= usual.minLeaf);
    const due = (-0.5 * own.reduce((sum, row) => sum + 0.5 - labels[row]!, 0)) / (0.25 * own.length + 1);
    assert.ok(Math.abs(tree.value[leaf]! - due) < 1e-9, `${tree.value[leaf]}, ${due} is due`);
  }
});

test('plain-engine: the cut of the largest gain comes first, so a smaller tree is the beginning of a larger', () => {
  const small = grow({ maxLeaves: 5 });
  const large = grow();
  assert.deepEqual(small.value, large.value.slice(0, small.value.length));
  assert.ok(small.gain[0]! > 0 && [...large.gain].every((gain) => gain >= 0));
});

test('plain-engine: children stand behind their parent and share its rows', () => {
  const { feature, left, right, cover } = grow();
  feature.forEach((asked, node) => {
    if (asked < 0) return;
    assert.ok(left[node]! > node && right[node]! > node);
    assert.equal(cover[left[node]!]! + cover[right[node]!]!, cover[node]);
  });
});

test('plain-engine: by depth each level is cut before the next, so no leaf lies two levels above another', () => {
  const tree = grow({ growth: 'depth', maxLeaves: 8 });
  const depths = depthsOf(tree);
  assert.deepEqual(
    leavesOf(tree).map((leaf) => depths[leaf]),
    new Array(8).fill(3),
  );
  assert.ok(Math.max(...depthsOf(grow({ maxLeaves: 8 }))) > 3);
});

test('plain-engine: depth, least rows and the columns asked bound the tree', () => {
  assert.deepEqual([...grow({ maxDepth: 1 }, [1]).feature], [1, -1, -1]);
  assert.equal(grow({ minLeaf: 200 }).feature.length, 1);
  assert.equal(grow({ minHessian: 40 }).feature.length, 1);
});

test('plain-engine: without missing values in training they go with the larger side', () => {
  const tree = grow({ maxLeaves: 2 }, [0]);
  assert.equal(tree.missingLeft[0], tree.cover[1]! > tree.cover[2]! ? 1 : 0);
});

test('plain-engine: with a given way the sum never falls as the number grows, whatever the rest is', () => {
  const engine = open({ ways: Int8Array.of(-1, 0, 0) });
  const trees = Array.from({ length: 8 }, () => engine.grow(Int32Array.of(0, 1, 2)));
  const asked = trees.flatMap(({ feature }) => [...feature]).filter((feature) => feature === 0).length;
  const own = columns[0]!.slice();
  for (const row of every.filter((place) => place % 10 === 0)) {
    let before = Number.POSITIVE_INFINITY;
    for (let bin = 0; bin < bins; bin++) {
      columns[0]![row] = bin;
      const sum = trees.reduce((total, tree) => total + tree.value[leafOf(tree, row)]!, 0);
      assert.ok(sum <= before + 1e-12, `row ${row}, bin ${bin}`);
      before = sum;
    }
    columns[0]![row] = own[row]!;
  }
  // The truth rises with it, so a fall is hardly ever worth a question.
  assert.ok(asked <= 20, `asked ${asked} times`);
  assert.ok(grow({ ways: Int8Array.of(1, 0, 0) }).feature.includes(0));
});

test('plain-engine: l1 above every slope leaves nothing to add', () => {
  assert.deepEqual([...grow({ l1: 1000 }).value], [0]);
});

test('plain-engine: watched rows follow the trees and do not shape them', () => {
  const training = every.filter((row) => row < 200);
  const watched = every.filter((row) => row >= 200);
  const engine = open({}, training, watched);
  const trees = [engine.grow(Int32Array.of(0, 1, 2)), engine.grow(Int32Array.of(0, 1, 2))];
  assert.equal(trees[0]!.cover[0], 200);
  const due = [...watched].map((row) => trees.reduce((sum, tree) => sum + tree.value[leafOf(tree, row)]!, 0));
  assert.deepEqual([...engine.watchedSums()], due);
});

test('plain-engine: only drawn rows are learned from', () => {
  const wanted = 150;
  const tree = open().grow(Int32Array.of(0, 1, 2), { seed: [3, 1, 4, 1], wanted });
  assert.equal(tree.cover[0], wanted);
  const drawn = drawShare([3, 1, 4, 1], every.length, wanted);
  assert.deepEqual(
    open(
      {},
      every.filter((row) => drawn[row] === 1),
    ).grow(Int32Array.of(0, 1, 2)).feature,
    tree.feature,
  );
});
