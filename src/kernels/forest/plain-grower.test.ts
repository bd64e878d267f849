import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BinnedColumns, missingBin } from './binned-columns.ts';
import { openPlainGrower } from './plain-grower.ts';
import type { GrowingRows, GrownTree, TreeLimits } from './tree-grower.ts';

const free: TreeLimits = {
  maxDepth: Number.POSITIVE_INFINITY,
  minSplit: 2,
  minLeaf: 1,
  featuresPerSplit: 99,
};

/** Small whole numbers are their own bins, null is missing: a bin's threshold tells its number. */
function binned(rows: readonly (readonly (number | null)[])[]): BinnedColumns {
  const features = rows[0]!.length;
  const values = Float64Array.from({ length: 256 * features }, (_, i) => i % 256);
  const bins = rows[0]!.flatMap((_, f) => rows.map((row) => row[f] ?? missingBin));
  const binCounts = new Int32Array(features).fill(20);
  return { rows: rows.length, features, bins: Uint8Array.from(bins), binCounts, lows: values, highs: values };
}

function grow(
  rows: readonly (readonly (number | null)[])[],
  labels: readonly number[],
  limits: Partial<TreeLimits> = {},
  more: Partial<GrowingRows> = {},
  seed = 1,
): GrownTree {
  const own = { labels: Uint8Array.from(labels), weights: null, ofStaying: 1, ofChurned: 1, ...more };
  return openPlainGrower(binned(rows), own, { ...free, ...limits }).grow([seed, 2, 3, 4], false);
}

test('plain-grower: two columns that help only together are cut one after the other', () => {
  const tree = grow(
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    [0, 1, 1, 0],
  );
  assert.deepEqual([...tree.feature], [0, 1, -1, -1, 1, -1, -1]);
  assert.deepEqual([...tree.value], [0.5, 0.5, 0, 1, 0.5, 1, 0]);
});

test('plain-grower: rows alike in every column stay together with their share of churn', () => {
  const tree = grow([[1], [1], [1], [1]], [1, 0, 0, 0]);
  assert.deepEqual([[...tree.feature], tree.value[0], tree.cover[0]], [[-1], 0.25, 4]);
});

test('plain-grower: a row of weight 0 is as if it were not there', () => {
  const weights = Float64Array.of(1, 1, 1, 0);
  assert.deepEqual(
    grow([[1], [2], [3], [9]], [0, 1, 1, 0], {}, { weights }),
    grow([[1], [2], [3]], [0, 1, 1]),
  );
});

test('plain-grower: minSplit and minLeaf count rows, not their weights', () => {
  const rows = [[1], [2], [3], [4]];
  const weights = new Float64Array(4).fill(9);
  assert.equal(grow(rows, [0, 0, 1, 1], { minLeaf: 3 }, { weights }).feature.length, 1);
  assert.equal(grow(rows, [0, 0, 1, 1], { minSplit: 5 }, { weights }).feature.length, 1);
  assert.equal(grow(rows, [0, 0, 1, 1], { minLeaf: 2, minSplit: 4 }).feature.length, 3);
});

test('plain-grower: drawn columns are looked at until one varies', () => {
  const rows = [
    [7, 7, 7, 1],
    [7, 7, 7, 2],
  ];
  for (let seed = 0; seed < 10; seed++)
    assert.equal(grow(rows, [0, 1], { featuresPerSplit: 1 }, {}, seed).feature[0], 3);
});

test('plain-grower: the seed decides which columns are drawn', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [i % 20, (i * 7) % 20, (i * 11) % 20, (i * 13) % 20]);
  const labels = rows.map((_, i) => ((i * 17) % 3 === 0 ? 1 : 0));
  const of = (seed: number): GrownTree => grow(rows, labels, { featuresPerSplit: 2 }, {}, seed);
  assert.deepEqual(of(4), of(4));
  assert.notDeepEqual(of(4), of(5));
});

test('plain-grower: missing values go where they make the sides purer', () => {
  const rows = [[1], [2], [3], [4], [null], [null]];
  const low = grow(rows, [1, 1, 0, 0, 1, 1]);
  assert.deepEqual([low.threshold[0], low.missingLeft[0], low.feature.length], [2.5, 1, 3]);
  const high = grow(rows, [0, 0, 1, 1, 1, 1]);
  assert.deepEqual([high.threshold[0], high.missingLeft[0], high.feature.length], [2.5, 0, 3]);
});

test('plain-grower: missing values alone may be what a column tells', () => {
  const tree = grow([[1], [2], [3], [null]], [0, 0, 0, 1]);
  assert.deepEqual([tree.threshold[0], tree.missingLeft[0]], [Number.MAX_VALUE, 0]);
  assert.deepEqual([...tree.value], [0.25, 0, 1]);
});

test('plain-grower: where training missed nothing, missing values go with the larger side', () => {
  assert.equal(grow([[1], [2], [3]], [1, 1, 0]).missingLeft[0], 1);
  assert.equal(grow([[1], [2], [3]], [1, 0, 0]).missingLeft[0], 0);
});

test('plain-grower: drawn rows weigh together as many as there are', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [i % 20]);
  const own = {
    labels: Uint8Array.from(rows, (_, i) => i % 2),
    weights: null,
    ofStaying: 1,
    ofChurned: 1,
  };
  const tree = openPlainGrower(binned(rows), own, free).grow([5, 6, 7, 8], true);
  assert.equal(tree.cover[0], 50);
});

test('plain-grower: for any rows the first cut is that of the definition', () => {
  const row = fc.record({
    value: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 8 }),
    churned: fc.integer({ min: 0, max: 1 }),
    // Whole weights: sums are exact in any order, so equal cuts are equal for both.
    weight: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      (rows, minLeaf) => {
        const tree = grow(
          rows.map(({ value }) => [value]),
          rows.map(({ churned }) => churned),
          { minLeaf, maxDepth: 1 },
          { weights: Float64Array.from(rows, ({ weight }) => weight) },
        );
        const isPure = new Set(rows.map(({ churned }) => churned)).size === 1;
        const best = isPure ? undefined : bestPurity(rows, minLeaf);
        if (best === undefined) return assert.equal(tree.feature.length, 1);
        const isLeft = ({ value }: Row): boolean =>
          value === null ? tree.missingLeft[0] === 1 : value <= tree.threshold[0]!;
        assert.equal(purityOf(rows.filter(isLeft)) + purityOf(rows.filter((each) => !isLeft(each))), best);
      },
    ),
  );
});

interface Row {
  readonly value: number | null;
  readonly churned: number;
  readonly weight: number;
}

/** By definition: every way to cut is tried and its purity summed anew. */
function bestPurity(rows: readonly Row[], minLeaf: number): number | undefined {
  let best: number | undefined;
  for (let threshold = 0; threshold <= 12; threshold++) {
    for (const isMissingLeft of [false, true]) {
      const isLeft = ({ value }: Row): boolean => (value === null ? isMissingLeft : value <= threshold);
      const sides = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))];
      // Missing values alone stand on the right.
      if (isMissingLeft && sides[0]!.every(({ value }) => value === null)) continue;
      if (sides.some((side) => side.length < minLeaf)) continue;
      const purity = purityOf(sides[0]!) + purityOf(sides[1]!);
      if (best === undefined || purity > best) best = purity;
    }
  }
  return best;
}

function purityOf(side: readonly Row[]): number {
  const weight = side.reduce((sum, row) => sum + row.weight, 0);
  const churned = side.reduce((sum, row) => sum + row.weight * row.churned, 0);
  return (churned * churned + (weight - churned) * (weight - churned)) / weight;
}
