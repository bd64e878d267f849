import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UnavailableError } from '../../base/errors.ts';
import { literal, openEngine } from './duckdb.ts';
import { type ParquetField, parquetWriter } from './parquet-writer.ts';

type Row = readonly (string | number | boolean | null)[];
const folder = mkdtempSync(join(tmpdir(), 'holdfast-parquet-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const fields: readonly ParquetField[] = [
  { name: 'id "of" whom', kind: 'text' },
  { name: 'p', kind: 'number' },
  { name: 'churn', kind: 'boolean' },
  { name: 'band', kind: 'text' },
];

async function written(...pieces: readonly (readonly Row[])[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = parquetWriter(async (bytes) => void parts.push(bytes), fields);
  for (const rows of pieces) await writer.append(rows);
  await writer.finish();
  return Buffer.concat(parts);
}

/** What DuckDB makes of the file. */
async function readBack(bytes: Uint8Array) {
  const path = join(folder, 'file.parquet');
  writeFileSync(path, bytes);
  const engine = await openEngine('test', () => new UnavailableError('work.memory', 'not readable'));
  try {
    const from = `read_parquet(${literal(path)})`;
    return {
      rows: await engine.query(`select * from ${from}`),
      types: (await engine.query(`describe select * from ${from}`)).map(([name, type]) => [name, type]),
    };
  } finally {
    await engine.close();
  }
}

test('parquet writer: DuckDB reads the names, types and values; nulls stay null, texts keep every character', async () => {
  const rows: Row[] = [
    ['a\u0000b', 0.1, true, 'high'],
    [null, null, null, null],
    ['line\nend, "quoted" 😀', -1e300, false, 'low'],
    ['', 5e-324, true, 'high'],
  ];
  const back = await readBack(await written(rows));
  assert.deepEqual(back.rows, rows);
  assert.deepEqual(
    back.types,
    fields.map(({ name, kind }) => [name, { text: 'VARCHAR', number: 'DOUBLE', boolean: 'BOOLEAN' }[kind]]),
  );
});

test('parquet writer: a file without rows has its columns; a column without values is all null', async () => {
  const empty = await readBack(await written());
  assert.deepEqual([empty.rows, empty.types.length], [[], 4]);
  const rows: Row[] = Array.from({ length: 20 }, () => [null, null, null, null]);
  assert.deepEqual((await readBack(await written(rows))).rows, rows);
});
