import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedFeatures } from './binned-features.ts';
import { countFeature } from './histogram.ts';

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
/** Places in the list of rows, and what stands there. */
const tableRows = Int32Array.of(3, 0, 2, 1);
const slopes = Float64Array.of(8, 1, 4, 2);
const bends = Float64Array.of(1, 5, 3, 2);
const of = (feature: number, places: number[]) => [
  ...countFeature(binned, feature, Int32Array.from(places), tableRows, slopes, bends),
];

test('histogram: each bin holds the slopes, bends and number of its rows, missing ones behind the others', () => {
  assert.deepEqual(of(0, [0, 1, 2, 3]), [1, 5, 1, 6, 5, 2, 8, 1, 1]);
  assert.deepEqual(of(1, [0, 1, 2, 3]), [3, 7, 2, 12, 4, 2]);
});

test('histogram: only the rows asked for count, in any order', () => {
  assert.deepEqual(of(0, [2, 1]), [1, 5, 1, 4, 3, 1, 0, 0, 0]);
  assert.deepEqual(of(0, [1, 2]), of(0, [2, 1]));
});
