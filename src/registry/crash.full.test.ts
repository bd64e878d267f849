/** kill -9 at any moment of registering leaves a workspace that can be used, and everything that was acknowledged. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import { openFolderArtifacts } from '../store/artifacts/folder-artifacts.ts';
import type { Database } from '../store/database/database.ts';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { openDatabase } from '../store/database/open-database.ts';
import { exampleCatalogue } from '../store/testing/example-model.ts';
import { registryMigrations } from './migrations/all.ts';
import { registerExample } from './testing/registered.ts';
import { verifyRegistry } from './verify.ts';
import { listVersions } from './versions.ts';

const script = fileURLToPath(new URL('./testing/register-models.ts', import.meta.url));

async function withPlace(
  work: (
    folder: string,
    open: () => Promise<{ database: Database; artifacts: ArtifactStore }>,
  ) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
  const opened: Database[] = [];
  try {
    await work(folder, async () => {
      const database = await openDatabase({ root: folder }, [...storeMigrations, ...registryMigrations]);
      opened.push(database);
      return { database, artifacts: openFolderArtifacts(join(folder, 'artifacts')) };
    });
  } finally {
    for (const database of opened) await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test('crash: between the kept file and the registry: nothing is registered, and the next one is version 1', () =>
  withPlace(async (folder, open) => {
    const child = spawn(process.execPath, [script, folder, 'die'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
    const { database, artifacts } = await open();
    assert.deepEqual(await listVersions(database), []);
    assert.equal((await artifacts.list()).length, 1);
    assert.equal((await registerExample(database, artifacts)).version, 1);
    assert.equal((await verifyRegistry(database, artifacts, exampleCatalogue)).ok, true);
  }));

test('crash: killed while it registers, three times on one workspace: no gap, every file whole, nothing lost', () =>
  withPlace(async (folder, open) => {
    let acknowledged = 0;
    for (let round = 1; round <= 3; round++) {
      const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const wanted = acknowledged + 3 * round;
      for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
        acknowledged = Math.max(acknowledged, ...text.split('\n').map(Number));
        if (acknowledged >= wanted) break;
      }
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    const { database, artifacts } = await open();
    const numbers = (await listVersions(database)).map(({ version }) => version);
    assert.ok(numbers.length >= acknowledged, `${numbers.length} versions, ${acknowledged} acknowledged`);
    assert.deepEqual(
      numbers,
      Array.from(numbers, (_, i) => numbers.length - i),
    );
    const checked = await verifyRegistry(database, artifacts, exampleCatalogue);
    assert.equal(checked.ok, true, JSON.stringify(checked.history));
    assert.equal(checked.history.entries, numbers.length);
  }));
