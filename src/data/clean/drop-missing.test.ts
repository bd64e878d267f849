import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, textColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { repair } from '../testing/repair.ts';
import { dropMissing } from './drop-missing.ts';

const table = createTable([
  textColumn('custid', ['a', null, 'c', null]),
  numberColumn('order', [1, 2, null, null]),
]);

test('drop-missing: rows without the id go, with their number', () => {
  const { rows, message } = repair(dropMissing, table, { columns: ['custid'] });
  assert.deepEqual(rows, [0, 2]);
  assert.equal(message, 'drop-missing: 2 rows without custid left out');
});

test('drop-missing: any of several columns is enough; a whole table says nothing', () => {
  assert.deepEqual(repair(dropMissing, table, { columns: ['custid', 'order'] }).rows, [0]);
  const whole = createTable([numberColumn('order', [1, 2])]);
  assert.equal(repair(dropMissing, whole, { columns: ['order'] }).message, null);
});
