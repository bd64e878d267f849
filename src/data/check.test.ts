import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { breakSummary, checkTable, missingColumns, unknownColumns, usedColumns } from './check.ts';
import { type Contract, dataSection } from './contract.ts';
import type { ReadResult } from './source.ts';

const contract: Contract = dataSection.parse({
  source: 'customers.csv',
  id: 'customer',
  target: { column: 'left', churned: 'Yes' },
  columns: {
    tenure: { kind: 'number', min: 0, max: 100 },
    plan: { kind: 'category', levels: ['a', 'b'], closed: true, nullable: true },
    region: { kind: 'category', levels: [1, 2], nullable: true, use: 'segment' },
    paperless: { kind: 'boolean' },
    note: { kind: 'text', use: 'none' },
  },
});

const read = (unreadable: ReadResult['unreadable'] = []): ReadResult => ({
  table: createTable([
    numberColumn('tenure', [5, -1, null, 101, null]),
    categoryColumn('plan', ['a', 'c', null, 'b', 'c']),
    categoryColumn('region', ['1', '1.0', '3', null, '3']),
    booleanColumn('paperless', [true, false, true, null, true]),
  ]),
  unreadable,
});

test('check: breaks come by row, then in the order of the contract, and say the rule but no value', () => {
  const { broken, rows } = checkTable(contract, read([{ column: 'tenure', row: 4 }]), [
    '1',
    '2',
    '3',
    '4',
    null,
  ]);
  assert.equal(rows, 5);
  assert.deepEqual(
    broken.map(({ row, code, column }) => [row, code, column]),
    [
      [1, 'below-min', 'tenure'],
      [1, 'unseen-level', 'plan'],
      [2, 'missing', 'tenure'],
      [3, 'above-max', 'tenure'],
      [3, 'missing', 'paperless'],
      [4, 'missing', 'customer'],
      [4, 'unreadable', 'tenure'],
      [4, 'unseen-level', 'plan'],
    ],
  );
  assert.equal(broken[0]!.reason, 'below the minimum 0');
  for (const { reason } of broken) assert.doesNotMatch(reason, /-1|101|\bc\b/);
});

test('check: missing values and unseen levels are counted whether they break a row or not', () => {
  const { missing, unseen } = checkTable(contract, read([{ column: 'tenure', row: 4 }]));
  assert.deepEqual(missing, { tenure: 1, plan: 1, region: 1, paperless: 1 });
  assert.deepEqual(unseen, { plan: 2, region: 2 });
});

test('check: a bound itself is allowed', () => {
  const table = createTable([numberColumn('tenure', [0, 100])]);
  assert.deepEqual(checkTable(contract, { table, unreadable: [] }).broken, []);
});

test('check: the summary tells the first kind of break with its count and first row, from 1', () => {
  const { broken } = checkTable(contract, read());
  assert.equal(
    breakSummary(broken, 5),
    'tenure is below the minimum 0 in 1 of 5 rows, first at row 2; 4 other kinds of break besides; repair the rows, or change min where it is wrong',
  );
  assert.equal(breakSummary([], 5), 'all 5 rows keep it');
});

test('check: needed columns that are absent are named with the nearest unnamed one', () => {
  const names = ['Customer', 'tenures', 'plan', 'left', 'extra'];
  assert.deepEqual(
    missingColumns(contract, names).map(({ column, nearest, by }) => [column, nearest, by]),
    [
      ['customer', 'Customer', 'name'],
      ['tenure', 'tenures', 'name'],
      ['region', null, null],
      ['paperless', null, null],
    ],
  );
  assert.deepEqual(unknownColumns(contract, names), ['Customer', 'tenures', 'extra']);
});

test('check: features and segments are used, in the order of the contract, never the id or the target', () => {
  assert.deepEqual(
    usedColumns(contract).map(([name]) => name),
    ['tenure', 'plan', 'region', 'paperless'],
  );
  const odd = dataSection.parse({
    ...contract,
    columns: { left: { kind: 'category' }, customer: { kind: 'text' } },
  });
  assert.deepEqual(usedColumns(odd), []);
});
