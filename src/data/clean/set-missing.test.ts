import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  booleanColumn,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
  valueAt,
} from '../../table/column.ts';
import { createTable, findColumn, type Table } from '../../table/table.ts';
import { repair } from '../testing/repair.ts';
import { setMissing } from './set-missing.ts';

const valuesOf = (table: Table, name: string) =>
  Array.from({ length: table.rowCount }, (_, row) => valueAt(findColumn(table, name)!, row));

test('set-missing: stand-in values of every kind become missing, others stay', () => {
  const table = createTable([
    numberColumn('n', [-999, 1, null]),
    categoryColumn('c', ['unknown', 'a', null]),
    categoryColumn('coded', ['-999', '-999.0', '3']),
    booleanColumn('b', [false, true, null]),
    timeColumn('t', [Date.parse('1900-01-01'), 0, null]),
    textColumn('x', ['unknown', 'y', null]),
  ]);
  const columns = ['n', 'c', 'coded', 'b', 't', 'x'];
  const made = repair(setMissing, table, { columns, values: [-999, 'unknown', false, '1900-01-01'] });
  assert.deepEqual(valuesOf(made.table, 'n'), [null, 1, null]);
  assert.deepEqual(valuesOf(made.table, 'c'), [null, 'a', null]);
  assert.deepEqual(valuesOf(made.table, 'coded'), [null, null, '3']);
  assert.deepEqual(valuesOf(made.table, 'b'), [null, true, null]);
  assert.deepEqual(valuesOf(made.table, 't'), [null, '1970-01-01T00:00:00.000Z', null]);
  assert.deepEqual(valuesOf(made.table, 'x'), [null, 'y', null]);
  assert.equal(made.message, 'set-missing: 7 values of n, c, coded, b, t and 1 more called missing');
  assert.deepEqual(valuesOf(table, 'n'), [-999, 1, null]);
});

test('set-missing: nothing found is nothing to say', () => {
  const table = createTable([numberColumn('n', [1, 2])]);
  assert.deepEqual(repair(setMissing, table, { columns: ['n'], values: [-999] }), {
    rows: [0, 1],
    table,
    message: null,
  });
});
