import assert from 'node:assert/strict';
import { test } from 'node:test';
import { treeSums } from './tree-sums.ts';

const stump = (value: number) => ({
  roots: Int32Array.of(0, 3),
  feature: Int32Array.of(0, -1, -1),
  threshold: Float64Array.of(0.5, 0, 0),
  left: Int32Array.of(1, 0, 0),
  right: Int32Array.of(2, 0, 0),
  value: Float64Array.of(0, value, -value),
  cover: Float64Array.of(10, 5, 5),
});
const matrix = { rows: 2, columns: 1, values: Float64Array.of(0.5, 0.9) };

test('tree-sums: each model has its own sums, asked in turn', () => {
  const [one, two] = [stump(1), stump(2)];
  for (let time = 0; time < 2; time++) {
    assert.deepEqual([...treeSums('one', one, matrix)], [1, -1]);
    assert.deepEqual([...treeSums('two', two, matrix)], [2, -2]);
  }
});

test('tree-sums: a model without trees gives 0, trees that do not hang together are refused', () => {
  const none = {
    ...stump(1),
    roots: Int32Array.of(0),
    feature: new Int32Array(0),
    threshold: new Float64Array(0),
  };
  const empty = {
    ...none,
    left: new Int32Array(0),
    right: new Int32Array(0),
    value: new Float64Array(0),
    cover: new Float64Array(0),
  };
  assert.deepEqual([...treeSums('empty', empty, matrix)], [0, 0]);
  assert.throws(() => treeSums('broken', none, matrix), { code: 'model.damaged' });
});
