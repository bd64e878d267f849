import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asUmask, ownerOnly } from '../whole-file.ts';
import { openFolderArtifacts } from './folder-artifacts.ts';
import { artifactSuite } from './testing/artifact-suite.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-artifacts-'));

artifactSuite('folder', async () => {
  const folder = newFolder();
  return {
    store: openFolderArtifacts(folder),
    damage: async (sha256) => appendFileSync(join(folder, 'blobs', sha256.slice(0, 2), sha256), '!'),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true }),
  };
});

test('folder: nothing is made before something is put', async () => {
  const folder = join(newFolder(), 'not-yet');
  const store = openFolderArtifacts(folder);
  assert.deepEqual(await store.list(), []);
  assert.equal(existsSync(folder), false);
});

test('folder: for its owner alone, or as the umask says where several may share it', {
  skip: process.platform === 'win32',
}, async () => {
  const modeOf = (...parts: string[]): string => (statSync(join(...parts)).mode & 0o777).toString(8);
  const before = process.umask(0o002);
  try {
    for (const [modes, ...expected] of [
      [ownerOnly, '700', '600', '600'],
      [asUmask, '775', '644', '644'],
    ] as const) {
      const folder = join(newFolder(), 'made');
      const store = openFolderArtifacts(folder, modes);
      const put = await store.put(Uint8Array.of(1));
      writeFileSync(join(folder, 'other'), 'x');
      const file = await store.putFile(join(folder, 'other'));
      const places = [put, file].map(({ sha256 }) => ['blobs', sha256.slice(0, 2), sha256]);
      assert.deepEqual(
        [[], ...places].map((place) => modeOf(folder, ...place)),
        expected,
      );
      rmSync(folder, { recursive: true });
    }
  } finally {
    process.umask(before);
  }
});

test('folder: a process killed while it puts leaves whole files only, and another goes on', async () => {
  const folder = newFolder();
  const script = fileURLToPath(new URL('./testing/put-artifacts.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, '200'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text;
    if (said.split('\n').length > 5) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const store = openFolderArtifacts(folder);
  const acknowledged = said.split('\n').slice(0, -1);
  assert.ok(acknowledged.length >= 5);
  for (const name of acknowledged) assert.equal((await store.read(name)).length, 50_000);
  for (const { sha256 } of await store.list()) await store.read(sha256);
  await store.put(new Uint8Array(50_000).fill(199));
  assert.ok(readdirSync(join(folder, 'blobs')).length >= 5);
  rmSync(folder, { recursive: true });
});

test('folder: two processes that put the same contents leave each once and whole', async () => {
  const folder = newFolder();
  const script = fileURLToPath(new URL('./testing/put-artifacts.ts', import.meta.url));
  const ends = [1, 2].map(() =>
    once(spawn(process.execPath, [script, folder, '20'], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit'),
  );
  assert.deepEqual(
    (await Promise.all(ends)).map(([exit]) => exit),
    [0, 0],
  );
  const store = openFolderArtifacts(folder);
  const listed = await store.list();
  assert.equal(listed.length, 20);
  for (const { sha256 } of listed) await store.read(sha256);
  rmSync(folder, { recursive: true });
});
