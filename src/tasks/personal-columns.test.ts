import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../data/contract.ts';
import { categoryColumn, numberColumn, timeColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { personalColumns } from './personal-columns.ts';

test('personal columns: those of the contract that are in the table and make groups', () => {
  const contract = dataSection.parse({
    source: 'customers.csv',
    target: { column: 'left', churned: 'yes' },
    columns: {
      gender: { kind: 'category', personal: true, use: 'segment' },
      age: { kind: 'number', personal: true },
      born: { kind: 'time', personal: true },
      surname: { kind: 'category', personal: true, use: 'none' },
      plan: { kind: 'category' },
    },
  });
  const table = createTable([
    categoryColumn('plan', ['a']),
    numberColumn('age', [30]),
    categoryColumn('gender', ['f']),
    timeColumn('born', [0]),
  ]);
  assert.deepEqual(personalColumns(contract, table), ['age', 'gender']);
});
