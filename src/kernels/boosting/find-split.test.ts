import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BinnedFeatures } from './binned-features.ts';
import { considerFeature, noSplit, type Split } from './find-split.ts';
import { countFeature } from './histogram.ts';

interface Row {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
}

function splitOf(rows: readonly Row[], bins: number, isCategory: boolean, minLeaf = 1, l2 = 1): Split {
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
  const gradients = Float64Array.from(rows, (row) => row.gradient);
  const hessians = Float64Array.from(rows, (row) => row.hessian);
  const histogram = new Float64Array(3 * (bins + 1));
  countFeature(binned, { rows: every, gradients, hessians }, 0, histogram);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const totals = { gradient: sum(gradients), hessian: sum(hessians), count: rows.length };
  const best = noSplit();
  considerFeature(binned, histogram, totals, 0, { l2, minLeaf }, best);
  return best;
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
    fc.property(anyRows(5), fc.integer({ min: 1, max: 4 }), (rows, minLeaf) => {
      const split = splitOf(rows, 5, false, minLeaf);
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
      const isLeft = (row: Row): boolean => ((split.levels![0]! >>> row.bin) & 1) === 1;
      assert.ok(Math.abs(gainBy(rows, 1, 1, isLeft) - split.gain) < 1e-9);
    }),
  );
});

const group = (bin: number, gradient: number, count: number): Row[] =>
  new Array<Row>(count).fill({ bin, gradient, hessian: 0.25 });

test('find-split: missing values of a category are a level of their own', () => {
  const split = splitOf([...group(0, 1, 20), ...group(1, 1, 20), ...group(2, -1, 20)], 2, true);
  assert.equal(split.isMissingLeft, true);
  assert.deepEqual([...split.levels!], [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('find-split: a rare level goes with the rest, however extreme it is', () => {
  const split = splitOf(
    [...group(0, 1, 20), ...group(1, 1, 20), ...group(2, -0.5, 20), ...group(3, -9, 5)],
    4,
    true,
  );
  assert.equal(split.levels![0]! & 0b1000, 0);
  assert.ok(split.gain > 0);
  assert.equal(splitOf([...group(0, 1, 30), ...group(1, -9, 5)], 2, true).feature, -1);
});

test('find-split: levels beyond the 32nd have their bit in a later word', () => {
  const rows = [...group(3, 1, 20), ...group(200, -1, 20), ...group(254, 1, 20)];
  assert.deepEqual([...splitOf(rows, 255, true).levels!], [0, 0, 0, 0, 0, 0, 1 << 8, 0]);
});

test('find-split: nothing is cut where nothing is gained, or where too little bend is left', () => {
  assert.equal(splitOf([...group(0, 1, 9), ...group(1, 1, 9)], 2, false, 1, 0).feature, -1);
  const certain = [0, 1].flatMap((bin) => group(bin, bin, 20).map((row) => ({ ...row, hessian: 1e-6 })));
  assert.equal(splitOf(certain, 2, false).feature, -1);
});
