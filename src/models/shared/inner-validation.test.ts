import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { innerValidation, weightedRows } from './inner-validation.ts';

const labels = Uint8Array.from({ length: 101 }, (_, row) => (row % 4 === 0 ? 1 : 0));
const rows = { labels, groups: null };
const even = Int32Array.from({ length: 50 }, (_, i) => 2 * i);

test('inner-validation: parts are of the rows given, apart, and hold their share of leavers', () => {
  const { training, validation } = innerValidation(rows, even, 0.2, createRandom(1))!;
  assert.equal(validation.length, 10);
  assert.deepEqual(
    [...training, ...validation].sort((a, b) => a - b),
    [...even],
  );
  assert.equal(validation.filter((row) => labels[row] === 1).length, 5);
});

test('inner-validation: rows of a group are never parted, unless groups are too few', () => {
  const groups = Int32Array.from(labels, (_, row) => row % 20);
  const { training, validation } = innerValidation({ labels, groups }, even, 0.2, createRandom(1))!;
  assert.equal(training.length + validation.length, even.length);
  assert.ok(validation.length >= 5 && validation.length <= 20);
  const held = new Set(validation.map((row) => groups[row]!));
  assert.ok(training.every((row) => !held.has(groups[row]!)));
  const few = { labels, groups: new Int32Array(101) };
  assert.deepEqual(
    innerValidation(few, even, 0.2, createRandom(1)),
    innerValidation(rows, even, 0.2, createRandom(1)),
  );
});

test('inner-validation: too few rows of an outcome give none', () => {
  assert.equal(innerValidation(rows, even.subarray(0, 6), 0.2, createRandom(1)), undefined);
  assert.equal(
    innerValidation({ labels: new Uint8Array(101), groups: null }, even, 0.2, createRandom(1)),
    undefined,
  );
});

test('inner-validation: another fault than too few rows is not hidden', () => {
  assert.throws(() => innerValidation(rows, even, 2, createRandom(1)), { code: 'param.value' });
});

test('weighted rows: those that count at all, in order', () => {
  assert.deepEqual([...weightedRows(Float64Array.of(0, 2, 0, 0.5))], [1, 3]);
});
