import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, textColumn, valueAt } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { isSameValue, stackTables, takeEach } from './score-table.ts';

const above = createTable([
  categoryColumn('plan', ['gold', null]),
  numberColumn('usage', [1, null]),
  booleanColumn('autopay', [true, null]),
  textColumn('remark', ['a', null]),
]);
const below = createTable([
  textColumn('remark', [null]),
  booleanColumn('autopay', [true]),
  numberColumn('usage', [null]),
  categoryColumn('plan', ['basic']),
]);
const names = ['plan', 'usage', 'autopay', 'remark'];

test('stacked tables: columns and levels are found by name, missing stays missing', () => {
  const stacked = stackTables(above, below, names, 'test');
  const rows = [0, 1, 2].map((row) => stacked.columns.map((column) => valueAt(column, row)));
  assert.deepEqual(rows, [
    ['gold', 1, true, 'a'],
    [null, null, null, null],
    ['basic', null, true, null],
  ]);
  assert.deepEqual(
    stacked.columns.map((column) => [isSameValue(column, 0, 2), isSameValue(column, 1, 2)]),
    [
      [false, false],
      [false, true],
      [true, false],
      [false, true],
    ],
  );
});

test('taking each: every column of a new row comes from a row of its own', () => {
  const stacked = stackTables(above, below, names, 'test');
  const taken = takeEach(
    stacked,
    [Int32Array.of(2, 9), Int32Array.of(0, 9), Int32Array.of(1, 9), Int32Array.of(0, 9)],
    1,
  );
  assert.deepEqual(
    taken.columns.map((column) => valueAt(column, 0)),
    ['basic', 1, null, 'a'],
  );
});

test('stacked tables: a missing column and one of another kind are refused by name', () => {
  for (const [other, code] of [
    [createTable([numberColumn('usage', [1])]), 'column.missing'],
    [createTable([numberColumn('plan', [1])]), 'column.kind'],
  ] as const) {
    assert.throws(
      () => stackTables(above, other, ['plan'], 'test'),
      (error: { code?: string; fields?: { column?: string } }) =>
        error.code === code && error.fields?.column === 'plan',
    );
  }
});
