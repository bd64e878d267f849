import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedFeatures } from './bins.ts';
import { histogramOf, subtractHistogram } from './histogram.ts';

const binned: BinnedFeatures = {
  rows: 4,
  features: 2,
  bins: Uint8Array.of(0, 1, 1, 2, 0, 0, 1, 1),
  binCounts: Int32Array.of(2, 1),
  offsets: Int32Array.of(0, 3, 5),
  edges: [Float64Array.of(0), new Float64Array(0)],
  isCategory: Uint8Array.of(0, 0),
  hasMissing: Uint8Array.of(1, 1),
};
const gradients = Float64Array.of(1, 2, 4, 8);
const hessians = Float64Array.of(0.5, 0.25, 0.125, 1);
const rows = Int32Array.of(3, 0, 2, 1);
const of = (start: number, end: number, features = Int32Array.of(0, 1)) =>
  histogramOf(binned, gradients, hessians, rows, start, end, features);

test('histogram: each bin holds the gradients, hessians and number of its rows, missing ones behind the others', () => {
  assert.deepEqual([...of(0, 4)], [1, 0.5, 1, 6, 0.375, 2, 8, 1, 1, 3, 0.75, 2, 12, 1.125, 2]);
});

test('histogram: only the stretch of rows and the features asked for count', () => {
  assert.deepEqual([...of(1, 3, Int32Array.of(1))].slice(9), [1, 0.5, 1, 4, 0.125, 1]);
  assert.ok(
    of(1, 3, Int32Array.of(1))
      .slice(0, 9)
      .every((value) => value === 0),
  );
});

test('histogram: a parent less one child is the other child', () => {
  const parent = of(0, 4);
  subtractHistogram(parent, of(0, 1));
  assert.deepEqual([...parent], [...of(1, 4)]);
});
