import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { distinctRows, placeAmong, sortedNumbers } from './place-among.ts';

test('place among: the share below, equal ones counted half', () => {
  const sorted = sortedNumbers(numberColumn('x', [3, 1, null, 2, 2]));
  assert.deepEqual([...sorted], [1, 2, 2, 3]);
  assert.deepEqual(
    [0, 1, 2, 2.5, 3, 9].map((value) => placeAmong(sorted, value)),
    [0, 0.125, 0.5, 0.75, 0.875, 1],
  );
  assert.ok(Number.isNaN(placeAmong(sortedNumbers(categoryColumn('c', ['a'])), 1)));
});

test('distinct rows: numbers in order, levels as met, missing last, each once', () => {
  assert.deepEqual([...distinctRows(numberColumn('x', [3, null, 1, 3, null, 2]))], [2, 5, 0, 1]);
  assert.deepEqual([...distinctRows(categoryColumn('c', ['b', 'a', 'b', null]))], [0, 1, 3]);
});
