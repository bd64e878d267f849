import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { HoldfastError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { plainEqual } from '../base/plain.ts';
import { createRandom } from '../base/random.ts';
import { decodeManifest, encodeManifest, partNames } from '../tasks/manifest.ts';
import { encodeModelFile, readModelFile, readModelManifest, writeModelFile } from './model-file.ts';
import { exampleCatalogue, exampleParts } from './testing/example-model.ts';
import { readZip, writeZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-model-'));
after(() => rmSync(folder, { recursive: true }));

const parts = exampleParts();
const path = join(folder, 'good.holdfast');
const written = await writeModelFile(path, parts);
const good = readFileSync(path);
const files = await readZip('good', good);

const has =
  (code: string, ...words: string[]) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof HoldfastError, inspect(error));
    assert.equal(error.code, code);
    assert.doesNotMatch(error.message, /\n/);
    for (const word of words) assert.ok(error.message.includes(word), error.message);
    return true;
  };

let made = 0;
function fileOf(bytes: Uint8Array): string {
  const at = join(folder, `bad-${made++}.holdfast`);
  writeFileSync(at, bytes);
  return at;
}
const read = (bytes: Uint8Array) => readModelFile(fileOf(bytes), exampleCatalogue);
/** The same zip with a manifest that vouches for whatever is in it. */
function vouched(changed: Record<string, Uint8Array>): Promise<Uint8Array> {
  const all = { ...files, ...changed };
  const hashes = Object.fromEntries(partNames.map((name) => [name, all[name] ? sha256(all[name]) : null]));
  const manifest = Buffer.from(encodeManifest(parts.manifest, hashes));
  return writeZip({ ...all, 'manifest.json': manifest, 'manifest.sha256': Buffer.from(sha256(manifest)) });
}

