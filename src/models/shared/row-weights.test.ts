import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataOf } from '../testing/fit.ts';
import { rowWeights } from './row-weights.ts';

const rows = [[1], [2], [3], [4]];

test('row-weights: without weights every row counts once', () => {
  assert.deepEqual([...rowWeights(dataOf(rows, [1, 0, 0, 0]), 'none')], [1, 1, 1, 1]);
});

test('row-weights: balanced gives both outcomes half of the total, row weights included', () => {
  assert.deepEqual([...rowWeights(dataOf(rows, [1, 0, 0, 0]), 'balanced')], [2, 2 / 3, 2 / 3, 2 / 3]);
  assert.deepEqual(
    [...rowWeights(dataOf(rows, [1, 0, 0, 0], [2, 1, 1, 4]), 'balanced')].map((w) => 3 * w),
    [12, 2, 2, 8],
  );
});

test('row-weights: an outcome whose rows all weigh nothing stays at nothing', () => {
  assert.deepEqual([...rowWeights(dataOf(rows, [1, 0, 0, 0], [0, 1, 1, 1]), 'balanced')], [0, 0.5, 0.5, 0.5]);
});

test('row-weights: the weights of the data set are copied, not handed on', () => {
  const data = dataOf(rows, [1, 0, 0, 0], [1, 2, 3, 4]);
  rowWeights(data, 'none')[0] = 99;
  assert.deepEqual([...data.weights!], [1, 2, 3, 4]);
});
