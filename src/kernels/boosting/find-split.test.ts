import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BinnedFeatures } from './binned-features.ts';
import { considerLevels, considerNumber, noSplit, type Split, sideScore, sideValue } from './find-split.ts';
import { countFeature } from './histogram.ts';

interface Row {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
}

interface Asked {
  readonly minLeaf?: number;
  readonly l1?: number;
  readonly l2?: number;
  readonly way?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly isBounded?: boolean;
}

function splitOf(rows: readonly Row[], bins: number, isCategory: boolean, asked: Asked = {}) {
  const { minLeaf = 1, l1 = 0, l2 = 1, way = 0, isBounded = false } = asked;
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = asked;
  const binned: BinnedFeatures = {
    rows: rows.length,
    features: 1,
    bins: Uint8Array.from(rows, (row) => row.bin),
    binCounts: Int32Array.of(bins),
    offsets: Int32Array.of(0, bins + 1),
    edges: [],
    isCategory: Uint8Array.of(isCategory ? 1 : 0),
    hasMissing: Uint8Array.of(1),
  };
  const every = Int32Array.from(rows.keys());
  const slopes = Float64Array.from(rows, (row) => row.gradient);
  const bends = Float64Array.from(rows, (row) => row.hessian);
  const histogram = countFeature(binned, 0, every, every, slopes, bends);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const node = { slope: sum(slopes), bend: sum(bends), count: rows.length, lower, upper };
  const limits = { minLeaf, leastBend: 1e-3, l1, l2, support: 10, isBounded };
  const best: Split = noSplit(node, limits);
  if (isCategory) considerLevels(histogram, node, 0, limits, best);
  else considerNumber(histogram, node, 0, way, limits, best);
  const gain = best.feature < 0 ? 0 : best.score - sideScore(node.slope, node.bend, limits, node);
  return { ...best, gain };
}

const cost = (rows: readonly Row[], l2: number): number => {
  const gradient = rows.reduce((sum, row) => sum + row.gradient, 0);
  return (gradient * gradient) / (rows.reduce((sum, row) => sum + row.hessian, 0) + l2);
};
/** What a cut gains by definition; -1 when a side is too small. */
function gainBy(rows: readonly Row[], minLeaf: number, l2: number, isLeft: (row: Row) => boolean): number {
  const left = rows.filter(isLeft);
  const right = rows.filter((row) => !isLeft(row));
  if (left.length < minLeaf || right.length < minLeaf) return -1;
  return cost(left, l2) + cost(right, l2) - cost(rows, l2);
}

const anyRows = (bins: number, minLength = 2) =>
  fc.array(
    fc.record({
      bin: fc.integer({ min: 0, max: bins }),
      gradient: fc.double({ min: -2, max: 2, noNaN: true }),
      hessian: fc.double({ min: 0.05, max: 0.25, noNaN: true }),
    }),
    { minLength, maxLength: 60 },
  );

test('find-split: for any rows a number is cut at the best bin, missing values on the better side', () => {
  fc.assert(
    fc.property(anyRows(5), fc.integer({ min: 1, max: 4 }), fc.boolean(), (rows, minLeaf, isBounded) => {
      const split = splitOf(rows, 5, false, { minLeaf, isBounded });
      let due = 0;
      for (let bin = 0; bin < 5; bin++) {
        for (const isMissingLeft of [false, true]) {
          const isLeft = (row: Row): boolean => (row.bin === 5 ? isMissingLeft : row.bin <= bin);
          due = Math.max(due, gainBy(rows, minLeaf, 1, isLeft));
        }
      }
      assert.ok(Math.abs(split.gain - due) < 1e-9, `${split.gain}, ${due} is due`);
      if (split.feature < 0) return;
      const taken = (row: Row): boolean => (row.bin === 5 ? split.isMissingLeft : row.bin <= split.bin);
      assert.ok(Math.abs(gainBy(rows, minLeaf, 1, taken) - split.gain) < 1e-9);
    }),
  );
});

