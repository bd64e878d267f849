import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { readLevel } from '../cells.ts';
import { firstRecords } from './csv-scan.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Fields as tools and people write them, well and badly, but never of another width.
const anyField = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    '1,5',
    ' y ',
    'a"b',
    '5"',
    '""',
    '"q"',
    ' "q"',
    '"q" ',
    '"a;b"',
    '"a""b"',
    '"two\nlines"',
  ),
  fc.constantFrom('"two\r\nlines"', '"cr\rhere"', "it's", '#', '\\', '"\\"', 'é😀', '\t', '"', 'NA', '-'),
);
const anyRow = fc.tuple(anyField, anyField).map((fields) => fields.join(';'));
const anyHeader = fc.constantFrom('a;b', '"a";"b"', '"a\rx";b', '"a\nx";b', 'a;"b\r\nx"');
const anyFile = fc
  .tuple(
    fc.array(anyRow, { minLength: 1, maxLength: 12 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
    anyHeader,
  )
  .map(([rows, lineEnd, ends, header]) => [header, ...rows].join(lineEnd) + (ends ? lineEnd : ''));

test('csv: for any file that is not refused DuckDB reads the very cells that the scanner saw', async () => {
  const path = join(folder, 'any.csv');
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(anyFile, async (text) => {
      writeFileSync(path, text);
      const source = await openSource(path).catch(() => undefined);
      if (!source) return;
      accepted++;
      const profiles = await source.profile();
      const { table } = await source.read(source.columns.map(({ name }) => ({ name, kind: 'text' })));
      await source.close();
      const [header, ...records] = firstRecords(Buffer.from(text), { delimiter: ';', quote: '"' }, true, 100);
      if (header!.length !== table.columns.length) return;
      const seen = header!.map((_, c) =>
        records.map((record) => {
          if (readLevel(record[c]!) === null) return null;
          // A column of decimal commas is handed on with points.
          const isComma = profiles[c]!.hasDecimalComma;
          return isComma ? record[c]!.replaceAll('.', '').replaceAll(',', '.') : record[c]!;
        }),
      );
      assert.deepEqual(
        table.columns.map((column) => (column.kind === 'text' ? column.values : [])),
        seen,
      );
    }),
    { numRuns: 30 },
  );
  assert.ok(accepted > 0);
});
