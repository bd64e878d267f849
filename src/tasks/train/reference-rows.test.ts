import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { columnContract } from '../../data/contract.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { columnNames, createTable, requireColumn } from '../../table/table.ts';
import { referenceRows } from './reference-rows.ts';

const table = createTable([
  numberColumn(
    'tenure',
    Array.from({ length: 50 }, (_, i) => i),
  ),
  categoryColumn(
    'gender',
    Array.from({ length: 50 }, () => 'f'),
  ),
]);
const columns = {
  tenure: columnContract.parse({ kind: 'number' }),
  gender: columnContract.parse({ kind: 'category', personal: true }),
};

test('reference rows: personal columns are left out, few rows are kept as they are', () => {
  const kept = referenceRows(table, columns, createRandom(1))!;
  assert.deepEqual([columnNames(kept), kept.rowCount], [['tenure'], 50]);
});

test('reference rows: of many a sample without repetition, in order, the same for the same seed', () => {
  const kept = referenceRows(table, columns, createRandom(1), 20)!;
  const { values } = requireColumn('test', kept, 'tenure', 'number');
  assert.equal(new Set(values).size, 20);
  assert.deepEqual(
    [...values],
    [...values].sort((a, b) => a - b),
  );
  assert.deepEqual(referenceRows(table, columns, createRandom(1), 20), kept);
});

test('reference rows: nothing but personal columns gives none', () => {
  const personal = { ...columns, tenure: { ...columns.tenure, personal: true } };
  assert.equal(referenceRows(table, personal, createRandom(1)), null);
});
