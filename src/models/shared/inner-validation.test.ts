import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { innerValidation, weightedRows } from './inner-validation.ts';

const labels = Uint8Array.from({ length: 101 }, (_, row) => (row % 4 === 0 ? 1 : 0));
const even = Int32Array.from({ length: 50 }, (_, i) => 2 * i);

test('inner-validation: parts are of the rows given, apart, and hold their share of leavers', () => {
  const { training, validation } = innerValidation(labels, even, 0.2, createRandom(1))!;
  assert.equal(validation.length, 10);
  assert.deepEqual(
    [...training, ...validation].sort((a, b) => a - b),
    [...even],
  );
  assert.equal(validation.filter((row) => labels[row] === 1).length, 5);
});

test('inner-validation: too few rows of an outcome give none', () => {
  assert.equal(innerValidation(labels, even.subarray(0, 6), 0.2, createRandom(1)), undefined);
  assert.equal(innerValidation(new Uint8Array(101), even, 0.2, createRandom(1)), undefined);
});

test('inner-validation: another fault than too few rows is not hidden', () => {
  assert.throws(() => innerValidation(labels, even, 2, createRandom(1)), { code: 'param.value' });
});

test('weighted rows: those that count at all, in order', () => {
  assert.deepEqual([...weightedRows(Float64Array.of(0, 2, 0, 0.5))], [1, 3]);
});
