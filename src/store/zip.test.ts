import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { HoldfastError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { readZip, readZipParts, writeZip, type ZipParts } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-zip-'));
after(() => rmSync(folder, { recursive: true }));

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const parts: ZipParts = { 'b.txt': text('b'.repeat(5000)), 'a.bin': Uint8Array.of(1, 2, 3), empty: text('') };

const damaged = (error: unknown): boolean =>
  error instanceof HoldfastError &&
  error.code === 'model.damaged' &&
  error.message.startsWith('x.holdfast: ') &&
  !error.message.includes('\n');

/** A zip written by hand, so that it may lie. */
function handmadeZip(
  entries: { name: string; content: Uint8Array; size?: number; method?: number }[],
): Uint8Array {
  const chunks: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, size = content.length, method = 8 } of entries) {
    const data = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, tail, Buffer.from(name)]));
    chunks.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, directory, end]);
}

describe('zip', () => {
  it('for any parts: reading gives back what was written', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,4}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, fc.uint8Array({ maxLength: 300 }), { maxKeys: 6 }),
        async (any) => {
          assert.deepEqual({ ...(await readZip('x.holdfast', await writeZip(any))) }, { ...any });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('the same parts give the same bytes, in any order and any time zone', async () => {
    const expected = sha256(await writeZip(parts));
    const backwards = Object.fromEntries(Object.entries(parts).reverse());
    assert.equal(sha256(await writeZip(backwards)), expected);
    const script = `
      import { writeZip } from ${JSON.stringify(new URL('./zip.ts', import.meta.url).href)};
      import { createHash } from 'node:crypto';
      const parts = { 'b.txt': Buffer.from('b'.repeat(5000)), 'a.bin': Buffer.of(1, 2, 3), empty: Buffer.of() };
      console.log(createHash('sha256').update(await writeZip(parts)).digest('hex'));`;
    const run = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: 'Asia/Tokyo' },
      encoding: 'utf8',
    });
    assert.equal(run.trim(), expected);
  });

  it('only the parts asked for are read from disk', async () => {
    const path = join(folder, 'some.zip');
    writeFileSync(path, await writeZip(parts));
    const some = await readZipParts('x.holdfast', path, ['a.bin', 'absent']);
    assert.deepEqual({ ...some }, { 'a.bin': parts['a.bin'] });
  });

  it('a handmade zip that is sound is read', async () => {
    const read = await readZip('x.holdfast', handmadeZip([{ name: 'a', content: text('hello') }]));
    assert.deepEqual({ ...read }, { a: text('hello') });
  });

  it('names that climb, nest or repeat, other methods, lying sizes: refused', async () => {
    const content = text('x'.repeat(100_000));
    const refused = {
      climbs: [{ name: '../a', content }],
      absolute: [{ name: '/a', content }],
      backslash: [{ name: 'a\\b', content }],
      folder: [{ name: 'a/', content: text('') }],
      nested: [{ name: 'a/b', content }],
      twice: [
        { name: 'a', content },
        { name: 'a', content },
      ],
      tooBig: [{ name: 'a', content, size: 10 }],
      tooSmall: [{ name: 'a', content, size: 200_000 }],
      method: [{ name: 'a', content, method: 12 }],
    };
    for (const [what, entries] of Object.entries(refused))
      await assert.rejects(readZip('x.holdfast', handmadeZip(entries)), damaged, what);
  });

  it('more entries or bytes than allowed: refused', async () => {
    const bytes = await writeZip(parts);
    await assert.rejects(readZip('x.holdfast', bytes, { entries: 2, bytes: 1e6 }), damaged);
    await assert.rejects(readZip('x.holdfast', bytes, { entries: 3, bytes: 5002 }), damaged);
    await readZip('x.holdfast', bytes, { entries: 3, bytes: 5003 });
  });

  it('what is no zip, or only a piece of one: refused', async () => {
    const bytes = await writeZip(parts);
    for (const length of [0, 1, 21, 100, bytes.length - 1])
      await assert.rejects(readZip('x.holdfast', bytes.subarray(0, length)), damaged, String(length));
    await assert.rejects(readZip('x.holdfast', text('customerID,tenure\n1,2\n')), damaged);
    await assert.rejects(readZipParts('x.holdfast', folder, ['a']), damaged);
  });
});
