import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../tools/shared-data.ts';
import type { HoldfastError } from '../../base/errors.ts';
import { plainEqual } from '../../base/plain.ts';
import type { ColumnKind } from '../../table/column.ts';
import { type Column, valueAt } from '../../table/column.ts';
import { inferContract } from '../infer.ts';
import type { ReadColumn, ReadResult } from '../source.ts';
import { loadCustomers } from './customers.ts';
import { type Engine, literal, openEngine } from './duckdb.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-read-'));
let engine: Engine;
before(async () => {
  engine = await openEngine('test', () => {
    throw new Error('a test file could not be made');
  });
});
after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readFile(path: string, columns: readonly ReadColumn[]): Promise<ReadResult> {
  const source = await openSource(path);
  try {
    return await source.read(columns);
  } finally {
    await source.close();
  }
}

function csv(content: string): string {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  return path;
}

async function parquet(sql: string): Promise<string> {
  const path = join(folder, 'table.parquet');
  await engine.query(`copy (${sql}) to ${literal(path)} (format parquet)`);
  return path;
}

const as = (name: string, ...kinds: ColumnKind[]): ReadColumn[] => kinds.map((kind) => ({ name, kind }));
const valuesOf = (column: Column | undefined, rows: number) =>
  Array.from({ length: rows }, (_, row) => valueAt(column!, row));
const sharesMemory = (column: Column): boolean =>
  column.kind !== 'text' &&
  (column.kind === 'category' ? column.codes : column.values).buffer instanceof SharedArrayBuffer;

test('read: text becomes numbers, tokens and blanks missing, the rest unreadable with its row', async () => {
  const path = csv('n\n1.5\n" -2 "\nNA\n""\nabc\ninf\n1e3\n"1,5"\n');
  const { table, unreadable } = await readFile(path, as('n', 'number'));
  assert.deepEqual(valuesOf(table.columns[0], 8), [1.5, -2, null, null, null, null, 1000, null]);
  assert.deepEqual(
    unreadable,
    [4, 5, 7].map((row) => ({ column: 'n', row })),
  );
  assert.ok(sharesMemory(table.columns[0]!));
});

test('read: a category keeps trimmed texts, levels by code unit; only blanks and #N/A are missing', async () => {
  const path = csv('c\nb\n" a "\nNA\n#N/A\n""\nB\né\n😀\n\uff21\na\n');
  const { table, unreadable } = await readFile(path, as('c', 'category'));
  const column = table.columns[0]!;
  assert.ok(column.kind === 'category' && sharesMemory(column));
  // By UTF-16 code unit the emoji stands before the full-width letter, by code point behind it.
  assert.deepEqual(column.levels, ['B', 'NA', 'a', 'b', 'é', '😀', '\uff21']);
  assert.deepEqual([...column.codes], [3, 2, 1, -1, -1, 0, 4, 5, 6, 2]);
  assert.deepEqual(unreadable, []);
});

test('read: levels named as numbers bring 1 and 1.0 together', async () => {
  const path = csv('c\n1\n1.0\n0\nx\n');
  const { table } = await readFile(path, [{ name: 'c', kind: 'category', levels: [0, 1] }]);
  assert.deepEqual(valuesOf(table.columns[0], 4), ['1', '1', '0', 'x']);
});

test('read: booleans, times and text', async () => {
  const path = csv(
    'b,t,x\nTRUE,2018-01-22,a\nfalse,2018-01-22T10:00+02:00,""\nYes,22.01.2018," a"\nNA,null,NA\n',
  );
  const { table, unreadable } = await readFile(path, [
    ...as('b', 'boolean'),
    ...as('t', 'time'),
    ...as('x', 'text'),
  ]);
  const [b, t, x] = table.columns;
  assert.deepEqual(valuesOf(b, 4), [true, false, null, null]);
  assert.deepEqual(valuesOf(t, 4), ['2018-01-22T00:00:00.000Z', '2018-01-22T08:00:00.000Z', null, null]);
  assert.deepEqual(valuesOf(x, 4), ['a', null, ' a', 'NA']);
  assert.deepEqual(unreadable, [
    { column: 'b', row: 2 },
    { column: 't', row: 2 },
  ]);
});

test('read: each Parquet type is read as its kind', async () => {
  const path = await parquet(`select * from (values
    (1::bigint, 1.5::double, 2.50::decimal(9,2), true, date '2018-01-22', timestamp '1960-01-01 00:00:00.123456', timestamptz '2018-01-22 10:00:00+02', 'a'),
    (null, 'nan'::double, null, null, null, null, null, null),
    (3, 'inf'::double, 0, false, date '0099-12-31', timestamp '2018-01-22', timestamptz '2018-01-22 10:00:00Z', ' b ')
  ) v(i, d, m, b, day, moment, zoned, s)`);
  const { table, unreadable } = await readFile(path, [
    ...['i', 'd', 'm'].flatMap((name) => as(name, 'number')),
    ...as('b', 'boolean'),
    ...['day', 'moment', 'zoned'].flatMap((name) => as(name, 'time')),
    ...as('s', 'category'),
  ]);
  const values = Object.fromEntries(table.columns.map((column) => [column.name, valuesOf(column, 3)]));
  assert.deepEqual(values, {
    i: [1, null, 3],
    d: [1.5, null, null],
    m: [2.5, null, 0],
    b: [true, null, false],
    day: ['2018-01-22T00:00:00.000Z', null, '0099-12-31T00:00:00.000Z'],
    moment: ['1960-01-01T00:00:00.123Z', null, '2018-01-22T00:00:00.000Z'],
    zoned: ['2018-01-22T08:00:00.000Z', null, '2018-01-22T10:00:00.000Z'],
    s: ['a', null, 'b'],
  });
  assert.deepEqual(unreadable, [{ column: 'd', row: 2 }]);
});

