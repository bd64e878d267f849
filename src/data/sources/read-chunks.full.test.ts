import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { rowsFromTable } from '../../table/rows.ts';
import type { ReadColumn } from '../source.ts';
import { openSource } from './open.ts';
import { writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-chunks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Holds the pieces of a file against the whole of it. */
async function assertSame(path: string, columns: readonly ReadColumn[], ...lengths: number[]): Promise<void> {
  const source = await openSource(path);
  try {
    const whole = await source.read(columns);
    const cells = whole.unreadable.map(({ column, row }) => `${column} ${row}`).sort();
    for (const rows of lengths) {
      const found: unknown[] = [];
      const unreadable: string[] = [];
      for await (const piece of source.chunks(columns, rows)) {
        found.push(...rowsFromTable(piece.table));
        unreadable.push(...piece.unreadable.map(({ column, row }) => `${column} ${piece.from + row}`));
      }
      assert.deepEqual(found, rowsFromTable(whole.table), `${path}, ${rows} rows`);
      assert.deepEqual(unreadable.sort(), cells);
    }
  } finally {
    await source.close();
  }
}

test('read chunks: a table of more columns than one query takes is read by several, row by row the same', async () => {
  const names = Array.from({ length: 210 }, (_, c) => `column ${c}`);
  const rows = Array.from({ length: 30 }, (_, r) => names.map((_, c) => (r * c) % 17 || null));
  const columns = names.map((name, c): ReadColumn => ({ name, kind: c % 3 === 0 ? 'category' : 'number' }));
  for (const file of ['wide.csv', 'wide.parquet']) {
    const path = join(folder, file);
    await writeRows(
      path,
      names.map((name) => ({ name, kind: 'number' })),
      rows,
    );
    await assertSame(path, columns, 7);
  }
});

test('read chunks: packed text, another encoding and JSON are read in pieces as whole', async () => {
  const columns: ReadColumn[] = [
    { name: 'name', kind: 'text' },
    { name: 'plan', kind: 'category', levels: ['gold', 'Grün'] },
    { name: 'months', kind: 'number' },
  ];
  const rows = Array.from({ length: 25 }, (_, i) => [
    `Müller ${i}`,
    ['gold', 'Grün', 'weiß'][i % 3]!,
    i % 5 || 'x',
  ]);
  const csv = `name,plan,months\n${rows.map((row) => row.join(',')).join('\n')}\n`;
  writeFileSync(join(folder, 'packed.csv.gz'), gzipSync(csv));
  writeFileSync(join(folder, 'old.csv'), Buffer.from(csv, 'latin1'));
  const records = rows.map(([name, plan, months]) => ({ name, plan, months }));
  writeFileSync(join(folder, 'records.json'), JSON.stringify(records));
  for (const file of ['packed.csv.gz', 'old.csv', 'records.json'])
    await assertSame(join(folder, file), columns, 4, 25);
  assert.ok(readFileSync(join(folder, 'old.csv')).includes(0xfc), 'not UTF-8');
});

test('read chunks: for any texts, levels and lengths the pieces are the whole', async () => {
  const text = fc.constantFrom(
    '1',
    '1.0',
    '+1',
    ' 1 ',
    'TRUE',
    'true',
    'a',
    "a'b",
    'NA',
    '#N/A',
    '',
    '2024-02-29',
    '1e400',
  );
  const level = fc.constantFrom<string | number | boolean>('1', 1, true, 'a', "a'b", '', 'NA');
  const columns = fc.array(
    fc.record({
      kind: fc.constantFrom('number', 'category', 'boolean', 'time', 'text'),
      levels: fc.uniqueArray(level, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const table = columns.chain((kinds) =>
    fc.tuple(
      fc.constant(kinds),
      fc.array(fc.array(text, { minLength: kinds.length, maxLength: kinds.length }), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.integer({ min: 1, max: 12 }),
    ),
  );
  const path = join(folder, 'any.parquet');
  await fc.assert(
    fc.asyncProperty(table, async ([kinds, rows, length]) => {
      const fields = kinds.map((_, c) => ({ name: `c ${c}`, kind: 'text' as const }));
      await writeRows(path, fields, rows);
      const wanted = kinds.map(
        ({ kind, levels }, c): ReadColumn => ({ name: `c ${c}`, kind: kind as ReadColumn['kind'], levels }),
      );
      await assertSame(path, wanted, length);
    }),
    { numRuns: 25 },
  );
});
