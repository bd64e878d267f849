import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleCatalogue } from '../../../store/testing/example-model.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import type { ModelVersion } from '../../model-version.ts';
import { verifyRegistry } from '../../verify.ts';
import { memoryArtifacts, registerExample } from '../registered.ts';

export function verifySuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: verify: an altered and a missing file, and a changed history, are each found by name`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const versions: ModelVersion[] = [];
      for (let i = 0; i < 3; i++) versions.push(await registerExample(database, artifacts));
      const check = () => verifyRegistry(database, artifacts, exampleCatalogue);
      assert.deepEqual((await check()).ok, true);
      artifacts.damage(versions[0]!.fileSha256);
      await artifacts.remove(versions[1]!.fileSha256);
      await database.db.updateTable('history').set({ actor: 'somebody' }).where('position', '=', 2).execute();
      const found = await check();
      assert.equal(found.ok, false);
      assert.deepEqual(
        found.versions.map(({ version, ok, code }) => [version, ok, code]),
        [
          [3, true, null],
          [2, false, 'artifact.not-found'],
          [1, false, 'artifact.damaged'],
        ],
      );
      assert.deepEqual(found.history, { entries: 1, brokenAt: 2 });
      assert.equal(
        (await verifyRegistry(database, artifacts, exampleCatalogue, [versions[2]!])).versions.length,
        1,
      );
    }));
}
