import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParquetField } from './parquet-writer.ts';
import { type ParquetRow, parquetBytes, readParquet } from './testing/parquet-bytes.ts';

const fields: readonly ParquetField[] = [
  { name: 'id "of" whom', kind: 'text' },
  { name: 'p', kind: 'number' },
  { name: 'churn', kind: 'boolean' },
  { name: 'band', kind: 'text' },
];

test('parquet writer: DuckDB reads the names, types and values; nulls stay null, texts keep every character', async () => {
  const rows: ParquetRow[] = [
    ['a\u0000b', 0.1, true, 'high'],
    [null, null, null, null],
    ['line\nend, "quoted" 😀', -1e300, false, 'low'],
    ['', 5e-324, true, 'high'],
  ];
  const back = await readParquet(await parquetBytes([rows], fields));
  assert.deepEqual(back.rows, rows);
  assert.deepEqual(
    back.types,
    fields.map(({ name, kind }) => [name, { text: 'VARCHAR', number: 'DOUBLE', boolean: 'BOOLEAN' }[kind]]),
  );
});

test('parquet writer: a file without rows has its columns; a column without values is all null', async () => {
  const empty = await readParquet(await parquetBytes([], fields));
  assert.deepEqual([empty.rows, empty.types.length], [[], 4]);
  const rows: ParquetRow[] = Array.from({ length: 20 }, () => [null, null, null, null]);
  assert.deepEqual((await readParquet(await parquetBytes([rows], fields))).rows, rows);
});
