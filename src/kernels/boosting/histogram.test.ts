import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedFeatures } from './binned-features.ts';
import { countFeature, nodeRows, subtractFeature } from './histogram.ts';

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
function of(start: number, end: number, features = [0, 1]): Float64Array {
  const histogram = new Float64Array(15).fill(7);
  for (const feature of features)
    countFeature(binned, nodeRows(rows.subarray(start, end), gradients, hessians), feature, histogram);
  return histogram;
}

test('histogram: each bin holds the gradients, hessians and number of its rows, missing ones behind the others', () => {
  assert.deepEqual([...of(0, 4)], [1, 0.5, 1, 6, 0.375, 2, 8, 1, 1, 3, 0.75, 2, 12, 1.125, 2]);
});

test('histogram: only the stretch of rows counts, and only the bins of the feature asked for are touched', () => {
  assert.deepEqual([...of(1, 3, [1])].slice(9), [1, 0.5, 1, 4, 0.125, 1]);
  assert.deepEqual([...of(1, 3, [1])].slice(0, 9), new Array(9).fill(7));
});

test('histogram: a parent less one child is the other child, feature by feature', () => {
  const parent = of(0, 4);
  subtractFeature(binned, parent, of(0, 1), 1);
  assert.deepEqual([...parent], [...of(0, 4).slice(0, 9), ...of(1, 4).slice(9)]);
  subtractFeature(binned, parent, of(0, 1), 0);
  assert.deepEqual([...parent], [...of(1, 4)]);
});