test('read: whole numbers of Parquet keep all digits as ids and levels, DECIMAL(20,0) too', async () => {
  const path = await parquet(`select * from (values
    (1234567890123456789::decimal(20,0), 1234567890123456789::bigint, 7::decimal(38,0)),
    (1234567890123456788, 1234567890123456788, 8)) v(wide, long, small)`);
  for (const kind of ['category', 'text'] as const) {
    const { table } = await readFile(
      path,
      ['wide', 'long', 'small'].map((name) => ({ name, kind })),
    );
    const ids = ['1234567890123456789', '1234567890123456788'];
    assert.deepEqual(
      table.columns.map((column) => valuesOf(column, 2)),
      [ids, ids, ['7', '8']],
    );
  }
  const { table } = await readFile(path, as('small', 'number'));
  assert.deepEqual(valuesOf(table.columns[0], 2), [7, 8]);
});

test('read: numbers, booleans and dates of Parquet have the level text that CSV has', async () => {
  const path = await parquet(`select * from (values
    (1::bigint, 1::double, 0.1::double, 1e21::double, true, date '2018-01-22'), (0, 0, 1e-7, 1, false, null)) v(i, d, f, big, b, day)`);
  const names = ['i', 'd', 'f', 'big', 'b', 'day'];
  for (const kind of ['category', 'text'] as const) {
    const { table } = await readFile(
      path,
      names.map((name) => ({ name, kind })),
    );
    const texts = table.columns.map((column) => valuesOf(column, 2));
    assert.deepEqual(texts, [
      ['1', '0'],
      ['1', '0'],
      ['0.1', '1e-7'],
      ['1e+21', '1'],
      ['true', 'false'],
      ['2018-01-22', null],
    ]);
  }
});

test('read: a value stored as another kind is unreadable, a missing one stays missing', async () => {
  const path = await parquet(
    "select * from (values (1, true, date '2018-01-22'), (null, null, null)) v(n, b, t)",
  );
  const { table, unreadable } = await readFile(path, [
    { name: 'n', kind: 'boolean' },
    { name: 'b', kind: 'number' },
    { name: 't', kind: 'number' },
  ]);
  for (const column of table.columns) assert.deepEqual(valuesOf(column, 2), [null, null]);
  assert.deepEqual(unreadable, [
    { column: 'n', row: 0 },
    { column: 'b', row: 0 },
    { column: 't', row: 0 },
  ]);
});

test('read: columns that hold no value, and a second reading of the same source', async () => {
  const path = csv('a,b\n,x\n,y\n');
  const source = await openSource(path);
  const wanted: ReadColumn[] = [
    { name: 'b', kind: 'category' },
    { name: 'a', kind: 'category' },
  ];
  const [first, second] = await Promise.all([source.read(wanted), source.read(wanted)]);
  assert.deepEqual(first, second);
  assert.deepEqual(valuesOf(first.table.columns[0], 2), ['x', 'y']);
  assert.deepEqual(valuesOf(first.table.columns[1], 2), [null, null]);
  assert.equal((await source.read([])).table.rowCount, 2);
  await source.close();
});

test('read: a column that is not there is refused with the nearest name', async () => {
  await assert.rejects(readFile(csv('tenure,b\n1,2\n'), as('tenur', 'number')), (error: HoldfastError) => {
    assert.equal(error.code, 'column.missing');
    assert.match(error.message, /did you mean tenure\?/);
    return true;
  });
});

test('read: for any numbers CSV and Parquet give the same bytes', async () => {
  const anyNumber = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0));
  await fc.assert(
    fc.asyncProperty(fc.array(anyNumber, { minLength: 1, maxLength: 60 }), async (numbers) => {
      const rows = numbers.map((n, i) => `(${i}, ${n === null ? 'null' : literal(String(n))}::double)`);
      const columns = as('n', 'number');
      const fromParquet = await readFile(
        await parquet(`select n from (values ${rows.join(', ')}) v(i, n) order by i`),
        columns,
      );
      const fromCsv = await readFile(
        csv(`i,n\n${numbers.map((n, i) => `${i},${n ?? ''}`).join('\n')}\n`),
        columns,
      );
      assert.ok(plainEqual(fromCsv.table, fromParquet.table));
    }),
    { numRuns: 10 },
  );
});

const telcoCsv = sharedData('telco.csv');
const telcoParquet = sharedData('telco.parquet');
test('read: telco.csv and telco.parquet have the same contract and the same table to the byte', {
  skip: telcoCsv && telcoParquet ? false : 'shared data is not here',
}, async () => {
  const [one, other] = await Promise.all(
    [telcoCsv!, telcoParquet!].map(async (path) => {
      const source = await openSource(path);
      const { contract, remarks } = inferContract(await source.profile(), {
        source: 'telco',
        target: 'Churn',
        rowCount: source.rowCount,
      });
      const customers = await loadCustomers(source, contract, { target: 'required' });
      await source.close();
      return { contract, remarks, customers };
    }),
  );
  assert.deepEqual(one!.contract, other!.contract);
  assert.deepEqual(one!.remarks, other!.remarks);
  assert.ok(plainEqual(one!.customers.table, other!.customers.table));
  assert.deepEqual(one!.customers.labels, other!.customers.labels);
  assert.deepEqual(one!.customers.ids, other!.customers.ids);
  assert.deepEqual(one!.customers.check, other!.customers.check);
  assert.equal(one!.customers.check.missing.TotalCharges, 11);
  assert.equal(
    one!.customers.labels!.reduce((sum, label) => sum + label, 0),
    1869,
  );
});
