import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { considerFeature, createSplitSearch, type Node, noSplit, type Split } from './find-split.ts';
import { rankFeatures } from './ranked-features.ts';

interface Row {
  readonly value: number;
  readonly churned: number;
  readonly weight: number;
}

/** A search over one column, and the node of the rows chosen (all by default). */
function searchOver(rows: readonly Row[], chosen = rows.map((_, row) => row)) {
  const matrix = { rows: rows.length, columns: 1, values: Float64Array.from(rows, (row) => row.value) };
  const weights = Float64Array.from(rows, (row) => row.weight);
  const churnWeights = Float64Array.from(rows, (row) => row.weight * row.churned);
  const sum = (of: Float64Array): number => chosen.reduce((total, row) => total + of[row]!, 0);
  const node: Node = {
    rows: Int32Array.from(chosen),
    start: 0,
    end: chosen.length,
    weight: sum(weights),
    churn: sum(churnWeights),
  };
  return { search: createSplitSearch(rankFeatures(matrix), weights, churnWeights), node };
}

const best = (rows: readonly Row[], minLeaf = 1, chosen?: number[]): Split => {
  const { search, node } = searchOver(rows, chosen);
  const split = noSplit();
  considerFeature(search, node, 0, minLeaf, split);
  return split;
};

/** The same by definition: every cut is tried and its purity summed anew. */
function slowBest(rows: readonly Row[], minLeaf: number): { purity: number; cut: number } | undefined {
  let found: { purity: number; cut: number } | undefined;
  for (const cut of [...new Set(rows.map((row) => row.value))].sort((a, b) => a - b).slice(0, -1)) {
    const sides = [rows.filter((row) => row.value <= cut), rows.filter((row) => row.value > cut)];
    if (sides.some((side) => side.length < minLeaf)) continue;
    let purity = 0;
    for (const side of sides) {
      const weight = side.reduce((sum, row) => sum + row.weight, 0);
      const churn = side.reduce((sum, row) => sum + row.weight * row.churned, 0);
      purity += (churn * churn + (weight - churn) * (weight - churn)) / weight;
    }
    if (!found || purity > found.purity) found = { purity, cut };
  }
  return found;
}

const plain = (values: number[], labels: number[]): Row[] =>
  values.map((value, i) => ({ value, churned: labels[i]!, weight: 1 }));

test('find-split: the cut stands where it leaves both sides purest', () => {
  const split = best(plain([10, 20, 30, 40, 50], [1, 1, 1, 0, 0]));
  assert.deepEqual([split.feature, split.lower, split.upper, split.purity], [0, 2, 3, 5]);
});

test('find-split: neighbours of a cut are the values present in the node, not in the table', () => {
  const split = best(plain([10, 20, 30, 40, 50], [1, 1, 0, 0, 0]), 1, [0, 3, 4]);
  assert.deepEqual([split.lower, split.upper], [0, 3]);
});

test('find-split: of equal cuts the first stays', () => {
  const split = best(plain([1, 2, 3, 4], [1, 0, 0, 1]));
  assert.deepEqual([split.lower, split.upper], [0, 1]);
});

test('find-split: a column of one value is told apart from one without a permitted cut', () => {
  const constant = searchOver(plain([7, 7, 7], [1, 0, 1]));
  const split = noSplit();
  assert.equal(considerFeature(constant.search, constant.node, 0, 1, split), false);
  const uncut = searchOver(plain([1, 2, 3], [1, 0, 1]));
  assert.equal(considerFeature(uncut.search, uncut.node, 0, 2, split), true);
  assert.equal(split.feature, -1);
});

test('find-split: a search leaves nothing behind for the next', () => {
  const { search, node } = searchOver(plain([3, 1, 2, 5, 4], [1, 0, 1, 0, 0]));
  const first = noSplit();
  const second = noSplit();
  considerFeature(search, node, 0, 1, first);
  considerFeature(search, node, 0, 1, second);
  assert.deepEqual(second, first);
});

test('find-split: for any rows the cut is that of the definition, counted or sorted', () => {
  const row = fc.record({
    value: fc.integer({ min: 0, max: 12 }),
    churned: fc.integer({ min: 0, max: 1 }),
    // Whole weights: sums are exact in any order, so equal cuts are equal for both.
    weight: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      (rows, minLeaf, isSparse) => {
        // Rows of a table with many more values than the node has rows take the way through sorting.
        const others = isSparse
          ? Array.from({ length: 200 }, (_, i) => ({ value: 100 + i, churned: 0, weight: 1 }))
          : [];
        const split = best(
          [...rows, ...others],
          minLeaf,
          rows.map((_, i) => i),
        );
        const due = slowBest(rows, minLeaf);
        if (!due) return assert.equal(split.feature, -1);
        const distinct = [...new Set([...rows, ...others].map(({ value }) => value))].sort((a, b) => a - b);
        assert.equal(distinct[split.lower], due.cut);
        assert.ok(Math.abs(split.purity - due.purity) < 1e-9);
      },
    ),
  );
});
