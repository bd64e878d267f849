import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn, textColumn } from '../../table/column.ts';
import { columnFacts } from './column-facts.ts';

const labels = Uint8Array.of(1, 1, 0, 0, 0, 0);
const folds = Uint8Array.of(0, 1, 0, 1, 2, 3);

test('facts: counts, bounds, zeros and the median of numbers, missing left out', () => {
  const facts = columnFacts(numberColumn('n', [0, 2, 4, null, 0, 1.5]), labels, folds);
  const { missing, distinct, min, median, max, mean, zeros, whole } = facts;
  assert.deepEqual([missing, distinct, min, median, max, mean, zeros, whole], [1, 4, 0, 1.5, 4, 1.5, 2, 4]);
});

test("facts: Cohen's d is the distance of the means over the pooled standard deviation", () => {
  // Churners 4 and 6, stayers 1, 2, 3, 2: means 5 and 2, squares 2 + 2 over 4 degrees of freedom.
  const { cohensD } = columnFacts(numberColumn('n', [4, 6, 1, 2, 3, 2]), labels, folds);
  assert.equal(cohensD, 3);
});

test("facts: Cramer's V is 1 for a level that is the label, 0 for one that is independent", () => {
  const { cramersV } = columnFacts(categoryColumn('c', ['x', 'x', 'y', 'y', 'y', 'y']), labels, folds);
  assert.ok(Math.abs(cramersV! - 1) < 1e-12);
  const half = columnFacts(categoryColumn('c', ['x', 'y', 'x', 'x', 'y', 'y']), labels, folds);
  assert.ok(Math.abs(half.cramersV!) < 1e-12);
});

test('facts: text is only there or missing', () => {
  const { distinct, missing, bins, median } = columnFacts(
    textColumn('t', ['a', 'a', null, 'b', null, 'c']),
    labels,
    folds,
  );
  assert.deepEqual([distinct, missing, median, bins.bins.length], [3, 2, null, 2]);
});
