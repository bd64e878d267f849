import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { valueAt } from '../../table/column.ts';
import { dataSection } from '../contract.ts';
import { generateCustomers } from '../generate/generate-customers.ts';
import { inferContract } from '../infer.ts';
import { loadCustomers } from './customers.ts';
import { openSource } from './open.ts';
import { writeXlsx, type XlsxCell } from './testing/xlsx.ts';
import { type OutColumn, writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-formats-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('formats: the same customers as CSV, JSON, NDJSON, packed, Excel and Parquet are the same table to learn from', async () => {
  const { table } = generateCustomers({ rows: 300, seed: 7 });
  const columns: OutColumn[] = table.columns.map(({ name, kind }) => ({
    name,
    kind: kind === 'number' || kind === 'boolean' ? kind : 'text',
  }));
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => {
      const value = valueAt(column, row);
      // A day is written as a day; a number that was not told is no number.
      return column.kind === 'time' && value !== null ? String(value).slice(0, 10) : value;
    }),
  );
  const at = (name: string): string => join(folder, name);
  await writeRows(at('c.csv'), columns, rows);
  await writeRows(at('c.parquet'), columns, rows);
  const records = rows.map((row) => Object.fromEntries(row.map((value, c) => [columns[c]!.name, value])));
  const json = JSON.stringify(records);
  const ndjson = records.map((record) => JSON.stringify(record)).join('\n');
  writeFileSync(at('c.json'), json);
  writeFileSync(at('c.ndjson'), ndjson);
  writeFileSync(at('p.json.gz'), gzipSync(json));
  // Keys that a record lacks.
  const sparse = records.map((record) =>
    JSON.stringify(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))),
  );
  writeFileSync(at('s.jsonl'), `${JSON.stringify(records[0])}\n${sparse.slice(1).join('\n')}`);
  await writeXlsx(at('c.xlsx'), { customers: [columns.map(({ name }) => name), ...(rows as XlsxCell[][])] });
  const load = async (name: string) => {
    const source = await openSource(at(name));
    const { contract, remarks } = inferContract(await source.profile(), {
      source: 'customers',
      target: 'churned',
      churned: 'yes',
      rowCount: source.rowCount,
    });
    const loaded = await loadCustomers(source, dataSection.parse(contract), { target: 'required' });
    await source.close();
    return { contract, remarks, table: loaded.table, labels: loaded.labels, ids: loaded.ids };
  };
  const expected = await load('c.csv');
  assert.ok(expected.table.columns.length > 10 && expected.table.rowCount === 300);
  for (const name of ['c.parquet', 'c.json', 'c.ndjson', 'p.json.gz', 's.jsonl', 'c.xlsx']) {
    assert.deepEqual(await load(name), expected, name);
  }
});
