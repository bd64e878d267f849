import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn, textColumn, timeColumn, valueAt } from '../../table/column.ts';
import { createTable, findColumn, type Table } from '../../table/table.ts';
import { repair } from '../testing/repair.ts';
import { fillForward } from './fill-forward.ts';

const valuesOf = (table: Table, name: string) =>
  Array.from({ length: table.rowCount }, (_, row) => valueAt(findColumn(table, name)!, row));

const table = createTable([
  textColumn('id', ['a', 'b', 'a', 'b', 'a', null]),
  timeColumn('month', [3, 1, 1, 2, 2, 1]),
  categoryColumn('plan', ['plus', null, null, 'basic', null, null]),
  numberColumn('charge', [null, 5, null, null, 7, null]),
]);

test('fill-forward: in the order of the file a gap takes the last value, before the first it stays', () => {
  const made = repair(fillForward, table, { columns: ['plan', 'charge'] });
  assert.deepEqual(valuesOf(made.table, 'plan'), ['plus', 'plus', 'plus', 'basic', 'basic', 'basic']);
  assert.deepEqual(valuesOf(made.table, 'charge'), [null, 5, 5, 5, 7, 7]);
  assert.equal(made.message, 'fill-forward: 7 gaps in plan, charge filled');
});

test('fill-forward: within each customer and in the order of time; rows without an id are left alone', () => {
  const made = repair(fillForward, table, { columns: ['charge'], by: 'id', orderBy: 'month' });
  assert.deepEqual(valuesOf(made.table, 'charge'), [7, 5, null, 5, 7, null]);
});

test('fill-forward: rows without a time are left alone and carry nothing on', () => {
  const some = createTable([numberColumn('at', [1, null, 2]), numberColumn('x', [1, 9, null])]);
  assert.deepEqual(
    valuesOf(repair(fillForward, some, { columns: ['x'], orderBy: 'at' }).table, 'x'),
    [1, 9, 1],
  );
});

test('fill-forward: no gap that could be filled is nothing to say, and inputs stay as they were', () => {
  const whole = createTable([numberColumn('x', [null, 1, 2])]);
  assert.equal(repair(fillForward, whole, { columns: ['x'] }).message, null);
  assert.deepEqual(valuesOf(table, 'charge'), [null, 5, null, null, 7, null]);
});
