import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardisedWithOnes, weightedMoments } from './standardise.ts';

const matrixOf = (...rows: number[][]) => ({
  rows: rows.length,
  columns: rows[0]!.length,
  values: Float64Array.from(rows.flat()),
});

test('standardise: mean and spread count each row by its weight', () => {
  const { means, deviations } = weightedMoments(matrixOf([1], [4], [100]), Float64Array.of(2, 1, 0));
  assert.deepEqual([means[0], deviations[0]], [2, Math.SQRT2]);
});

test('standardise: a column is brought to mean 0 and spread 1, and ones stand last', () => {
  const matrix = matrixOf([1, 7], [3, 7]);
  const moments = weightedMoments(matrix, Float64Array.of(1, 1));
  assert.deepEqual([...standardisedWithOnes(matrix, moments).values], [-1, 0, 1, 1, 0, 1]);
});

test('standardise: a constant column has its value as mean and a spread of exactly 0', () => {
  // Summed and divided, a third 0.1 would not come back.
  const { means, deviations } = weightedMoments(matrixOf([0.1], [0.1], [0.1]), Float64Array.of(1, 1, 1));
  assert.deepEqual([means[0], deviations[0]], [0.1, 0]);
});

test('standardise: a column too large for its spread to be held counts as constant', () => {
  const matrix = matrixOf([1e300, 1], [-1e300, 2]);
  const moments = weightedMoments(matrix, Float64Array.of(1, 1));
  assert.deepEqual([...moments.deviations], [0, 0.5]);
  assert.deepEqual([...standardisedWithOnes(matrix, moments).values], [0, -1, 1, 0, 1, 1]);
});
