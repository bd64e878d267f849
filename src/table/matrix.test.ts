import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, HoldfastError } from '../base/errors.ts';
import { booleanColumn, categoryColumn, numberColumn } from './column.ts';
import { toMatrix, writeRows } from './matrix.ts';
import { createTable } from './table.ts';

const refused = (code: ErrorCode, column: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HoldfastError);
  assert.equal(error.code, code);
  assert.equal(error.fields.column, column);
  assert.match(error.message, message);
  return true;
};

test('matrix: is row-major in the order of the columns, booleans as 0 and 1', () => {
  const matrix = toMatrix('me', createTable([numberColumn('a', [1, 2]), booleanColumn('b', [true, false])]));
  assert.deepEqual(matrix, { rows: 2, columns: 2, values: Float64Array.of(1, 1, 2, 0) });
});

test('matrix: no rows or no columns give an empty one', () => {
  assert.deepEqual(toMatrix('me', createTable([numberColumn('a', [])])), {
    rows: 0,
    columns: 1,
    values: new Float64Array(0),
  });
  assert.deepEqual(toMatrix('me', createTable([], 3)), { rows: 3, columns: 0, values: new Float64Array(0) });
});

test('matrix: missing values are refused with their number, or kept as NaN when asked', () => {
  const table = createTable([numberColumn('a', [1, null, null]), booleanColumn('b', [null, true, false])]);
  assert.throws(
    () => toMatrix('me', table),
    refused(
      'column.not-finite',
      'a',
      /^me: column a is missing or infinite in 2 of 3 rows; impute it before$/,
    ),
  );
  assert.deepEqual(
    toMatrix('me', table, 'keep').values,
    Float64Array.of(1, Number.NaN, Number.NaN, 1, Number.NaN, 0),
  );
});

test('matrix: a missing boolean is refused like a missing number', () => {
  assert.throws(
    () => toMatrix('me', createTable([booleanColumn('b', [null, true])])),
    refused('column.not-finite', 'b', /in 1 of 2 rows/),
  );
});

test('matrix: infinite numbers are refused in either way', () => {
  const table = createTable([numberColumn('a', [1, Number.NEGATIVE_INFINITY])]);
  for (const missing of ['refuse', 'keep'] as const)
    assert.throws(() => toMatrix('me', table, missing), refused('column.not-finite', 'a', /in 1 of 2 rows/));
});

test('matrix: a column that is no number is refused by name', () => {
  assert.throws(
    () => toMatrix('me', createTable([categoryColumn('plan', ['x'])])),
    refused(
      'column.kind',
      'plan',
      /^me: column plan is of kind category, number required; encode it before$/,
    ),
  );
});

test('matrix: rows are written into memory that is there already, as the whole matrix has them', () => {
  const table = createTable([
    numberColumn('a', [1, 2, 3, 4]),
    booleanColumn('b', [true, false, true, false]),
    numberColumn('c', [5, 6, 7, 8]),
  ]);
  const memory = new Float64Array(10).fill(9);
  assert.equal(writeRows('me', table, memory, 1, 1, 2), true);
  assert.deepEqual([...memory], [9, ...toMatrix('me', table).values.slice(3, 9), 9, 9, 9]);
});

test('matrix: writing tells of a missing, infinite or unknown value in the rows asked for, and of a kind by name', () => {
  const column = numberColumn('a', [1, null, Number.POSITIVE_INFINITY]);
  const truth = booleanColumn('b', [true, null, false]);
  const written = (table: Parameters<typeof writeRows>[1], from: number): boolean =>
    writeRows('me', table, new Float64Array(2), 0, from, 1);
  assert.deepEqual(
    [0, 1, 2].map((row) => written(createTable([column]), row)),
    [true, false, false],
  );
  assert.deepEqual(
    [0, 1, 2].map((row) => written(createTable([truth]), row)),
    [true, false, true],
  );
  const keeping = (table: Parameters<typeof writeRows>[1], row: number): boolean =>
    writeRows('me', table, new Float64Array(2), 0, row, 1, 'keep');
  assert.deepEqual(
    [0, 1, 2].map((row) => keeping(createTable([column]), row)),
    [true, true, false],
  );
  assert.equal(keeping(createTable([truth]), 1), true);
  assert.throws(
    () => written(createTable([categoryColumn('c', ['x'])]), 0),
    refused('column.kind', 'c', /^me: column c is of kind category, number required/),
  );
});
