/** The compiled kernel against its plain twin, on tables and rules of any shape: the same trees, to the bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { BoostingEngine, EngineRows, GrownTree, GrowthRules } from './boosting-engine.ts';
import { bundleFeatures, codesThatPay } from './bundles.ts';
import { kernelEngine } from './kernel-engine.ts';
import { openPlainEngine } from './plain-engine.ts';

const builds: readonly KernelBuild[] = trainingBuild() === 'relaxed' ? ['strict', 'relaxed'] : ['strict'];

const anyFeature = fc.record({
  bins: fc.oneof(
    ...[fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 255 })],
  ),
  isCategory: fc.boolean(),
  missing: fc.constantFrom(0, 0, 0.3),
  way: fc.constantFrom(-1, 0, 0, 1),
});
const anyCase = fc.record({
  rows: fc.oneof(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 300, max: 1200 })),
  watched: fc.integer({ min: 0, max: 40 }),
  features: fc.array(anyFeature, { minLength: 1, maxLength: 22 }),
  isWeighted: fc.boolean(),
  isSampled: fc.boolean(),
  isGiven: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  rules: fc.record({
    learningRate: fc.constantFrom(0.05, 0.3, 1),
    maxLeaves: fc.oneof(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 40 })),
    maxDepth: fc.constantFrom(1, 3, Number.POSITIVE_INFINITY),
    minLeaf: fc.integer({ min: 1, max: 12 }),
    minHessian: fc.constantFrom(1e-3, 1),
    l1: fc.constantFrom(0, 0, 0.5),
    l2: fc.constantFrom(0, 1, 30),
    growth: fc.constantFrom('leaf' as const, 'depth' as const, 'symmetric' as const),
  }),
});
type Case = typeof anyCase extends fc.Arbitrary<infer Made> ? Made : never;

interface Made {
  readonly binned: BinnedFeatures;
  readonly rows: EngineRows;
  readonly rules: GrowthRules;
}

function madeOf({ rows: training, watched, features, isWeighted, isGiven, seed, rules }: Case): Made {
  const random = createRandom(seed);
  const rows = training + watched;
  const order = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const offsets = new Int32Array(features.length + 1);
  features.forEach(({ bins }, f) => {
    offsets[f + 1] = offsets[f]! + bins + 1;
  });
  const hidden = Array.from({ length: rows }, () => random.normal());
  const bins = new Uint8Array(rows * features.length);
  features.forEach(({ bins: count, missing }, f) => {
    for (let row = 0; row < rows; row++) {
      const level = Math.floor(
        count * (f % 3 === 0 ? 1 / (1 + Math.exp(-2 * hidden[row]!)) : random.uniform()),
      );
      bins[f * rows + row] = random.uniform() < missing ? count : Math.min(level, count - 1);
    }
  });
  const own = order.subarray(0, training);
  return {
    binned: {
      ...{ rows, features: features.length, bins, offsets, edges: [] },
      binCounts: Int32Array.from(features, ({ bins: count }) => count),
      isCategory: Uint8Array.from(features, ({ isCategory }) => (isCategory ? 1 : 0)),
      hasMissing: Uint8Array.from(features, ({ bins: count }, f) =>
        own.some((row) => bins[f * rows + row] === count) ? 1 : 0,
      ),
    },
    rows: {
      labels: Uint8Array.from(hidden, (value) => (value + random.normal() > 0.3 ? 1 : 0)),
      weights: Float64Array.from(hidden, () => (isWeighted ? 3 * random.uniform() : 1)),
      training: own.slice(),
      watched: order.slice(training),
      base: -0.4,
    },
    rules: { ...rules, ways: Int8Array.from(features, ({ way }) => (isGiven ? way : 0)) },
  };
}

/** Trees of an engine, some of drawn rows and columns, and where they take the watched rows. */
function answersOf(engine: BoostingEngine, { binned, rows }: Made, { isSampled, seed }: Case, trees: number) {
  const random = createRandom(seed).fork('draws');
  const every = Int32Array.from({ length: binned.features }, (_, feature) => feature);
  const grown: GrownTree[] = [];
  for (let t = 0; t < trees; t++) {
    const wanted = 1 + random.integer(rows.training.length);
    const seed = [t, random.uint32(), random.uint32(), random.uint32()] as const;
    const some = every.filter((feature) => feature === 0 || random.uniform() < 0.7);
    grown.push(isSampled ? engine.grow(some, { seed, wanted }) : engine.grow(every));
  }
  return { grown, sums: engine.watchedSums() };
}

test('kernel-engine: a column of one value beside one of two has nothing to be asked for', () => {
  const rows = 200;
  const two = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  const binned: BinnedFeatures = {
    ...{ rows, features: 2, bins: Uint8Array.of(...new Uint8Array(rows), ...two), edges: [] },
    ...{ binCounts: Int32Array.of(1, 2), offsets: Int32Array.of(0, 2, 5) },
    ...{ isCategory: new Uint8Array(2), hasMissing: new Uint8Array(2) },
  };
  const own: EngineRows = {
    ...{
      labels: two.map((one, row) => (row < 160 ? one : 1 - one)),
      weights: new Float64Array(rows).fill(1),
    },
    ...{ training: Int32Array.from(two.keys()), watched: new Int32Array(0), base: 0 },
  };
  const rules = {
    ...{ learningRate: 0.3, maxLeaves: 3, maxDepth: Number.POSITIVE_INFINITY, minLeaf: 1, minHessian: 1e-3 },
    ...{ l1: 0, l2: 1, growth: 'leaf' as const, ways: new Int8Array(2) },
  };
  // Both share a byte, of two codes.
  assert.deepEqual([...bundleFeatures(binned, codesThatPay(rows, rules.maxLeaves)).sizes], [2]);
  const every = Int32Array.of(0, 1);
  const tree = kernelEngine('strict', binned, own, rules).grow(every);
  assert.deepEqual(tree, openPlainEngine(binned, own, rules).grow(every));
  assert.deepEqual([...tree.feature], [1, -1, -1]);
});

for (const build of builds) {
  test(`kernel-engine, ${build}: for any table and rules the trees are those of the plain twin, to the bit`, () => {
    let cuts = 0;
    let shared = 0;
    fc.assert(
      fc.property(anyCase, (some) => {
        const made = madeOf(some);
        const due = answersOf(openPlainEngine(made.binned, made.rows, made.rules), made, some, 3);
        const got = answersOf(kernelEngine(build, made.binned, made.rows, made.rules), made, some, 3);
        assert.deepEqual(got, due);
        const { sizes } = bundleFeatures(made.binned, codesThatPay(some.rows, some.rules.maxLeaves));
        if (sizes.length < made.binned.features) shared++;
        cuts += due.grown.reduce((sum, { feature }) => sum + feature.filter((asked) => asked >= 0).length, 0);
      }),
      { numRuns: 60 },
    );
    assert.ok(cuts > 100, `${cuts} cuts`);
    assert.ok(shared > 5, `features shared bytes in ${shared} cases`);
  });
}
