/** The compiled kernel against its plain twin, on tables and trees of any shape: the same cuts, to the bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { CutSearch, FoundCut, SearchedNode } from './cut-search.ts';
import type { Split } from './find-split.ts';
import { kernelSearch } from './kernel-search.ts';
import { openPlainSearch } from './plain-search.ts';

const builds: readonly KernelBuild[] = trainingBuild() === 'relaxed' ? ['strict', 'relaxed'] : ['strict'];

const anyCase = fc.record({
  rows: fc.integer({ min: 2, max: 80 }),
  features: fc.array(fc.record({ bins: fc.integer({ min: 1, max: 40 }), isCategory: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
  minLeaf: fc.integer({ min: 1, max: 6 }),
  l2: fc.constantFrom(0, 1, 30),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

interface Made {
  readonly binned: BinnedFeatures;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

function tableOf(
  rows: number,
  features: readonly { readonly bins: number; readonly isCategory: boolean }[],
  seed: number,
): Made {
  const random = createRandom(seed);
  const offsets = new Int32Array(features.length + 1);
  features.forEach(({ bins }, f) => {
    offsets[f + 1] = offsets[f]! + bins + 1;
  });
  const binned: BinnedFeatures = {
    rows,
    features: features.length,
    // The bin behind the last is that of missing values.
    bins: Uint8Array.from(
      features.flatMap(({ bins }) => Array.from({ length: rows }, () => random.integer(bins + 1))),
    ),
    binCounts: Int32Array.from(features, ({ bins }) => bins),
    offsets,
    edges: [],
    isCategory: Uint8Array.from(features, ({ isCategory }) => (isCategory ? 1 : 0)),
    hasMissing: new Uint8Array(features.length).fill(1),
  };
  return {
    binned,
    gradients: Float64Array.from({ length: rows }, () => random.normal()),
    hessians: Float64Array.from({ length: rows }, () => 0.25 * random.uniform()),
  };
}

function nodeOf({ gradients, hessians }: Made, rows: Int32Array): SearchedNode {
  const sum = (values: Float64Array): number => rows.reduce((total, row) => total + values[row]!, 0);
  return { rows, totals: { gradient: sum(gradients), hessian: sum(hessians), count: rows.length } };
}

/** The splits of the root, then of halves of halves, then the same once more as a second tree would. */
function splitsOf<Kept>(search: CutSearch<Kept>, made: Made, seed: number): (Split | undefined)[] {
  const random = createRandom(seed).fork('ways');
  const { rows, features } = made.binned;
  const every = Int32Array.from({ length: features }, (_, feature) => feature);
  const splits: (Split | undefined)[] = [];
  const descend = (found: FoundCut<Kept>, own: Int32Array, asked: Int32Array, depth: number): void => {
    splits.push(found.split);
    if (depth === 3 || own.length < 2) {
      search.drop(found);
      return;
    }
    const middle = 1 + random.integer(own.length - 1);
    const [left, right] = [nodeOf(made, own.subarray(0, middle)), nodeOf(made, own.subarray(middle))];
    const may = [random.uniform() < 0.8, random.uniform() < 0.8] as const;
    const [ofLeft, ofRight] = search.children(found, left, right, may, asked);
    if (ofLeft) descend(ofLeft, left.rows, asked, depth + 1);
    if (ofRight) descend(ofRight, right.rows, asked, depth + 1);
  };
  for (const asked of [every, every.filter((feature) => feature % 2 === 0)]) {
    const order = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row));
    search.begin(made.gradients, made.hessians);
    descend(search.root(nodeOf(made, order), asked), order, asked, 0);
  }
  return splits;
}

for (const build of builds) {
  test(`kernel-search, ${build}: for any table and any ways down a tree the cuts are those of the plain twin, to the bit`, () => {
    fc.assert(
      fc.property(anyCase, ({ rows, features, minLeaf, l2, seed }) => {
        const made = tableOf(rows, features, seed);
        const limits = { l2, minLeaf };
        const due = splitsOf(openPlainSearch(made.binned, limits), made, seed);
        assert.deepEqual(splitsOf(kernelSearch(build, made.binned, limits), made, seed), due);
      }),
      { numRuns: 150 },
    );
  });
}

test('kernel-search: more leaves than the first memory holds: histograms stay apart', () => {
  const made = tableOf(400, new Array(30).fill({ bins: 200, isCategory: false }), 7);
  const limits = { l2: 1, minLeaf: 1 };
  const every = Int32Array.from({ length: 30 }, (_, feature) => feature);
  const order = Int32Array.from({ length: 400 }, (_, row) => row);
  const openLeaves = <Kept>(search: CutSearch<Kept>): readonly Split[] => {
    search.begin(made.gradients, made.hessians);
    let leaves = [{ found: search.root(nodeOf(made, order), every), rows: order }];
    for (let level = 0; level < 6; level++) {
      leaves = leaves.flatMap(({ found, rows }) => {
        const middle = rows.length >> 1;
        const halves = [rows.subarray(0, middle), rows.subarray(middle)];
        const [left, right] = halves.map((half) => nodeOf(made, half));
        return search
          .children(found, left!, right!, [true, true], every)
          .map((child, i) => ({ found: child!, rows: halves[i]! }));
      });
    }
    return leaves.map(({ found }) => found.split);
  };
  assert.deepEqual(
    openLeaves(kernelSearch('strict', made.binned, limits)),
    openLeaves(openPlainSearch(made.binned, limits)),
  );
});
