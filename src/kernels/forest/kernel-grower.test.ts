/** The compiled kernel against its plain twin, on tables and limits of any shape: the same trees, to the bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import type { SeedWords } from '../draws.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import { type BinnedColumns, missingBin } from './binned-columns.ts';
import { kernelGrower } from './kernel-grower.ts';
import { openPlainGrower } from './plain-grower.ts';
import type { GrowingRows } from './tree-grower.ts';

const builds: readonly KernelBuild[] = trainingBuild() === 'relaxed' ? ['strict', 'relaxed'] : ['strict'];

/** Columns of so many bins, filled at random; `missing` is the share of missing values. */
function columnsOf(
  rows: number,
  features: readonly { readonly bins: number; readonly missing: number }[],
  seed: number,
): BinnedColumns {
  const random = createRandom(seed);
  const lows = new Float64Array(256 * features.length);
  const highs = new Float64Array(256 * features.length);
  for (let i = 0; i < lows.length; i++) {
    lows[i] = 10 * i + random.uniform();
    highs[i] = lows[i]! + random.uniform();
  }
  return {
    rows,
    features: features.length,
    bins: Uint8Array.from(
      features.flatMap(({ bins, missing }) =>
        Array.from({ length: rows }, () => (random.uniform() < missing ? missingBin : random.integer(bins))),
      ),
    ),
    binCounts: Int32Array.from(features, ({ bins }) => bins),
    lows,
    highs,
  };
}

type Weights = 'none' | 'whole' | 'huge' | 'broken';

function rowsOf(rows: number, kind: Weights, seed: number): GrowingRows {
  const random = createRandom(seed).fork('rows');
  const labels = Uint8Array.from({ length: rows }, () => random.integer(2));
  const weightOf = {
    whole: () => random.integer(4),
    // Beyond what 32 bits hold.
    huge: () => random.integer(3) * 2 ** 31,
    broken: () => random.integer(2) * random.uniform(),
  };
  const weights = kind === 'none' ? null : Float64Array.from({ length: rows }, weightOf[kind]);
  // Somebody must count.
  if (weights) weights[0] = 1;
  const [ofStaying, ofChurned] = seed % 2 === 0 ? [1, 1] : [0.7, 2.1];
  return { labels, weights, ofStaying, ofChurned };
}

const anyCase = fc.record({
  // Below and above the number of rows from which empty bins are passed over.
  rows: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 120, max: 260 })),
  features: fc.array(
    fc.record({ bins: fc.constantFrom(1, 2, 5, 64, 65, 255), missing: fc.constantFrom(0, 0, 0.2, 1) }),
    { minLength: 1, maxLength: 9 },
  ),
  weights: fc.constantFrom<Weights>('none', 'whole', 'huge', 'broken'),
  isDrawn: fc.boolean(),
  maxDepth: fc.constantFrom(1, 3, Number.POSITIVE_INFINITY),
  minSplit: fc.integer({ min: 2, max: 12 }),
  minLeaf: fc.integer({ min: 1, max: 6 }),
  // More than there are, too.
  featuresPerSplit: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

for (const build of builds) {
  test(`kernel-grower, ${build}: for any table and limits the trees are those of the plain twin, to the bit`, () => {
    let questions = 0;
    let isAskingForMissing = false;
    fc.assert(
      fc.property(anyCase, ({ rows, features, weights, isDrawn, seed, ...limits }) => {
        const binned = columnsOf(rows, features, seed);
        const own = rowsOf(rows, weights, seed);
        const kernel = kernelGrower(build, binned, own, limits);
        const plain = openPlainGrower(binned, own, limits);
        const seeds: readonly SeedWords[] = [
          [1, 2, 3, seed],
          // The second tree finds what the first left behind.
          [seed, 4_000_000_000, 7, 1],
        ];
        for (const words of seeds) {
          const firstNode = 100 * (seed % 3);
          const tree = kernel.grow(words, isDrawn, firstNode);
          assert.deepEqual(tree, plain.grow(words, isDrawn, firstNode));
          questions += tree.feature.filter((feature) => feature >= 0).length;
          isAskingForMissing ||= tree.threshold.includes(Number.MAX_VALUE);
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(questions > 300, `only ${questions} questions compared`);
    assert.ok(isAskingForMissing, 'no cut between values and missing ones compared');
  });
}

test('kernel-grower: a tree is the same whether it is grown first or last', () => {
  const binned = columnsOf(200, new Array(8).fill({ bins: 255, missing: 0.1 }), 5);
  const limits = { maxDepth: Number.POSITIVE_INFINITY, minSplit: 2, minLeaf: 1, featuresPerSplit: 2 };
  const open = () => kernelGrower('strict', binned, rowsOf(200, 'none', 4), limits);
  const first = structuredClone(open().grow([9, 8, 7, 6], true));
  const grower = open();
  for (let t = 0; t < 5; t++) grower.grow([t, t, t, t], true);
  assert.deepEqual(grower.grow([9, 8, 7, 6], true), first);
  assert.notDeepEqual(grower.grow([9, 8, 7, 5], true), first);
});

for (const weights of ['none', 'whole', 'broken'] as const) {
  test(`kernel-grower: more features of two values than a word has bits, weights ${weights}`, () => {
    const features = Array.from({ length: 150 }, (_, f) => ({ bins: f % 5 === 4 ? 40 : 2, missing: 0 }));
    const binned = columnsOf(300, features, 11);
    const own = rowsOf(300, weights, 11);
    for (const featuresPerSplit of [1, 7, 150]) {
      const limits = { maxDepth: Number.POSITIVE_INFINITY, minSplit: 2, minLeaf: 1, featuresPerSplit };
      const tree = kernelGrower('strict', binned, own, limits).grow([3, 1, 4, 1], true);
      assert.ok(tree.feature.length > 50);
      assert.deepEqual(tree, openPlainGrower(binned, own, limits).grow([3, 1, 4, 1], true));
    }
  });
}

test('kernel-grower: a chain of questions as long as there are rows', () => {
  const rows = 250;
  const binned: BinnedColumns = {
    ...columnsOf(rows, [{ bins: 250, missing: 0 }], 1),
    bins: Uint8Array.from({ length: rows }, (_, row) => row),
  };
  // Alternating: each cut takes a single row from one end.
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  const own = { labels, weights: null, ofStaying: 1, ofChurned: 1 };
  const limits = { maxDepth: Number.POSITIVE_INFINITY, minSplit: 2, minLeaf: 1, featuresPerSplit: 1 };
  const tree = kernelGrower('strict', binned, own, limits).grow([1, 1, 1, 1], false);
  assert.equal(tree.feature.length, 2 * rows - 1);
  assert.deepEqual(tree, openPlainGrower(binned, own, limits).grow([1, 1, 1, 1], false));
});