describe('model file', () => {
  it('comes back as it was written, with the hash of the whole file', async () => {
    const model = await readModelFile(path, exampleCatalogue, written.sha256);
    const { manifest, fileSha256, ...rest } = model;
    const { manifest: draft, ...expected } = parts;
    assert.ok(plainEqual({ ...rest }, { ...expected }));
    assert.deepEqual(
      { ...manifest, formatVersion: undefined, parts: undefined },
      { ...draft, formatVersion: undefined, parts: undefined },
    );
    assert.equal(fileSha256, sha256(good));
    assert.deepEqual(written, { sha256: fileSha256, bytes: good.length });
    assert.deepEqual(await readModelManifest(path), manifest);
  });

  it('holds every part with its hash, and null for those whose feature comes later', () => {
    const manifest = decodeManifest('good', Buffer.from(files['manifest.json']!).toString());
    assert.deepEqual(Object.keys(manifest.parts).sort(), [...partNames].sort());
    assert.equal(manifest.parts['model.onnx'], null);
    assert.deepEqual(
      Object.keys(files).sort(),
      [...partNames.filter((name) => name !== 'model.onnx'), 'manifest.json', 'manifest.sha256'].sort(),
    );
    assert.equal(Buffer.from(files['manifest.sha256']!).toString().trim(), sha256(files['manifest.json']!));
  });

  it('the same model gives the same bytes, and no temporary file stays behind', async () => {
    assert.deepEqual(Buffer.from(await encodeModelFile(exampleParts())), good);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part')),
      [],
    );
  });

  it('a path without a file, a folder, an empty file, a text file, another zip: one sentence each', async () => {
    const load = (at: string) => readModelFile(at, exampleCatalogue);
    await assert.rejects(load(join(folder, 'none.holdfast')), has('model.not-found', 'none.holdfast'));
    await assert.rejects(load(join(path, 'x')), has('model.not-found'));
    await assert.rejects(load(folder), has('model.damaged', 'is a folder'));
    await assert.rejects(load('/dev/null'), has('model.damaged', 'no ordinary file'));
    await assert.rejects(read(new Uint8Array()), has('model.damaged', 'is empty'));
    await assert.rejects(
      read(Buffer.from('customerID,tenure\n1,2\n')),
      has('model.damaged', 'no Holdfast model'),
    );
    const foreign = await writeZip({ 'a.txt': Buffer.from('hello') });
    await assert.rejects(read(foreign), has('model.damaged', 'is a zip but no Holdfast model file'));
  });

  it('cut short anywhere: model.damaged', async () => {
    const random = createRandom(7);
    const lengths = [1, 4, 30, good.length >> 1, good.length - 23, good.length - 22, good.length - 1];
    for (let i = 0; i < 30; i++) lengths.push(random.integer(good.length));
    for (const length of lengths) await assert.rejects(read(good.subarray(0, length)), has('model.damaged'));
  });

  it('a flipped byte in any part is found by its name', async () => {
    for (const [name, content] of Object.entries(files)) {
      const changed = Uint8Array.from(content);
      changed[changed.length >> 1]! ^= 1;
      const blamed = name.startsWith('manifest') ? 'manifest.json' : name;
      await assert.rejects(read(await writeZip({ ...files, [name]: changed })), has('model.damaged', blamed));
    }
  });

  it('for any mutation of the file: refused with model.damaged, or loaded and equal to the bit', async () => {
    const random = createRandom(11);
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      const bytes = Uint8Array.from(good);
      for (let n = random.integer(3); n >= 0; n--)
        bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
      try {
        const model = await read(bytes);
        assert.ok(plainEqual(model.fitted, parts.fitted));
        assert.deepEqual(model.golden, parts.golden);
      } catch (error) {
        has('model.damaged')(error);
        refused++;
      }
    }
    assert.ok(refused > 150, `${refused} of 200 refused`);
  });

  it('a missing part and one that the manifest does not name are refused', async () => {
    const { 'weights.bin': _, ...without } = files;
    await assert.rejects(read(await writeZip(without)), has('model.damaged', 'weights.bin'));
    const more = await writeZip({ ...files, 'setup.js': Buffer.from('x') });
    await assert.rejects(read(more), has('model.damaged', 'setup.js'));
    await assert.rejects(
      read(await writeZip({ ...files, 'model.onnx': Buffer.from('x') })),
      has('model.damaged', 'model.onnx'),
    );
    await assert.rejects(
      read(await writeZip({ 'manifest.json': files['manifest.json']! })),
      has('model.damaged'),
    );
  });

  it('parts that do not fit together are refused even when every hash is right', async () => {
    const json = (name: string) => JSON.parse(Buffer.from(files[name]!).toString());
    const changed = (name: string, value: unknown) => vouched({ [name]: Buffer.from(JSON.stringify(value)) });
    await read(await vouched({}));

    const weights = Uint8Array.from(files['weights.bin']!);
    weights[0]! ^= 1;
    await assert.rejects(read(await vouched({ 'weights.bin': weights })), has('model.golden'));
    const short = files['weights.bin']!.subarray(8);
    await assert.rejects(read(await vouched({ 'weights.bin': short })), has('model.damaged', 'weights.bin'));
    const newer = await changed('pipeline.json', { ...json('pipeline.json'), id: 'quantum-forest' });
    await assert.rejects(read(newer), has('model.newer', 'quantum-forest'));
    const later = await changed('pipeline.json', { ...json('pipeline.json'), version: 9 });
    await assert.rejects(read(later), has('model.newer'));
    await assert.rejects(
      read(await changed('golden.json', { rows: [], scores: [] })),
      has('model.damaged', 'golden.json'),
    );
    const broken = Buffer.from([0x22, 0xff, 0x22]);
    for (const name of ['pipeline.json', 'golden.json', 'reference.json', 'card.md'])
      await assert.rejects(read(await vouched({ [name]: broken })), has('model.damaged', name));
  });

  it('a file of a newer format says so, whatever else has changed', async () => {
    const manifest = Buffer.from('{"formatVersion": 2}');
    const bytes = await writeZip({
      ...files,
      'manifest.json': manifest,
      'manifest.sha256': Buffer.from(sha256(manifest)),
    });
    await assert.rejects(read(bytes), has('model.newer', 'format 2', 'update Holdfast'));
  });

  it('a file that differs from what the workspace recorded is refused, though sound in itself', async () => {
    const bytes = await vouched({ 'card.md': Buffer.from('# Other\n') });
    await read(bytes);
    await assert.rejects(
      readModelFile(fileOf(bytes), exampleCatalogue, written.sha256),
      has('model.damaged', 'was altered'),
    );
  });

  it('a folder that cannot be written gives output.unwritable and leaves an earlier file whole', async () => {
    await assert.rejects(
      writeModelFile(join(folder, 'no', 'x.holdfast'), parts),
      has('output.unwritable', 'ENOENT'),
    );
    await assert.rejects(writeModelFile(join(path, 'x.holdfast'), parts), has('output.unwritable'));
    assert.deepEqual(readFileSync(path), good);
  });
});
