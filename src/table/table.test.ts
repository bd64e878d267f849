import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, HoldfastError } from '../base/errors.ts';
import { categoryColumn, numberColumn, valueAt } from './column.ts';
import {
  beside,
  columnNames,
  createTable,
  findColumn,
  requireColumn,
  selectColumns,
  type Table,
  takeRows,
} from './table.ts';

const table = createTable([
  numberColumn('tenure', [1, 2, 3]),
  numberColumn('charge', [10, 20, 30]),
  categoryColumn('contract', ['a', 'b', 'a']),
]);

const refused = (code: ErrorCode, column: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HoldfastError);
  assert.equal(error.code, code);
  assert.equal(error.fields.column, column);
  assert.match(error.message, message);
  return true;
};

const rowsOf = (from: Table): unknown[][] =>
  Array.from({ length: from.rowCount }, (_, row) => from.columns.map((column) => valueAt(column, row)));

test('table: has the rows of its columns, or those it is told when there is none', () => {
  assert.equal(table.rowCount, 3);
  assert.equal(createTable([]).rowCount, 0);
  assert.equal(createTable([], 5).rowCount, 5);
});

test('table: columns of unequal length are a defect', () => {
  assert.throws(() => createTable([numberColumn('a', [1]), numberColumn('b', [1, 2])]), {
    name: 'RangeError',
    message: 'table: column b has 2 rows, expected 1',
  });
});

test('table: two columns of one name are refused by that name', () => {
  assert.throws(
    () => createTable([numberColumn('a', [1]), numberColumn('a', [2])]),
    refused('column.clash', 'a', /^table: two columns are named a; rename one$/),
  );
});

test('table: a column is found by name or not', () => {
  assert.equal(findColumn(table, 'charge'), table.columns[1]);
  assert.equal(findColumn(table, 'Charge'), undefined);
});

test('table: a column that is required and missing is named, with the nearest that is there', () => {
  assert.throws(
    () => requireColumn('my-step', table, 'tenur'),
    refused('column.missing', 'tenur', /^my-step: column tenur is missing; did you mean tenure\?; give it/),
  );
});

test('table: a column of another kind is named with what it is and what is due', () => {
  assert.equal(requireColumn('my-step', table, 'tenure', 'number', 'boolean').values[0], 1);
  assert.throws(
    () => requireColumn('my-step', table, 'contract', 'number', 'boolean'),
    refused(
      'column.kind',
      'contract',
      /^my-step: column contract is of kind category, number, boolean required/,
    ),
  );
});

test('table: chosen columns stand in the order asked for and share their values', () => {
  const chosen = selectColumns(table, ['contract', 'tenure']);
  assert.deepEqual(columnNames(chosen), ['contract', 'tenure']);
  assert.equal(chosen.columns[1], table.columns[0]);
  assert.equal(selectColumns(table, []).rowCount, 3);
  assert.throws(
    () => selectColumns(table, ['nothing'], 'my-step'),
    refused('column.missing', 'nothing', /^my-step: /),
  );
});

test('table: chosen rows stand in the order asked for, repeated if asked', () => {
  assert.deepEqual(rowsOf(takeRows(table, [2, 0, 2])), [
    [3, 30, 'a'],
    [1, 10, 'a'],
    [3, 30, 'a'],
  ]);
  assert.equal(takeRows(table, []).rowCount, 0);
  assert.equal(takeRows(createTable([], 3), [1, 2]).rowCount, 2);
});

test('table: two tables of the same rows stand side by side', () => {
  const more = createTable([numberColumn('calls', [0, 1, 0])]);
  assert.deepEqual(columnNames(beside(table, more)), ['tenure', 'charge', 'contract', 'calls']);
  assert.throws(() => beside(table, table), refused('column.clash', 'tenure', /tenure/));
  assert.throws(() => beside(table, createTable([numberColumn('calls', [0])])), { name: 'RangeError' });
});

test('table: the columns of a wide table are found by name as those of a narrow one', () => {
  const wide = createTable(Array.from({ length: 300 }, (_, c) => numberColumn(`n${c}`, [c])));
  assert.equal(findColumn(wide, 'n299'), wide.columns[299]);
  assert.equal(findColumn(wide, 'n300'), undefined);
  assert.throws(() => requireColumn('step', wide, 'n3x'), refused('column.missing', 'n3x', /did you mean/));
  assert.deepEqual(columnNames(selectColumns(wide, ['n7', 'n0'])), ['n7', 'n0']);
});
