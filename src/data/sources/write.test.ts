import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { HoldfastError } from '../../base/errors.ts';
import { valueAt } from '../../table/column.ts';
import { openSource } from './open.ts';
import { createTableWriter, type OutRow, writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-write-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let folders = 0;
function emptyFolder(): string {
  const path = join(folder, `case-${folders++}`);
  mkdirSync(path);
  return path;
}

const columns = [
  { name: 'id', kind: 'text' },
  { name: 'p', kind: 'number' },
  { name: 'churn', kind: 'boolean' },
] as const;

async function readBack(path: string): Promise<unknown[][]> {
  const source = await openSource(path);
  const { table } = await source.read(columns.map(({ name, kind }) => ({ name, kind })));
  await source.close();
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => valueAt(column, row)),
  );
}

test('write: CSV has RFC 4180 quotes, shortest numbers, \\n line ends and nothing for an unset value', async () => {
  const path = join(emptyFolder(), 'out.csv');
  await writeRows(path, columns, [
    ['a,"b"', 0.1, true],
    ['two\nlines', 1e21, false],
    ['', Number.NaN, null],
    [null, -0, undefined],
    ['=1+1', 3, true],
  ]);
  assert.equal(
    readFileSync(path, 'utf8'),
    'id,p,churn\n"a,""b""",0.1,true\n"two\nlines",1e+21,false\n"",,\n,0,\n=1+1,3,true\n',
  );
});

test('write: for people a text that a spreadsheet would run gets a leading quote', async () => {
  const path = join(emptyFolder(), 'out.csv');
  await writeRows(
    path,
    [{ name: '@x', kind: 'text' }],
    ['=1', '+1', '-1', '@a', 'a=1', '\t=1', '\uff1d1'].map((text) => [text]),
    {
      forPeople: true,
    },
  );
  assert.equal(readFileSync(path, 'utf8'), "'@x\n'=1\n'+1\n'-1\n'@a\na=1\n'\t=1\n'\uff1d1\n");
});

test('write: for any rows CSV and Parquet read back as the same values', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', "'", 'é', '😀', '=') });
  const row = fc.tuple(
    fc.option(text),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)),
    fc.option(fc.boolean()),
  );
  const place = emptyFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      // An empty text and none at all are one to a reader; so is a text of line ends.
      const expected = rows.map(([id, p, churn]) => [id?.trim() ? id : null, p, churn]);
      for (const name of ['any.csv', 'any.parquet']) {
        await writeRows(join(place, name), columns, rows);
        assert.deepEqual(await readBack(join(place, name)), expected, name);
      }
    }),
    { numRuns: 8 },
  );
});

test('write: rows may come in parts, more than one flush of them', async () => {
  async function* parts(): AsyncGenerator<OutRow[]> {
    for (let part = 0; part < 3; part++)
      yield Array.from({ length: 20_000 }, (_, i) => [`${part}-${i}`, i, true]);
  }
  for (const name of ['parts.csv', 'parts.parquet']) {
    const path = join(emptyFolder(), name);
    await writeRows(path, columns, parts());
    const rows = await readBack(path);
    assert.equal(rows.length, 60_000);
    assert.deepEqual(rows[45_000], ['2-5000', 5000, true]);
  }
});

test('write: what fails leaves the earlier file whole and nothing beside it', async () => {
  function* failing(): Generator<OutRow> {
    yield ['a', 1, true];
    throw new RangeError('on purpose');
  }
  for (const name of ['out.csv', 'out.parquet']) {
    const place = emptyFolder();
    const path = join(place, name);
    writeFileSync(path, 'earlier');
    await assert.rejects(writeRows(path, columns, failing()), /on purpose/);
    await assert.rejects(writeRows(path, columns, [['a', Number.POSITIVE_INFINITY, true]]), RangeError);
    await assert.rejects(writeRows(path, columns, [['a', 1]]), RangeError);
    assert.equal(readFileSync(path, 'utf8'), 'earlier');
    assert.deepEqual(readdirSync(place), [name]);
  }
});

test('write: nothing stands under the name until it is finished, and nothing at all when it is abandoned', async () => {
  for (const name of ['out.csv', 'out.parquet']) {
    const place = emptyFolder();
    const writer = await createTableWriter(join(place, name), columns);
    await writer.append([['a', 1, true]]);
    assert.ok(!readdirSync(place).includes(name));
    await writer.abandon();
    assert.deepEqual(readdirSync(place), []);
  }
});

test('write: a missing folder, a folder of that name and an unknown extension are refused by code', async () => {
  const place = emptyFolder();
  mkdirSync(join(place, 'taken.csv'));
  mkdirSync(join(place, 'taken.parquet'));
  const cases = {
    [join(place, 'none', 'out.csv')]: 'output.unwritable',
    [join(place, 'none', 'out.parquet')]: 'output.unwritable',
    [join(place, 'taken.csv')]: 'output.unwritable',
    [join(place, 'taken.parquet')]: 'output.unwritable',
    [join(place, 'out.xlsx')]: 'data.format',
  };
  for (const [path, code] of Object.entries(cases)) {
    await assert.rejects(
      writeRows(path, columns, [['a', 1, true]]),
      (error: HoldfastError) => error.code === code,
      path,
    );
  }
  assert.deepEqual(readdirSync(place).sort(), ['taken.csv', 'taken.parquet']);
});
