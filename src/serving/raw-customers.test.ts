import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../data/contract.ts';
import { booleanColumn, categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { customerReader } from './customer-reader.ts';
import { customerSchema } from './customer-schema.ts';
import { rawCustomers } from './raw-customers.ts';

const contract = dataSection.parse({
  source: 'customers.csv',
  target: { column: 'churned', churned: true },
  columns: {
    charge: { kind: 'number', nullable: true },
    since: { kind: 'time', nullable: true },
    autopay: { kind: 'boolean', nullable: true },
    plan: { kind: 'category', levels: [1, 2, 'gold'], nullable: true },
    note: { kind: 'text', nullable: true },
    ignored: { kind: 'number', use: 'none' },
  },
});

const table = createTable([
  numberColumn('charge', [0.1 + 0.2, null, 5e-324, -1e99]),
  { name: 'since', kind: 'time', values: Float64Array.of(0, Number.NaN, 1_700_000_000_123, -1) },
  booleanColumn('autopay', [true, false, null, true]),
  categoryColumn('plan', ['1', 'gold', null, 'never seen']),
  { name: 'note', kind: 'text', values: ['a "quoted", text', null, 'ü\nx', 'x'] },
]);

test('raw customers: what is read back from their JSON is the same table, to the bit', () => {
  const sent = JSON.parse(JSON.stringify(rawCustomers(contract, table))) as Record<string, unknown>[];
  const reader = customerReader(contract, customerSchema(contract, {}));
  assert.deepEqual(
    sent.map((customer) => reader.problems(customer, 'refuse')),
    [[], [], [], []],
  );
  const again = reader.read(sent);
  for (const column of table.columns) {
    const back = again.columns.find(({ name }) => name === column.name)!;
    if (column.kind === 'category' && back.kind === 'category')
      assert.deepEqual(
        Array.from(back.codes, (code) => back.levels[code] ?? null),
        ['1', 'gold', null, 'never seen'],
      );
    else assert.deepEqual('values' in back && back.values, 'values' in column && column.values, column.name);
  }
});

test('raw customers: only columns that the model uses are in them, missing ones as null', () => {
  const [first] = rawCustomers(contract, createTable([numberColumn('charge', [3])]));
  assert.deepEqual(first, { charge: 3, since: null, autopay: null, plan: null, note: null });
});
