import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HoldfastError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { encodeModelFile } from './model-file.ts';
import { openModelFolder } from './model-folder.ts';
import { exampleCatalogue, exampleParts } from './testing/example-model.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-folder-'));
after(() => rmSync(root, { recursive: true }));

let made = 0;
const fresh = () => openModelFolder(join(root, `w${made++}`, 'models'), root);
const idOf = (n: number): string => `${String(n).padStart(8, '0')}-3c0e-4c59-9d53-6a8d2f8f3a11`;
const day = Date.UTC(2026, 2, 1);

const has =
  (code: string, ...words: string[]) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof HoldfastError, String(error));
    assert.equal(error.code, code);
    for (const word of words) assert.ok(error.message.includes(word), error.message);
    return true;
  };

describe('model folder', () => {
  it('a saved model is listed, found and read, and its report lies beside it', async () => {
    const folder = fresh();
    const parts = exampleParts({ name: 'telco', label: '20260301.nogit', id: idOf(1) });
    const saved = await folder.save(parts);
    assert.equal(basename(saved.path), `telco-20260301.nogit-${idOf(1)}.holdfast`);
    assert.equal(saved.sha256, sha256(readFileSync(saved.path)));
    assert.equal(readFileSync(saved.report, 'utf8'), parts.report);
    assert.deepEqual(await folder.list(), {
      models: [
        {
          path: saved.path,
          name: 'telco',
          label: '20260301.nogit',
          id: idOf(1),
          created: '2026-03-01T12:00:00.000Z',
          passed: true,
        },
      ],
      damaged: [],
    });
    const model = await folder.read('latest', exampleCatalogue);
    assert.equal(model.path, saved.path);
    assert.equal(model.manifest.model.id, idOf(1));
  });

  it('latest is the newest that passed its gate, over all names or of one', async () => {
    const folder = fresh();
    const save = (n: number, name: string, created: string, passed: boolean) =>
      folder.save(exampleParts({ id: idOf(n), label: `2026030${n}.nogit`, name, created, passed }));
    await save(1, 'telco', '2026-03-01T00:00:00.000Z', true);
    await save(2, 'bank', '2026-03-02T00:00:00.000Z', true);
    const refused = await save(3, 'telco', '2026-03-03T00:00:00.000Z', false);
    const found = async (reference: string) => basename(await folder.resolve(reference)).split('-')[0];
    assert.equal(await found('latest'), 'bank');
    assert.equal(await found('telco@latest'), 'telco');
    assert.equal(basename(await folder.resolve('telco@latest')).includes('20260301'), true);
    assert.equal(await folder.resolve('20260303.nogit'), refused.path);
    await assert.rejects(folder.resolve('telko@latest'), has('model.not-found', 'did you mean telco?'));
    assert.deepEqual(
      (await folder.list()).models.map(({ id }) => id),
      [idOf(3), idOf(2), idOf(1)],
    );
  });

  it('models of the same millisecond stand by label, ten after nine', async () => {
    const folder = fresh();
    for (const n of [9, 10, 2])
      await folder.save(exampleParts({ id: idOf(n), label: `20260301.nogit.${n}` }));
    assert.ok((await folder.resolve('latest')).includes('nogit.10'));
  });

  it('without a model, latest says what to run; with refused ones only, it says so', async () => {
    const folder = fresh();
    await assert.rejects(folder.resolve('latest'), has('model.not-found', 'no model yet', 'holdfast train'));
    await folder.save(exampleParts({ id: idOf(1), passed: false }));
    await assert.rejects(folder.resolve('latest'), has('model.not-found', '1 model', 'none of which passed'));
  });

  it('a reference may be a label, an id, the beginning of an id, or a path', async () => {
    const folder = fresh();
    const one = await folder.save(exampleParts({ id: idOf(11_000_000), label: '20260301.nogit' }));
    await folder.save(exampleParts({ id: idOf(11_000_001), label: '20260301.nogit.2' }));
    for (const reference of [
      '20260301.nogit',
      idOf(11_000_000),
      '11000000',
      one.path,
      relative(root, one.path),
    ])
      assert.equal(await folder.resolve(reference), one.path, reference);
    await assert.rejects(folder.resolve('1100'), has('model.not-found', '2 models', 'more letters'));
    await assert.rejects(folder.resolve('110'), has('model.not-found', 'no model'));
    await assert.rejects(
      folder.resolve('20260301.nogti'),
      has('model.not-found', 'did you mean 20260301.nogit'),
    );
    await assert.rejects(
      folder.read('./none.holdfast', exampleCatalogue),
      has('model.not-found', 'none.holdfast'),
    );
  });

  it('a file altered in the folder is refused, even when all its inner hashes are right', async () => {
    const folder = fresh();
    const { path } = await folder.save(exampleParts({ id: idOf(1) }));
    writeFileSync(path, await encodeModelFile({ ...exampleParts({ id: idOf(1) }), card: '# Forged\n' }));
    await assert.rejects(folder.read('latest', exampleCatalogue), has('model.damaged', 'was altered'));

    const link = join(root, 'link.holdfast');
    symlinkSync(path, link);
    await assert.rejects(folder.read(link, exampleCatalogue), has('model.damaged', 'was altered'));
    unlinkSync(link);

    unlinkSync(`${path}.sha256`);
    await assert.rejects(folder.read('latest', exampleCatalogue), has('model.damaged', 'no record'));
    const elsewhere = join(root, 'copy.holdfast');
    copyFileSync(path, elsewhere);
    assert.equal((await folder.read(elsewhere, exampleCatalogue)).card, '# Forged\n');
  });

  it('a damaged file is listed apart and hides no other', async () => {
    const folder = fresh();
    const { path } = await folder.save(exampleParts({ id: idOf(1) }));
    const bad = join(folder.path, 'bad.holdfast');
    writeFileSync(bad, 'text');
    appendFileSync(join(folder.path, '.hidden.holdfast'), 'text');
    const { models, damaged } = await folder.list();
    assert.deepEqual(
      models.map((model) => model.path),
      [path],
    );
    assert.deepEqual(
      damaged.map((file) => file.path),
      [bad],
    );
    assert.match(damaged[0]!.reason, /^bad\.holdfast: is damaged/);
  });

  it('a label is given once, whether its model was saved or not', async () => {
    const folder = fresh();
    assert.equal(await folder.reserveLabel(day, null), '20260301.nogit');
    assert.equal(await folder.reserveLabel(day, null), '20260301.nogit.2');
    await folder.save(exampleParts({ id: idOf(1), label: '20260301.nogit.3' }));
    assert.equal(await folder.reserveLabel(day, null), '20260301.nogit.4');
    assert.equal(await folder.reserveLabel(day, 'abcdef0123'.repeat(4)), '20260301.abcdef0');
  });

  it('two processes that save at once lose nothing and share no label', async () => {
    const folder = fresh();
    const script = fileURLToPath(new URL('./testing/save-models.ts', import.meta.url));
    const run = () => promisify(execFile)(process.execPath, [script, folder.path, '8']);
    await Promise.all([run(), run()]);
    const { models, damaged } = await folder.list();
    assert.deepEqual(damaged, []);
    assert.equal(models.length, 16);
    assert.equal(new Set(models.map(({ label }) => label)).size, 16);
    assert.equal(readdirSync(folder.path).filter((name) => name.endsWith('.part')).length, 0);
    for (const { path } of models) await folder.read(path, exampleCatalogue);
  });

  it('a place that cannot be written gives workspace.unwritable', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    const folder = openModelFolder(join(file, 'models'), root);
    await assert.rejects(folder.save(exampleParts()), has('workspace.unwritable', 'ENOTDIR'));
    await assert.rejects(folder.reserveLabel(day, null), has('workspace.unwritable'));
    assert.deepEqual(await folder.list(), { models: [], damaged: [] });
  });
});
