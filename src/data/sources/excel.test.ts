import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DataError, HoldfastError } from '../../base/errors.ts';
import { valueAt } from '../../table/column.ts';
import { openEngine } from './duckdb.ts';
import { openExcel } from './excel.ts';
import { checkedZip, excelLimits } from './excel-zip.ts';
import { openSource } from './open.ts';
import { rowsXml, sheetXml, writeXlsx, xlsxParts, zipOf } from './testing/xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-excel-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const place = (name: string): string => join(folder, name);

async function opened(path: string) {
  const source = await openSource(path);
  try {
    const { table, unreadable } = await source.read(
      source.columns.map(({ name, stored }) => ({ name, kind: stored })),
    );
    const values = table.columns.map((column) =>
      Array.from({ length: table.rowCount }, (_, row) => valueAt(column, row)),
    );
    return { source, values, unreadable, stored: source.columns.map(({ stored }) => stored) };
  } finally {
    await source.close();
  }
}

async function refusal(work: Promise<unknown>): Promise<HoldfastError> {
  const error = await work.then(
    () => assert.fail('was not refused'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof HoldfastError, String(error));
  return error;
}

const day = '2012-09-28T00:00:00.000Z';

test('excel: both date systems give the same days, errors are missing, cells keep their types', async () => {
  for (const is1904 of [false, true]) {
    // 2012-09-28 is day 41180 since 1900 and 39718 since 1904.
    const serial = is1904 ? 39_718 : 41_180;
    const path = place(`system-${is1904}.xlsx`);
    await writeXlsx(
      path,
      {
        data: [
          ['id', 'since', 'seen', 'n', 'ok', 'mixed', 'dates'],
          ['007', { date: serial }, { date: serial + 0.5 }, 1.25, true, 1, { date: serial }],
          [null, null, null, null, null, null, null],
          ['x & y', null, { date: serial }, { error: '#N/A' }, false, 'a', '1/0/00'],
          ['z', { date: 60_000 }, null, { error: '#DIV/0!' }, null, true, { date: serial + 0.25 }],
        ],
      },
      { is1904 },
    );
    const { source, values, stored } = await opened(path);
    assert.equal(source.format, 'excel');
    assert.deepEqual(stored, ['text', 'time', 'time', 'number', 'boolean', 'text', 'text']);
    assert.deepEqual(values[0], ['007', 'x & y', 'z']);
    assert.deepEqual(values[1]?.slice(0, 2), [day, null]);
    assert.deepEqual(values[2], [day.replace('T00', 'T12'), day, null]);
    assert.deepEqual(values[3], [1.25, null, null]);
    assert.deepEqual(values[4], [true, false, null]);
    assert.deepEqual(values[5], ['1', 'a', 'true']);
    assert.deepEqual(values[6], ['2012-09-28', '1/0/00', '2012-09-28T06:00:00.000Z']);
    assert.deepEqual(source.notes, []);
  }
});

test('excel: every full hour of a day is that hour, though its share of a day is not exact', async () => {
  const path = place('hours.xlsx');
  const hours = Array.from({ length: 24 }, (_, hour) => [{ date: 41_180 + hour / 24 }]);
  await writeXlsx(path, { data: [['seen'], ...hours] });
  const { values } = await opened(path);
  assert.deepEqual(
    values[0],
    Array.from({ length: 24 }, (_, hour) => day.replace('T00', `T${String(hour).padStart(2, '0')}`)),
  );
});

test('excel: the first sheet with data is read, from its first row with data, and others are named in a note', async () => {
  const path = place('sheets.xlsx');
  await writeXlsx(path, { cover: [[null]], 'the table': [[], ['a', 'b'], [1, 2]], more: [['c'], [3]] });
  const { source, values } = await opened(path);
  assert.deepEqual(values, [[1], [2]]);
  assert.deepEqual(source.notes, ['sheets.xlsx: sheet the table was read, 1 other sheet with data was not']);
});

test('excel: names and rows are held to the rules of every table', async () => {
  const cases = {
    'data.header': [
      ['a', null, 'b'],
      [1, 2, 3],
    ],
    'data.no-rows': [['a', 'b']],
    'data.empty': [[null]],
  } as const;
  for (const [code, rows] of Object.entries(cases)) {
    await writeXlsx(place('rules.xlsx'), { data: rows });
    assert.equal((await refusal(openSource(place('rules.xlsx')))).code, code);
  }
  await writeXlsx(place('repeated.xlsx'), {
    data: [
      ['a', 'a'],
      [1, 2],
    ],
  });
  assert.equal((await refusal(openSource(place('repeated.xlsx')))).code, 'data.header');
  await writeXlsx(place('wide.xlsx'), { data: [['a', 'b'], [1, 2], [], [1, 2, 'secret']] });
  const wide = await refusal(openSource(place('wide.xlsx')));
  assert.deepEqual([wide.code, wide.fields.lines], ['data.width', [4]]);
  assert.doesNotMatch(wide.message, /secret/);
});

test('excel: text under the name, an old .xls, an empty zip and a damaged file are refused by code', async () => {
  const whole = place('whole.xlsx');
  await writeXlsx(whole, { data: [['a'], ...Array.from({ length: 500 }, (_, i) => [i])] });
  const bytes = readFileSync(whole);
  const damaged = Buffer.from(bytes);
  damaged.fill(0xff, 60, 200);
  const old = Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex');
  const files = {
    fake: Buffer.from('a,b\n1,2\n'),
    old,
    cut: bytes.subarray(0, bytes.length / 2),
    damaged,
    empty: await zipOf({}),
    other: await zipOf({ 'readme.txt': 'hello' }),
    broken: await zipOf({ ...xlsxParts(['s']), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row' }),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(place(`${name}.xlsx`), content);
    const { code } = await refusal(openSource(place(`${name}.xlsx`)));
    assert.ok(code === 'data.unreadable' || (name === 'broken' && code === 'data.empty'), `${name} ${code}`);
  }
  writeFileSync(place('old.xls'), old);
  const error = await refusal(openSource(place('old.xls')));
  assert.equal(error.code, 'data.format');
  assert.match(error.message, /save it as \.xlsx/);
});

test('excel: bombs are refused before they are unpacked, lies about size while they are', async () => {
  const parts = xlsxParts(['s']);
  const bomb = await zipOf({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.alloc(20_000_000, ' ') });
  writeFileSync(place('bomb.xlsx'), bomb);
  assert.equal((await refusal(checkedZip('bomb', place('bomb.xlsx')))).code, 'data.too-large');
  const lying = Buffer.from(bomb);
  // Every size of 20,000,000 in the headers becomes 1,000.
  const size = Buffer.alloc(4);
  size.writeUInt32LE(20_000_000);
  for (let at = lying.indexOf(size); at >= 0; at = lying.indexOf(size)) lying.writeUInt32LE(1000, at);
  writeFileSync(place('lying.xlsx'), lying);
  assert.equal((await refusal(checkedZip('lying', place('lying.xlsx')))).code, 'data.unreadable');
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`xl/${i}.xml`, '']));
  writeFileSync(place('many.xlsx'), await zipOf({ ...parts, ...many }));
  const limits = { ...excelLimits, entries: 20 };
  assert.equal((await refusal(checkedZip('many', place('many.xlsx'), limits))).code, 'data.too-large');
});

