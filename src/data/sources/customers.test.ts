import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { HoldfastError } from '../../base/errors.ts';
import { columnNames } from '../../table/table.ts';
import { dataSection } from '../contract.ts';
import { type Customers, duplicateIds, loadCustomers } from './customers.ts';
import { openSource } from './open.ts';
import { writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-customers-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const contractOf = (churned: string | number | boolean) =>
  dataSection.parse({
    source: 'customers.csv',
    id: 'id',
    target: { column: 'left', churned },
    columns: {
      tenure: { kind: 'number', min: 0, nullable: true },
      region: { kind: 'category', levels: ['N', 'S'], use: 'segment', nullable: true },
      note: { kind: 'text', use: 'none' },
    },
  });

async function load(
  content: string,
  churned: string | number | boolean = 'Yes',
  target: 'required' | 'optional' = 'required',
): Promise<Customers> {
  const path = join(folder, 'customers.csv');
  writeFileSync(path, content);
  const source = await openSource(path);
  try {
    return await loadCustomers(source, contractOf(churned), { target });
  } finally {
    await source.close();
  }
}
const refused = (work: Promise<unknown>, code: string, message: RegExp) =>
  assert.rejects(work, (error: HoldfastError) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

test('customers: features and segments in the order of the contract, labels, ids as written, unknown columns', async () => {
  const customers = await load('region,extra,left,id,tenure\nN,1,Yes,007,5\nS,2,No, b ,-1\nW,3,maybe,,x\n');
  assert.deepEqual(columnNames(customers.table), ['tenure', 'region']);
  assert.deepEqual([...customers.labels!], [1, 0, 0]);
  assert.deepEqual(customers.ids, ['007', ' b ', '']);
  assert.deepEqual(customers.unknownColumns, ['extra']);
  assert.deepEqual(
    customers.check.broken.map(({ row, code, column }) => [row, code, column]),
    [
      [1, 'below-min', 'tenure'],
      [2, 'missing', 'id'],
      [2, 'unreadable', 'tenure'],
    ],
  );
  assert.deepEqual(customers.check.unseen, { region: 1 });
});

test('customers: the churned value is compared as JSON, so 1 is 1.0 in a file', async () => {
  const rows = (values: string[]) =>
    `id,tenure,region,left\n${values.map((value, i) => `${i},1,N,${value}`).join('\n')}\n`;
  assert.deepEqual([...(await load(rows(['1.0', '0.0', '1']), 1)).labels!], [1, 0, 1]);
  assert.deepEqual([...(await load(rows(['TRUE', 'false']), true)).labels!], [1, 0]);
  const path = join(folder, 'target.parquet');
  await writeRows(
    path,
    [
      { name: 'id', kind: 'number' },
      { name: 'tenure', kind: 'number' },
      { name: 'region', kind: 'text' },
      { name: 'left', kind: 'boolean' },
    ],
    [
      [1, 1, 'N', true],
      [2, 1, 'N', false],
    ],
  );
  const source = await openSource(path);
  const { labels, ids } = await loadCustomers(source, contractOf(true), { target: 'required' });
  await source.close();
  assert.deepEqual([...labels!], [1, 0]);
  assert.deepEqual(ids, ['1', '2']);
});

test('customers: missing columns are refused together, each with the nearest name', async () => {
  await refused(
    load('ID,Tenure,left\n1,2,Yes\n'),
    'contract.missing-column',
    /3 columns missing from the data: id \(is it ID\?\), tenure \(is it Tenure\?\), region;/,
  );
});

test('customers: a target that is absent, empty in rows or of one class is refused when it is required', async () => {
  await refused(load('id,tenure,region,Left\n1,2,N,Yes\n'), 'data.no-target', /did you mean Left\?/);
  const empty = 'id,tenure,region,left\n1,2,N,Yes\n2,2,N,\n3,2,N,NA\n4,2,N,No\n';
  await refused(load(empty), 'data.target-empty', /empty in 2 of 4 rows, first at row 2/);
  await refused(
    load('id,tenure,region,left\n1,2,N,No\n2,2,N,No\n'),
    'data.one-class',
    /no row holds the churned value "Yes"/,
  );
  await refused(load('id,tenure,region,left\n1,2,N,Yes\n'), 'data.one-class', /every row/);
});

test('customers: an optional target gives labels when it is whole, else none', async () => {
  assert.equal((await load('id,tenure,region\n1,2,N\n', 'Yes', 'optional')).labels, null);
  assert.equal((await load('id,tenure,region,left\n1,2,N,\n2,2,N,No\n', 'Yes', 'optional')).labels, null);
  assert.deepEqual([...(await load('id,tenure,region,left\n1,2,N,No\n', 'Yes', 'optional')).labels!], [0]);
});

test('customers: rows that repeat an id are counted from the second on, missing ids are not compared', () => {
  assert.deepEqual(duplicateIds(['a', 'b', 'a', '', '', 'a', 'b']), { count: 3, rows: [2, 5, 6] });
  assert.deepEqual(duplicateIds(['a', 'a', 'a'], 1), { count: 2, rows: [1] });
  assert.deepEqual(duplicateIds([]), { count: 0, rows: [] });
});