test('find-split: for any three common levels the cut is the best of all ways to part them', () => {
  const level = (bin: number) =>
    fc
      .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 })
      .map((gradients) => gradients.map((gradient) => ({ bin, gradient, hessian: 0.2 })));
  fc.assert(
    fc.property(fc.tuple(level(0), level(1), level(2)), (levels) => {
      const rows = levels.flat();
      const split = splitOf(rows, 3, true);
      const ways = [0, 1, 2].map((alone) => gainBy(rows, 1, 1, (row) => row.bin === alone));
      // Levels of one weight: the order by gradient is the order that Fisher's theorem asks for.
      assert.ok(Math.abs(split.gain - Math.max(0, ...ways)) < 1e-9);
      if (split.feature < 0) return;
      const isLeft = (row: Row): boolean => ((split.levels[0]! >>> row.bin) & 1) === 1;
      assert.ok(Math.abs(gainBy(rows, 1, 1, isLeft) - split.gain) < 1e-9);
    }),
  );
});

const group = (bin: number, gradient: number, count: number): Row[] =>
  new Array<Row>(count).fill({ bin, gradient, hessian: 0.25 });

test('find-split: missing values of a category are a level of their own', () => {
  const split = splitOf([...group(0, 1, 20), ...group(1, 1, 20), ...group(2, -1, 20)], 2, true);
  assert.equal(split.isMissingLeft, true);
  assert.deepEqual([...split.levels], [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('find-split: a rare level goes with the rest, however extreme it is', () => {
  const split = splitOf(
    [...group(0, 1, 20), ...group(1, 1, 20), ...group(2, -0.5, 20), ...group(3, -9, 5)],
    4,
    true,
  );
  assert.equal(split.levels[0]! & 0b1000, 0);
  assert.ok(split.gain > 0);
  assert.equal(splitOf([...group(0, 1, 30), ...group(1, -9, 5)], 2, true).feature, -1);
});

test('find-split: levels beyond the 32nd have their bit in a later word', () => {
  const rows = [...group(3, 1, 20), ...group(200, -1, 20), ...group(254, 1, 20)];
  assert.deepEqual([...splitOf(rows, 255, true).levels], [0, 0, 0, 0, 0, 0, 1 << 8, 0]);
});

test('find-split: nothing is cut where nothing is gained, or where too little bend is left', () => {
  assert.equal(splitOf([...group(0, 1, 9), ...group(1, 1, 9)], 2, false, { l2: 0 }).feature, -1);
  const certain = [0, 1].flatMap((bin) => group(bin, bin, 20).map((row) => ({ ...row, hessian: 1e-6 })));
  assert.equal(splitOf(certain, 2, false).feature, -1);
});

test('find-split: for any side the value is where its cost is least, within the bounds', () => {
  const any = fc.double({ min: -5, max: 5, noNaN: true });
  const size = fc.double({ min: 0, max: 3, noNaN: true });
  fc.assert(
    fc.property(any, size, size, size, any, any, (slope, bend, l1, l2, one, other) => {
      const bounds = { lower: Math.min(one, other), upper: Math.max(one, other) };
      const limits = { l1, l2: l2 + 0.01 };
      const costs = (value: number): number =>
        2 * slope * value + (bend + limits.l2) * value * value + 2 * l1 * Math.abs(value);
      const value = sideValue(slope, bend, limits, bounds);
      assert.ok(value >= bounds.lower && value <= bounds.upper);
      assert.ok(Math.abs(costs(value) + sideScore(slope, bend, limits, bounds)) < 1e-9);
      for (let step = 0; step <= 20; step++)
        assert.ok(costs(bounds.lower + (step / 20) * (bounds.upper - bounds.lower)) >= costs(value) - 1e-9);
    }),
  );
});

test('find-split: a cut against the given way is none, however much it gains', () => {
  // A larger number has the smaller slope, so the larger value.
  const rows = [...group(0, 1, 20), ...group(1, -1, 20)];
  assert.equal(splitOf(rows, 2, false, { way: 1, isBounded: true }).feature, 0);
  assert.equal(splitOf(rows, 2, false, { way: -1, isBounded: true }).feature, -1);
});

test('find-split: l1 takes from every slope, so weak cuts are none', () => {
  const rows = [...group(0, 0.2, 20), ...group(1, -0.2, 20)];
  assert.ok(splitOf(rows, 2, false, { l1: 3, isBounded: true }).gain > 0);
  assert.equal(splitOf(rows, 2, false, { l1: 5, isBounded: true }).feature, -1);
});
