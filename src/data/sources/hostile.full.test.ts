/** Files made to hurt: none may crash, hang, show a stack or be read as something it is not. */
import assert from 'node:assert/strict';
import {
  closeSync,
  createWriteStream,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { after, test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { codeOf, openAnything } from './testing/open-anything.ts';
import { sheetXml, xlsxParts, zipOf } from './testing/xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-hostile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const png = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010806000000' +
    '1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);
const names = (count: number): string => Array.from({ length: count }, (_, c) => `n${c}`).join(',');
const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
/** Deeper than a parser that calls itself could follow. */
const deep = '['.repeat(200_000) + ']'.repeat(200_000);

const cases: readonly {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly code: string;
}[] = [
  { name: 'nul.csv', content: 'a,b\n1,\0\n', code: 'data.encoding' },
  { name: 'only-nul.csv', content: Buffer.alloc(1_000_000), code: 'data.encoding' },
  { name: 'nul.json', content: '[{"a":"\0"}]', code: 'data.encoding' },
  { name: 'quote.csv', content: `a,b\n1,"${lines(200_000, 'x,y')}`, code: 'data.unreadable' },
  { name: 'quotes.csv', content: `a,b\n${'"'.repeat(99_999)}\n`, code: 'data.unreadable' },
  { name: 'columns.csv', content: `${names(20_000)}\n${names(20_000)}\n`, code: 'data.too-large' },
  { name: 'long-header.csv', content: `${'a,'.repeat(1_000_000)}z\n`, code: 'data.too-large' },
  { name: 'image.csv', content: png, code: 'data.encoding' },
  { name: 'image.json', content: png, code: 'data.encoding' },
  { name: 'image.parquet', content: png, code: 'data.unreadable' },
  { name: 'image.xlsx', content: png, code: 'data.unreadable' },
  { name: 'image.csv.gz', content: png, code: 'data.unreadable' },
  { name: 'packed-image.csv.gz', content: gzipSync(png), code: 'data.encoding' },
  { name: 'text.xlsx', content: 'a,b\n1,2\n', code: 'data.unreadable' },
  { name: 'zip.csv', content: Buffer.from('504b0304140000000800', 'hex'), code: 'data.encoding' },
  { name: 'wide.csv', content: Buffer.from('a,b\n1,2\n', 'utf16le'), code: 'data.encoding' },
  { name: 'wide-big.csv', content: Buffer.from('a,b\n1,2\n', 'utf16le').swap16(), code: 'data.encoding' },
  { name: 'odd.csv', content: Buffer.from('fffe61002c006200', 'hex').subarray(0, 7), code: 'data.encoding' },
  { name: 'reserved.csv', content: 'a,__proto__\n1,2\n', code: 'data.header' },
  { name: 'reserved.json', content: '[{"a":1,"__proto__":2}]', code: 'data.header' },
  { name: 'constructor.csv', content: 'constructor,toString,hasOwnProperty\n1,2,3\n', code: 'a table' },
  { name: 'constructor.json', content: '[{"constructor":1,"toString":"x"}]', code: 'a table' },
  { name: 'deep.json', content: deep, code: 'data.unreadable' },
  { name: 'deep-value.json', content: `[{"a":${deep}}]`, code: 'data.nested' },
  { name: 'lone.json', content: '[{"a":"\\ud800","b":"\\u0000"}]', code: 'a table' },
  {
    name: 'keys.ndjson',
    content: Array.from({ length: 20_000 }, (_, i) => `{"k${i}":1}`).join('\n'),
    code: 'data.too-large',
  },
  { name: 'sql.csv', content: `"a'); drop table source; --","b"\n"'); select 1; --",2\n`, code: 'a table' },
  { name: 'controls.csv', content: 'a,b\n\u0001\u0002,\u001b[31m\n\u202e,\ufffd\n', code: 'a table' },
  { name: 'line-ends.csv', content: '\r\r\r\n\n\r', code: 'data.empty' },
  { name: 'blanks.csv', content: `${' '.repeat(500_000)}\n${' '.repeat(500_000)}\n`, code: 'data.header' },
  { name: 'numbers.csv', content: `a,b\n1e999,${'9'.repeat(5000)}\n-1e-999,0x10\n`, code: 'a table' },
  { name: 'html.csv', content: '<html><body>not found</body></html>\n', code: 'data.no-rows' },
];

for (const { name, content, code } of cases) {
  test(`hostile: ${name} gives ${code}`, async () => {
    const outcome = await openAnything(file(name, content));
    assert.equal(codeOf(outcome), code, 'message' in outcome ? outcome.message : '');
  });
}

test('hostile: a line of 100 MB is refused, as header and as row', async () => {
  const block = Buffer.alloc(1 << 20, 'x');
  for (const begin of ['', 'a\n']) {
    const path = file('line.csv', begin);
    const descriptor = openSync(path, 'a');
    for (let i = 0; i < 100; i++) writeSync(descriptor, block);
    closeSync(descriptor);
    assert.equal(codeOf(await openAnything(path)), 'data.too-large', begin);
  }
  const path = file('line.json', '[{"a":"');
  const descriptor = openSync(path, 'a');
  for (let i = 0; i < 100; i++) writeSync(descriptor, block);
  closeSync(descriptor);
  assert.equal(codeOf(await openAnything(path)), 'data.too-large');
});

test('hostile: gzip and zip files that unpack to gigabytes are refused', async () => {
  const path = join(folder, 'bomb.csv.gz');
  const gzip = createGzip({ level: 9 });
  const out = gzip.pipe(createWriteStream(path));
  const block = Buffer.alloc(1 << 22, '1\n');
  gzip.write('a\n');
  for (let i = 0; i < 300; i++) if (!gzip.write(block)) await new Promise((go) => gzip.once('drain', go));
  gzip.end();
  await finished(out);
  assert.equal(codeOf(await openAnything(path)), 'data.too-large');
  const sheet = sheetXml(' '.repeat(300 * 2 ** 20));
  const bomb = file('bomb.xlsx', await zipOf({ ...xlsxParts(['s']), 'xl/worksheets/sheet1.xml': sheet }));
  assert.equal(codeOf(await openAnything(bomb)), 'data.too-large');
});

test('hostile: entities in a sheet are not expanded', async () => {
  const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join(
    '',
  );
  const sheet = sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>&e20;</t></is></c></row>').replace(
    '<worksheet',
    `<!DOCTYPE x [<!ENTITY e0 "x">${entities}]><worksheet`,
  );
  const path = file('laughs.xlsx', await zipOf({ ...xlsxParts(['s']), 'xl/worksheets/sheet1.xml': sheet }));
  assert.match(codeOf(await openAnything(path)), /^data\.(unreadable|no-rows|empty)$/);
});

test('hostile: a device, a pipe of the system and a link in a circle are refused at once', async () => {
  for (const [name, target] of Object.entries({
    zero: '/dev/zero',
    random: '/dev/random',
    circle: 'circle.csv',
  })) {
    symlinkSync(target, join(folder, `${name}.csv`));
    assert.match(
      codeOf(await openAnything(join(folder, `${name}.csv`))),
      /^data\.(format|unreadable)$/,
      name,
    );
  }
});
