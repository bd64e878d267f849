import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { z } from 'zod';
import { valueAt } from '../../table/column.ts';
import { columnNames, findColumn } from '../../table/table.ts';
import { cleanSection } from '../clean/section.ts';
import { dataSection } from '../contract.ts';
import { type Customers, loadCustomers } from './customers.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-clean-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const contract = dataSection.parse({
  source: 'customers.csv',
  id: 'id',
  target: { column: 'left', churned: 1 },
  columns: {
    spent: { kind: 'number', nullable: true },
    last: { kind: 'time', dateFormat: 'dd-MM-yyyy', nullable: true },
    month: { kind: 'number', use: 'none' },
  },
});

async function load(content: string, clean: z.input<typeof cleanSection>): Promise<Customers> {
  const path = join(folder, 'customers.csv');
  writeFileSync(path, content);
  const source = await openSource(path);
  try {
    return await loadCustomers(source, contract, { target: 'required', clean: cleanSection.parse(clean) });
  } finally {
    await source.close();
  }
}

const rows = [
  'id,left,spent,last,month',
  'a,0,5,28-09-2012,2',
  '#N/A,0,1,#N/A,1',
  'b,0,x,1/0/00,1',
  'a,1,,11-08-2013,3',
  'c,,7,01-01-2013,1',
].join('\n');
const repairs: z.input<typeof cleanSection> = [
  { repair: 'drop-missing', columns: ['id', 'left'] },
  { repair: 'fill-forward', columns: ['spent'], by: 'id', orderBy: 'month' },
  { repair: 'deduplicate', by: 'id' },
  { repair: 'unreadable-as-missing', columns: ['last'] },
];

test('customers: repairs come before the check, rows, ids and labels stay together, dates are read by their format', async () => {
  const customers = await load(rows, repairs);
  assert.deepEqual(customers.ids, ['b', 'a']);
  assert.deepEqual([...customers.labels!], [0, 1]);
  assert.deepEqual(columnNames(customers.table), ['spent', 'last']);
  const valuesOf = (name: string) => [0, 1].map((row) => valueAt(findColumn(customers.table, name)!, row));
  assert.deepEqual(valuesOf('spent'), [null, 5]);
  assert.deepEqual(valuesOf('last'), [null, '2013-08-11T00:00:00.000Z']);
  assert.equal(customers.check.rows, 2);
  assert.deepEqual(
    customers.notes.map(({ code }) => code),
    ['clean.drop-missing', 'clean.fill-forward', 'clean.deduplicate', 'clean.unreadable-as-missing'],
  );
});

test('customers: after repairs a break names the row where it stands in the file', async () => {
  const { check } = await load(rows, repairs);
  assert.deepEqual(
    check.broken.map(({ row, code, column }) => [row, code, column]),
    [[2, 'unreadable', 'spent']],
  );
});

test('customers: without repairs nothing is left out and nothing is said', async () => {
  const customers = await load('id,left,spent,last,month\na,0,5,28-09-2012,2\na,1,6,,1\n', []);
  assert.deepEqual([customers.ids, customers.notes], [['a', 'a'], []]);
});