test('excel: a cell far away from the others, or beyond what Excel has, is refused', async () => {
  for (const cell of ['XFD1048576', 'A99999999999', 'AAAAAA1']) {
    const row = `<row r="${cell.replace(/\D/g, '')}"><c r="${cell}"><v>1</v></c></row>`;
    const sheet = sheetXml(rowsXml([['a']]) + row);
    writeFileSync(place('far.xlsx'), await zipOf({ ...xlsxParts(['s']), 'xl/worksheets/sheet1.xml': sheet }));
    assert.equal((await refusal(openSource(place('far.xlsx')))).code, 'data.too-large', cell);
  }
});

test('excel: a file that takes longer than its deadline is refused', async () => {
  const path = place('slow.xlsx');
  await writeXlsx(path, { data: [['a'], [1]] });
  const engine = await openEngine('slow', () => new DataError('data.unreadable', 'slow'));
  const error = await refusal(openExcel('slow', path, engine, { deadlineMs: 1 }));
  assert.equal(error.code, 'data.too-large');
  assert.deepEqual(readdirSync(engine.scratch).includes('staged.csv'), false);
  await engine.close();
});

test('excel: names in the zip that climb out of it touch nothing', async () => {
  const zip = await zipOf({
    ...xlsxParts(['s']),
    'xl/worksheets/sheet1.xml': sheetXml(rowsXml([['a'], [1]])),
    'xx/aaaaaaa.xml': 'x',
  });
  const climbing = Buffer.from(
    zip.toString('latin1').replaceAll('xx/aaaaaaa.xml', '../../../a.xml'),
    'latin1',
  );
  writeFileSync(place('climb.xlsx'), climbing);
  assert.equal((await refusal(openSource(place('climb.xlsx')))).code, 'data.unreadable');
});
