import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { valueAt } from '../../table/column.ts';
import type { Table } from '../../table/table.ts';
import type { ReadColumn, Source } from '../source.ts';
import { openSource } from './open.ts';
import { writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-chunks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const rowCount = 40;
const header = ['id', 'charge', 'plan', 'grade', 'paperless', 'since', 'left'];
/** Values that can't be read, missing ones, levels that nobody named and one number in several spellings. */
const cells = (row: number): (string | null)[] => [
  row % 9 === 4 ? null : `C${row}`,
  ['1.5', ' 2 ', '', 'soon', '1e3', 'NaN'][row % 6]!,
  ['basic', 'gold', '', ' silver', '#N/A'][row % 5]!,
  ['1', '1.0', '2', '7', ''][row % 5]!,
  ['true', 'False', '', 'yes'][row % 4]!,
  ['2024-01-31', '31.12.2023', '', 'never'][row % 4]!,
  ['yes', 'no', `level ${row}`][row % 3]!,
];
const columns: readonly ReadColumn[] = [
  { name: 'charge', kind: 'number' },
  { name: 'plan', kind: 'category', levels: ['gold', "it's", 'basic', 'nul\u0000'] },
  { name: 'grade', kind: 'category', levels: [1, 2, 3] },
  { name: 'paperless', kind: 'boolean' },
  { name: 'since', kind: 'time', dateFormat: 'DD.MM.YYYY' },
  { name: 'left', kind: 'category' },
  { name: 'id', kind: 'text' },
];

async function fileOf(kind: 'csv' | 'parquet'): Promise<string> {
  const path = join(folder, `customers.${kind}`);
  const rows = Array.from({ length: rowCount }, (_, row) => cells(row));
  if (kind === 'csv') {
    const lines = rows.map((row) => row.map((cell) => cell ?? '').join(','));
    writeFileSync(path, `${[header.join(','), ...lines].join('\n')}\n`);
  } else {
    const fields = header.map((name) => ({ name, kind: 'text' as const }));
    await writeRows(path, fields, rows);
  }
  return path;
}

const valuesOf = (table: Table) =>
  Array.from({ length: table.rowCount }, (_, row) => table.columns.map((column) => valueAt(column, row)));

async function inPieces(source: Source, wanted: readonly ReadColumn[], rows: number) {
  const values: unknown[][] = [];
  const unreadable: string[] = [];
  const lengths: number[] = [];
  for await (const { from, table, unreadable: cells } of source.chunks(wanted, rows)) {
    assert.equal(from, values.length);
    lengths.push(table.rowCount);
    values.push(...valuesOf(table));
    unreadable.push(...cells.map(({ column, row }) => `${column} ${from + row}`));
  }
  return { values, unreadable: unreadable.sort(), lengths };
}

for (const kind of ['csv', 'parquet'] as const)
  test(`read chunks: ${kind}: pieces of any length hold the cells that are read whole, and the same are unreadable`, async () => {
    const source = await openSource(await fileOf(kind));
    try {
      const whole = await source.read(columns);
      const expected = whole.unreadable.map(({ column, row }) => `${column} ${row}`).sort();
      assert.ok(expected.length > 20);
      for (const rows of kind === 'csv' ? [7, 40] : [1, 39, 4096]) {
        const { values, unreadable, lengths } = await inPieces(source, columns, rows);
        assert.deepEqual(values, valuesOf(whole.table), `${rows} rows`);
        assert.deepEqual(unreadable, expected);
        assert.deepEqual([...new Set(lengths.slice(0, -1))], rows < rowCount ? [rows] : []);
      }
    } finally {
      await source.close();
    }
  });

test('read chunks: numbers as levels and texts; a whole read and a profile in between', async () => {
  const path = join(folder, 'numbers.parquet');
  const rows = Array.from({ length: 20 }, (_, i) => [i % 6 === 5 ? null : (i % 3) / 2, i / 4]);
  await writeRows(
    path,
    [
      { name: 'half', kind: 'number' },
      { name: 'quarter', kind: 'number' },
    ],
    rows,
  );
  const source = await openSource(path);
  try {
    const wanted: ReadColumn[] = [
      { name: 'half', kind: 'category' },
      { name: 'quarter', kind: 'text' },
    ];
    const values: unknown[][] = [];
    for await (const { table } of source.chunks(wanted, 6)) {
      values.push(...valuesOf(table));
      assert.deepEqual((await source.read(wanted)).table.rowCount, 20);
      assert.equal((await source.profile()).length, 2);
    }
    assert.deepEqual(values, valuesOf((await source.read(wanted)).table));
  } finally {
    await source.close();
  }
});

test('read chunks: who stops early frees what was open, and may begin anew', async () => {
  const source = await openSource(await fileOf('csv'));
  try {
    for await (const { table } of source.chunks(columns, 3)) {
      assert.equal(table.rowCount, 3);
      break;
    }
    assert.equal((await inPieces(source, columns, 16)).values.length, rowCount);
  } finally {
    await source.close();
  }
});

test('read chunks: an absent column is refused by name, and a file that changes meanwhile by code', async () => {
  const path = await fileOf('parquet');
  const source = await openSource(path);
  try {
    await assert.rejects(inPieces(source, [{ name: 'plam', kind: 'text' }], 5), { code: 'column.missing' });
    const reading = source.chunks(columns, 30)[Symbol.asyncIterator]();
    await reading.next();
    await fileOf('parquet');
    await assert.rejects(
      async () => {
        while (!(await reading.next()).done);
      },
      { code: 'data.unreadable' },
    );
  } finally {
    await source.close();
  }
});
