import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParquetField } from './parquet-writer.ts';
import { type ParquetRow, parquetBytes, readParquet } from './testing/parquet-bytes.ts';

test('parquet writer: many rows are several groups, the same bytes however the rows come in', async () => {
  const rows = Array.from({ length: 140_000 }, (_, i): ParquetRow => [`C${i}`, i % 7 === 0 ? null : i / 7]);
  const two: ParquetField[] = [
    { name: 'id', kind: 'text' },
    { name: 'p', kind: 'number' },
  ];
  const whole = await parquetBytes([rows], two);
  const pieces = Array.from({ length: 20 }, (_, i) => rows.slice(i * 7000, (i + 1) * 7000));
  assert.ok(whole.equals(await parquetBytes(pieces, two)));
  const { rows: back, groups } = await readParquet(whole);
  assert.deepEqual(groups, [131_072, 140_000 - 131_072]);
  for (const i of [0, 1, 16_390, 131_071, 131_072, 139_999]) assert.deepEqual(back[i], rows[i]);
});

test('parquet writer: long texts end a group before it outgrows memory', async () => {
  const rows = Array.from({ length: 1024 }, (_, i): ParquetRow => [`${i}${'x'.repeat(80_000)}`]);
  const { groups, rows: back } = await readParquet(await parquetBytes([rows], [{ name: 't', kind: 'text' }]));
  assert.deepEqual(groups, [512, 512]);
  assert.equal(back[1000]![0], rows[1000]![0]);
});
