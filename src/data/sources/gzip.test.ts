import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { unpackGzip } from './gzip.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-gzip-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let scratch = '';
beforeEach(() => {
  scratch = mkdtempSync(join(folder, 'scratch-'));
});

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const isRefused = (code: string) => (error: HoldfastError) =>
  error instanceof DataError && error.code === code;

test('gzip: the text formats are read packed, also in several parts; the hash is of the packed file', async () => {
  const packed = {
    'a.csv.gz': gzipSync('name,n\nKöln,1\n'),
    'a.CSV.GZ': gzipSync(Buffer.from('name;n\nK\xf6ln;1\n', 'latin1')),
    'a.tsv.gz': gzipSync('name\tn\nKöln\t1\n'),
    'a.txt.gz': Buffer.concat([gzipSync('name|n\n'), gzipSync('Köln|1\n')]),
    'a.json.gz': gzipSync('[{"name":"Köln","n":1}]'),
    'a.ndjson.gz': gzipSync('{"name":"Köln","n":1}'),
    'a.jsonl.gz': gzipSync('{"name":"Köln","n":1}\n'),
  };
  for (const [name, bytes] of Object.entries(packed)) {
    const source = await openSource(file(name, bytes));
    const { table } = await source.read([
      { name: 'name', kind: 'text' },
      { name: 'n', kind: 'number' },
    ]);
    assert.deepEqual(
      table.columns.map((column) =>
        column.kind === 'text' || column.kind === 'number' ? [...column.values] : [],
      ),
      [['Köln'], [1]],
      name,
    );
    assert.equal(source.hash, sha256(bytes), name);
    await source.close();
  }
});

test('gzip: Parquet, Excel and unknown names are not read packed', async () => {
  for (const name of ['a.parquet.gz', 'a.xlsx.gz', 'a.gz', 'a.csv.gz.gz']) {
    await assert.rejects(openSource(file(name, gzipSync('a,b\n1,2\n'))), isRefused('data.format'), name);
  }
});

test('gzip: what is no gzip, is cut off or damaged is refused by code', async () => {
  const whole = gzipSync(`a,b\n${'1,2\n'.repeat(20_000)}`);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 6]! ^= 0xff;
  const files = { plain: Buffer.from('a,b\n1,2\n'), cut: whole.subarray(0, whole.length / 2), flipped };
  for (const [name, bytes] of Object.entries(files)) {
    await assert.rejects(openSource(file(`${name}.csv.gz`, bytes)), isRefused('data.unreadable'), name);
  }
  await assert.rejects(openSource(file('nothing.csv.gz', gzipSync(''))), isRefused('data.empty'));
});

test('gzip: unpacking stops at the limit: a least size, a ratio, a most', async () => {
  const path = file('zeros.csv.gz', gzipSync(Buffer.alloc(3_000_000, '0')));
  const size = readFileSync(path).length;
  const cases: readonly (readonly [number, number, number, boolean])[] = [
    [3_000_000, 4_000_000, 1, true],
    [2_999_999, 4_000_000, 1, false],
    [0, 4_000_000, Math.ceil(3_000_000 / size), true],
    [0, 4_000_000, Math.floor(2_900_000 / size), false],
    [9_000_000, 2_900_000, 9999, false],
  ];
  for (const [least, most, ratio, isAllowed] of cases) {
    const own = mkdtempSync(join(scratch, 'case-'));
    const work = unpackGzip('zeros', path, own, { least, most, ratio });
    if (isAllowed) assert.equal(readFileSync(await work).length, 3_000_000);
    else await assert.rejects(work, isRefused('data.too-large'));
  }
});

test('gzip: closing deletes the unpacked copy', async () => {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = scratch;
  try {
    const source = await openSource(file('copy.csv.gz', gzipSync('a,b\n1,2\n')));
    assert.equal(readdirSync(scratch).length, 1);
    await source.close();
    assert.deepEqual(readdirSync(scratch), []);
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
});
