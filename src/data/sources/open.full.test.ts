import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HoldfastError } from '../../base/errors.ts';
import type { Source } from '../source.ts';
import { openSource } from './open.ts';
import { writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-open-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refusal(path: string): Promise<HoldfastError> {
  try {
    const source = await openSource(path);
    await source.close();
  } catch (error) {
    assert.ok(error instanceof HoldfastError, String(error));
    assert.doesNotMatch(error.message, /\n/, 'one sentence on one line');
    return error;
  }
  throw new Error(`${path} was not refused`);
}

async function textsOf(path: string): Promise<Record<string, readonly unknown[]>> {
  const source = await openSource(path);
  try {
    return await read(source);
  } finally {
    await source.close();
  }
}

async function read(source: Source): Promise<Record<string, readonly unknown[]>> {
  const { table } = await source.read(source.columns.map(({ name }) => ({ name, kind: 'text' })));
  return Object.fromEntries(
    table.columns.map((column) => [column.name, column.kind === 'text' ? column.values : []]),
  );
}

const expected = { name: ['Ann', 'Bo'], city: ['Köln', 'Łódź'] };

test('open: a missing file, a folder and an empty file are refused by code', async () => {
  assert.equal((await refusal(join(folder, 'no-such.csv'))).code, 'data.not-found');
  mkdirSync(join(folder, 'folder.csv'));
  assert.equal((await refusal(join(folder, 'folder.csv'))).code, 'data.directory');
  assert.equal((await refusal(folder)).code, 'data.directory');
  assert.equal((await refusal(file('empty.csv', ''))).code, 'data.empty');
  assert.equal((await refusal(file('blank.csv', '\n\r\n\n'))).code, 'data.empty');
  assert.equal((await refusal(file('empty.parquet', ''))).code, 'data.empty');
});

test('open: another extension is refused with those that are readable', async () => {
  const error = await refusal(file('table.ods', 'a,b\n1,2\n'));
  assert.equal(error.code, 'data.format');
  assert.match(
    error.message,
    /\.csv, \.tsv, \.txt, \.json, \.ndjson, \.jsonl, \.parquet, \.xlsx, and \.gz of the text formats/,
  );
  assert.equal((await refusal(file('table', 'a,b\n1,2\n'))).code, 'data.format');
});

test('open: pipes, devices and links in a circle are refused without waiting', async () => {
  const pipe = join(folder, 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  assert.equal((await refusal(pipe)).code, 'data.format');
  symlinkSync('/dev/zero', join(folder, 'zero.csv'));
  assert.equal((await refusal(join(folder, 'zero.csv'))).code, 'data.format');
  symlinkSync(join(folder, 'circle.csv'), join(folder, 'circle.csv'));
  const circle = await refusal(join(folder, 'circle.csv'));
  assert.equal(circle.code, 'data.unreadable');
  assert.match(circle.message, /circle/);
});

test('open: a file that changes after it was opened is not read as if it had not', async () => {
  for (const name of ['grows.csv', 'other.csv']) {
    const path = file(name, 'a,b\n1,2\n3,4\n');
    const source = await openSource(path);
    if (name === 'grows.csv') appendFileSync(path, '5,6\n');
    else {
      writeFileSync(join(folder, 'new.csv'), 'a,b\n1,9\n3,9\n');
      renameSync(join(folder, 'new.csv'), path);
    }
    await assert.rejects(
      source.read([{ name: 'b', kind: 'number' }]),
      (error: HoldfastError) => error.code === 'data.unreadable',
      name,
    );
    await source.close();
  }
});

test('open: a first line or a row without end, and very many columns, are refused', async () => {
  assert.equal((await refusal(file('line.csv', 'x'.repeat(2_000_000)))).code, 'data.too-large');
  assert.equal((await refusal(file('cut.csv', `a,${'x'.repeat(1_100_000)}\n1,2\n`))).code, 'data.too-large');
  const names = Array.from({ length: 20_000 }, (_, c) => `n${c}`).join(',');
  assert.equal((await refusal(file('many.csv', `${names}\n${names}\n`))).code, 'data.too-large');
});

test('open: a header without rows is refused', async () => {
  assert.equal((await refusal(file('header.csv', 'a,b\n'))).code, 'data.no-rows');
  assert.equal((await refusal(file('header-only.csv', 'a,b'))).code, 'data.no-rows');
  const path = join(folder, 'header.parquet');
  await writeRows(path, [{ name: 'a', kind: 'number' }], []);
  assert.equal((await refusal(path)).code, 'data.no-rows');
});

test('open: column names that are missing, repeated or reserved are refused', async () => {
  const repeated = await refusal(file('repeated.csv', 'a,b,a\n1,2,3\n'));
  assert.equal(repeated.code, 'data.header');
  assert.equal(repeated.fields.column, 'a');
  assert.equal((await refusal(file('unnamed.csv', ',a,b\n1,2,3\n'))).fields.column, 1);
  assert.equal((await refusal(file('unnamed-last.csv', 'a, \n1,2\n'))).code, 'data.header');
  assert.equal((await refusal(file('reserved.csv', 'a,__proto__\n1,2\n'))).code, 'data.header');
});

test('open: one row of another width refuses the file, names its line and no value', async () => {
  const error = await refusal(file('wide.csv', 'id,note\n1,"two\nlines"\n2,secret,4711\n3,x\n'));
  assert.equal(error.code, 'data.width');
  assert.deepEqual(error.fields, { count: 1, lines: [4], width: 2 });
  assert.match(
    error.message,
    /^wide\.csv: 1 row has another number of fields than the header's 2, on line 4;/,
  );
  assert.doesNotMatch(error.message, /secret|4711/);
});

test('open: quotes that do not end are refused with the line where they begin', async () => {
  const error = await refusal(file('quote.csv', 'a,b\n1,2\n3,"open\n5,6\n'));
  assert.equal(error.code, 'data.unreadable');
  assert.equal(error.fields.line, 3);
});

test('open: a Parquet file that is truncated, damaged or something else is refused', async () => {
  const path = join(folder, 'whole.parquet');
  const rows = Array.from({ length: 5000 }, (_, i) => [`customer ${i}`, i]);
  await writeRows(
    path,
    [
      { name: 'id', kind: 'text' },
      { name: 'n', kind: 'number' },
    ],
    rows,
  );
  const bytes = readFileSync(path);
  assert.equal(
    (await refusal(file('short.parquet', bytes.subarray(0, bytes.length / 2)))).code,
    'data.unreadable',
  );
  assert.equal((await refusal(file('fake.parquet', 'id,n\na,1\n'))).code, 'data.unreadable');
  assert.equal((await refusal(file('tiny.parquet', 'PAR1PAR1'))).code, 'data.unreadable');
  const footless = Buffer.concat([bytes.subarray(0, 100), bytes.subarray(-8)]);
  assert.equal((await refusal(file('footless.parquet', footless))).code, 'data.unreadable');
});

test('open: pages damaged inside a Parquet file are found when they are read, without a customer in the message', async () => {
  const path = join(folder, 'pages.parquet');
  const rows = Array.from({ length: 5000 }, (_, i) => [`customer ${(i * 7919) % 5000}`]);
  await writeRows(path, [{ name: 'id', kind: 'text' }], rows);
  const bytes = readFileSync(path);
  bytes.fill(0xff, 40, 2000);
  const source = await openSource(file('damaged.parquet', bytes));
  await assert.rejects(source.read([{ name: 'id', kind: 'text' }]), (error: HoldfastError) => {
    assert.equal(error.code, 'data.unreadable');
    assert.doesNotMatch(error.message, /customer \d/);
    assert.equal(error.cause, undefined);
    return true;
  });
  await source.close();
});

test('open: any common delimiter, line end, quote and a byte-order mark give the same table', async () => {
  const rows = [
    ['name', 'city'],
    ['Ann', 'Köln'],
    ['Bo', 'Łódź'],
  ];
  const lineEnds = ['\n', '\r\n', '\r'];
  const quotes = ['', '"', "'"];
  const marks = ['', '\ufeff'];
  for (const [d, delimiter] of [',', ';', '\t', '|'].entries()) {
    for (const [q, quote] of quotes.entries()) {
      const lineEnd = lineEnds[(d + q) % lineEnds.length]!;
      const mark = marks[(d + q) % marks.length]!;
      const lines = rows.map((row) => row.map((cell) => `${quote}${cell}${quote}`).join(delimiter));
      const path = file('dialect.csv', mark + lines.join(lineEnd) + lineEnd);
      const what = JSON.stringify({ delimiter, lineEnd, quote, mark });
      assert.deepEqual(await textsOf(path), expected, what);
    }
  }
});

test('open: mixed line ends, blank lines and stray quotes are read as they stand', async () => {
  const path = file('mixed.csv', '\na,b\r\n1,5" pipe\n\n2,"x, ""y"""\r3, "z" \n');
  assert.deepEqual(await textsOf(path), { a: ['1', '2', '3'], b: ['5" pipe', 'x, "y"', 'z'] });
});

test('open: UTF-16 and Windows-1252 text is decoded and said to be so', async () => {
  const text = 'name;city\nAnn;Köln\nBo;“Kö”\n';
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  const western = Buffer.from(text, 'latin1');
  for (const [at, byte] of [...text].entries()) {
    if (byte === '“') western[at] = 0x93;
    if (byte === '”') western[at] = 0x94;
  }
  const files = {
    'utf-8': Buffer.from(text),
    'utf-16': wide,
    'windows-1252': western,
  };
  for (const [encoding, bytes] of Object.entries({ ...files, big: Buffer.from(wide).swap16() })) {
    const source = await openSource(file(`${encoding}.csv`, bytes));
    assert.equal(source.encoding, encoding === 'big' ? 'utf-16' : encoding);
    assert.deepEqual(await read(source), { name: ['Ann', 'Bo'], city: ['Köln', '“Kö”'] }, encoding);
    assert.equal(
      source.hash,
      createHash('sha256').update(bytes).digest('hex'),
      'the hash is of the original bytes',
    );
    await source.close();
  }
});

test('open: bytes that are no text, and UTF-8 with damaged places, are refused', async () => {
  const files = {
    'nul.csv': 'a,b\n1,2\0\n',
    'png.csv': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'undefined.csv': Buffer.from('a,b\n1,\x81\n', 'latin1'),
    'wide.csv': Buffer.from('fffe0000610000002c000000', 'hex'),
    'half.csv': Buffer.concat([Buffer.from('\ufeffa,b\n', 'utf16le'), Buffer.from([0x31])]),
    'mixed.csv': Buffer.concat([Buffer.from('a,b\nKöln,Łódź\n'), Buffer.from('K\xf6ln,1\n', 'latin1')]),
  };
  for (const [name, bytes] of Object.entries(files)) {
    assert.equal((await refusal(file(name, bytes))).code, 'data.encoding', name);
  }
});

test('open: a path full of signs that mean something to DuckDB is only a path', async () => {
  const name = "it's [a] *? {1,2} key=value.csv";
  assert.deepEqual(await textsOf(file(name, 'name,city\nAnn,Köln\nBo,Łódź\n')), expected);
  mkdirSync(join(folder, 'year=2018'));
  const path = join(folder, 'year=2018', 'part.parquet');
  await writeRows(path, [{ name: 'n', kind: 'number' }], [[1]]);
  const source = await openSource(path);
  assert.deepEqual(source.columns, [{ name: 'n', stored: 'number' }]);
  await source.close();
});

test('open: names that differ only in case, hold quotes or look like SQL are columns like others', async () => {
  const header = `Age,age,"a""b",c'd,"select ""x"", 1"`;
  const texts = await textsOf(file('names.csv', `${header}\n1,2,3,4,5\n`));
  assert.deepEqual(Object.entries(texts), [
    ['Age', ['1']],
    ['age', ['2']],
    ['a"b', ['3']],
    ["c'd", ['4']],
    ['select "x", 1', ['5']],
  ]);
});

test('open: the order of rows is that of the file, also beyond one of DuckDB’s blocks', async () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => i);
  const csv = file(
    'long.csv',
    `n,t\n${rows.map((i) => `${i},${i % 1000 === 0 ? '"two\nlines"' : 'x'}`).join('\n')}\n`,
  );
  const parquet = join(folder, 'long.parquet');
  await writeRows(
    parquet,
    [{ name: 'n', kind: 'number' }],
    rows.map((i) => [i]),
  );
  for (const path of [csv, parquet]) {
    const source = await openSource(path);
    assert.equal(source.rowCount, rows.length);
    const [column] = (await source.read([{ name: 'n', kind: 'number' }])).table.columns;
    assert.ok(column?.kind === 'number' && column.values.every((value, row) => value === row), path);
    await source.close();
  }
});

test('open: a record longer than DuckDB’s usual limit is read', async () => {
  const long = 'x'.repeat(3_000_000);
  assert.deepEqual(await textsOf(file('long-record.csv', `a,b\n1,${long}\n2,y\n`)), {
    a: ['1', '2'],
    b: [long, 'y'],
  });
});

test('open: closing deletes temporary copies and leaves the working directory alone', async () => {
  const usual = process.env.TMPDIR;
  const own = join(folder, 'own-temporary');
  mkdirSync(own);
  process.env.TMPDIR = own;
  try {
    const before = readdirSync('.');
    const source = await openSource(file('copy.csv', Buffer.from('name\nK\xf6ln\n', 'latin1')));
    assert.ok(readdirSync(own).some((name) => existsSync(join(own, name, 'decoded.txt'))));
    await source.close();
    assert.deepEqual(readdirSync(own), []);
    await refusal(file('wide.csv', 'a,b\n1\n'));
    assert.deepEqual(readdirSync(own), [], 'a refused file leaves nothing either');
    assert.deepEqual(readdirSync('.'), before);
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
});
