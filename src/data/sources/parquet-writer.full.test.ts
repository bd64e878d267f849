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

async function written(
  pieces: readonly (readonly Row[])[],
  fields: readonly ParquetField[],
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = parquetWriter(async (bytes) => void parts.push(bytes), fields);
  for (const rows of pieces) await writer.append(rows);
  await writer.finish();
  return Buffer.concat(parts);
}

/** What DuckDB makes of the file: its rows, and the rows of each group. */
async function readBack(bytes: Uint8Array) {
  const path = join(folder, 'file.parquet');
  writeFileSync(path, bytes);
  const engine = await openEngine('test', () => new UnavailableError('work.memory', 'not readable'));
  try {
    const rows = await engine.query(`select * from read_parquet(${literal(path)})`);
    const groups = await engine.query(
      `select row_group_num_rows::double from parquet_metadata(${literal(path)}) where column_id = 0 order by row_group_id`,
    );
    return { rows, groups: groups.flat() };
  } finally {
    await engine.close();
  }
}

test('parquet writer: many rows are several groups, the same bytes however the rows come in', async () => {
  const rows = Array.from({ length: 140_000 }, (_, i): Row => [`C${i}`, i % 7 === 0 ? null : i / 7]);
  const two: ParquetField[] = [
    { name: 'id', kind: 'text' },
    { name: 'p', kind: 'number' },
  ];
  const whole = await written([rows], two);
  const pieces = Array.from({ length: 20 }, (_, i) => rows.slice(i * 7000, (i + 1) * 7000));
  assert.ok(whole.equals(await written(pieces, two)));
  const { rows: back, groups } = await readBack(whole);
  assert.deepEqual(groups, [131_072, 140_000 - 131_072]);
  for (const i of [0, 1, 16_390, 131_071, 131_072, 139_999]) assert.deepEqual(back[i], rows[i]);
});

test('parquet writer: long texts end a group before it outgrows memory', async () => {
  const rows = Array.from({ length: 1024 }, (_, i): Row => [`${i}${'x'.repeat(80_000)}`]);
  const { groups, rows: back } = await readBack(await written([rows], [{ name: 't', kind: 'text' }]));
  assert.deepEqual(groups, [512, 512]);
  assert.equal(back[1000]![0], rows[1000]![0]);
});
