/** What every engine of artefacts must do alike; run by the test file of each. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { sha256 } from '../../../base/hash.ts';
import type { ArtifactStore } from '../artifact-store.ts';

export interface ArtifactHarness extends AsyncDisposable {
  readonly store: ArtifactStore;
  /** Changes kept content behind the store's back. */
  damage(sha256: string): Promise<void>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;
const nowhere = 'f'.repeat(64);

export function artifactSuite(engine: string, newHarness: () => Promise<ArtifactHarness>): void {
  test(`${engine}: what is put is read back under the hash of its content, an empty file too`, async () => {
    await using harness = await newHarness();
    for (const content of [bytes('one'), new Uint8Array(0), new Uint8Array(300_000).fill(7)]) {
      const kept = await harness.store.put(content);
      assert.deepEqual(kept, { sha256: sha256(content), bytes: content.length });
      assert.equal(await harness.store.has(kept.sha256), true);
      assert.deepEqual(new Uint8Array(await harness.store.read(kept.sha256)), content);
    }
  });

  test(`${engine}: a file is kept under the same name as its bytes`, async () => {
    await using harness = await newHarness();
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-artifact-'));
    const content = new Uint8Array(200_001).map((_, i) => i % 251);
    writeFileSync(join(folder, 'model'), content);
    assert.deepEqual(await harness.store.putFile(join(folder, 'model')), await harness.store.put(content));
    assert.equal((await harness.store.list()).length, 1);
    rmSync(folder, { recursive: true });
  });

  test(`${engine}: a file that isn't there is refused and leaves nothing`, async () => {
    await using harness = await newHarness();
    await assert.rejects(harness.store.putFile('/nowhere/at/all'), refused('workspace.unwritable'));
    assert.deepEqual(await harness.store.list(), []);
  });

  test(`${engine}: the same content twice is there once; the list is in order of names`, async () => {
    await using harness = await newHarness();
    const put = async (text: string) => (await harness.store.put(bytes(text))).sha256;
    const names = [await put('a'), await put('b'), await put('a'), await put('c')];
    const listed = (await harness.store.list()).map(({ sha256: name }) => name);
    assert.deepEqual(listed, [...new Set(names)].sort());
  });

  test(`${engine}: altered content is refused, and putting it again repairs it`, async () => {
    await using harness = await newHarness();
    const { sha256: name } = await harness.store.put(bytes('what was put'));
    await harness.damage(name);
    await assert.rejects(harness.store.read(name), refused('artifact.damaged'));
    await harness.store.put(bytes('what was put'));
    assert.deepEqual(new Uint8Array(await harness.store.read(name)), bytes('what was put'));
  });

  test(`${engine}: what isn't there, and names that are no hash, are not found`, async () => {
    await using harness = await newHarness();
    await harness.store.put(bytes('a'));
    for (const name of [nowhere, '', '..', '../../etc/passwd', nowhere.toUpperCase(), `${nowhere}\0`]) {
      assert.equal(await harness.store.has(name), false);
      assert.equal(await harness.store.remove(name), false);
      await assert.rejects(harness.store.read(name), refused('artifact.not-found'));
    }
  });

  test(`${engine}: what is removed is gone, the rest stays`, async () => {
    await using harness = await newHarness();
    const { sha256: gone } = await harness.store.put(bytes('a'));
    const { sha256: kept } = await harness.store.put(bytes('b'));
    assert.equal(await harness.store.remove(gone), true);
    assert.equal(await harness.store.remove(gone), false);
    assert.deepEqual(
      (await harness.store.list()).map(({ sha256: name }) => name),
      [kept],
    );
  });

  test(`${engine}: twenty puts of four contents at once leave four whole ones`, async () => {
    await using harness = await newHarness();
    const contents = [0, 1, 2, 3].map((i) => new Uint8Array(100_000).fill(i));
    await Promise.all(Array.from({ length: 20 }, (_, i) => harness.store.put(contents[i % 4]!)));
    const listed = await harness.store.list();
    assert.equal(listed.length, 4);
    for (const { sha256: name } of listed) assert.equal((await harness.store.read(name)).length, 100_000);
  });
}
