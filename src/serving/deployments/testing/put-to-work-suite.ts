/** Over any engine: a version is put to work only where its model opens, and nothing else stands in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableError } from '../../../base/errors.ts';
import { type ModelVersion, versionName } from '../../../registry/model-version.ts';
import { openVersion } from '../../../registry/open-version.ts';
import { promote } from '../../../registry/promote.ts';
import { anna, ben, memoryArtifacts, registerExample } from '../../../registry/testing/registered.ts';
import type { Database } from '../../../store/database/database.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import { exampleCatalogue } from '../../../store/testing/example-model.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { changeDeployment, changeDeploymentWithin, currentDeployment } from '../deployment.ts';
import { deploymentState } from '../deployment-state.ts';
import {
  aliasChampionWithin,
  promoteCanaryWithin,
  promoteChampionWithin,
  rollBackChampionWithin,
} from '../move-champion.ts';
import { putToWork } from '../put-to-work.ts';

const name = 'telco';
const key = (version: number) => ({ name, version });

/** Three versions, of which 1 is champion after 2, and what opens their files. */
async function filled(database: Database) {
  const artifacts = memoryArtifacts();
  const versions: ModelVersion[] = [];
  for (const passed of [true, true, false])
    versions.push(await registerExample(database, artifacts, { passed }));
  for (const version of [2, 1]) await promote(database, key(version), anna);
  const opened: string[] = [];
  const open = (version: ModelVersion) => {
    opened.push(versionName(version));
    return openVersion(artifacts, version, exampleCatalogue);
  };
  const damage = (version: number) => artifacts.damage(versions[version - 1]!.fileSha256);
  return { ports: { database, open }, opened, damage };
}

export function putToWorkSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: put to work: the change is made once, told once, and its model opened`, () =>
    withDatabases(1, async (database) => {
      const { ports, opened } = await filled(database);
      const entries = (await readHistory(database)).length;
      const { done, version, model } = await putToWork(
        ports,
        (transaction) =>
          changeDeploymentWithin(transaction, name, { canary: { version: 2, share: 0.5 } }, ben),
        () => key(2),
      );
      assert.deepEqual([done.canary, version.version], [{ version: 2, share: 0.5 }, 2]);
      assert.equal(model.manifest.model.id, version.modelId);
      assert.deepEqual(opened, ['telco@2']);
      assert.equal((await readHistory(database)).length, entries + 1);
      await putToWork(
        ports,
        (transaction) => promoteCanaryWithin(transaction, name, ben),
        (promotion) => promotion.version,
      );
      const { champion, canary } = await deploymentState(database, name);
      assert.deepEqual([champion?.version.version, canary], [2, null]);
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: put to work: a damaged file is deployment.unusable by every way, and changes nothing`, () =>
    withDatabases(1, async (database) => {
      const { ports, damage } = await filled(database);
      await changeDeployment(database, name, { canary: { version: 2, share: 0.1 } }, anna);
      damage(2);
      const before = await readHistory(database);
      const state = await deploymentState(database, name);
      const refused = {
        code: 'deployment.unusable',
        fields: { model: name, version: 2, reason: 'artifact.damaged' },
      };
      const shadow = { shadow: { version: 2 }, canary: null };
      await assert.rejects(
        putToWork(
          ports,
          (one) => changeDeploymentWithin(one, name, shadow, ben),
          () => key(2),
        ),
        refused,
      );
      for (const change of [
        (one) => promoteChampionWithin(one, key(2), ben),
        (one) => promoteCanaryWithin(one, name, ben),
        (one) => rollBackChampionWithin(one, name, ben),
        (one) => aliasChampionWithin(one, key(2), ben),
      ] satisfies Parameters<typeof putToWork<{ readonly version: ModelVersion }, unknown>>[1][])
        await assert.rejects(
          putToWork(ports, change, (done) => done.version),
          refused,
        );
      assert.deepEqual(await readHistory(database), before);
      assert.deepEqual(await deploymentState(database, name), state);
    }));

  test(`${engine}: put to work: the rules come first; a store that is away says nothing of the model`, () =>
    withDatabases(1, async (database) => {
      const { ports, opened, damage } = await filled(database);
      for (const version of [1, 2, 3]) damage(version);
      const canary = (version: number) =>
        putToWork(
          ports,
          (one) => changeDeploymentWithin(one, name, { canary: { version, share: 0.5 } }, ben),
          () => key(version),
        );
      await assert.rejects(canary(1), { code: 'deployment.is-champion' });
      await assert.rejects(canary(3), { code: 'registry.refused' });
      await assert.rejects(canary(9), { code: 'model.not-found' });
      assert.deepEqual(opened, []);
      const away = new UnavailableError('store.unavailable', 'artifacts: away', {});
      await assert.rejects(
        putToWork(
          { database, open: () => Promise.reject(away) },
          (one) => promoteChampionWithin(one, key(2), ben),
          (done) => done.version,
        ),
        away,
      );
    }));

  test(`${engine}: put to work: what comes to be about another version while its model opens is refused`, () =>
    withDatabases(2, async (database, other) => {
      const { ports } = await filled(database);
      await changeDeployment(database, name, { canary: { version: 2, share: 0.5 } }, anna);
      const open = async (version: ModelVersion) => {
        await promote(other, key(3), anna, { force: true, note: 'in between' });
        await changeDeployment(other, name, { canary: { version: 1, share: 0.5 } }, anna);
        return ports.open(version);
      };
      await assert.rejects(
        putToWork(
          { database, open },
          (one) => promoteCanaryWithin(one, name, ben),
          (done) => done.version,
        ),
        { code: 'store.conflict' },
      );
      assert.equal((await deploymentState(database, name)).champion?.version.version, 3);
    }));

  test(`${engine}: the alias champion ends the canary that it makes champion, as promoting does; its stage stays`, () =>
    withDatabases(1, async (database) => {
      await filled(database);
      await changeDeployment(
        database,
        name,
        { canary: { version: 2, share: 0.5 }, shadow: { version: 3 } },
        anna,
      );
      const { version, before } = await database.transaction((one) => aliasChampionWithin(one, key(2), ben));
      assert.deepEqual([version.version, version.stage, before], [2, 'Archived', 1]);
      const { canary, shadow } = await currentDeployment(database, name);
      assert.deepEqual([canary, shadow], [null, { version: 3 }]);
      const told = (await readHistory(database)).slice(-2).map(({ event, actor }) => [event, actor]);
      assert.deepEqual(told, [
        ['alias.set', ben.actor],
        ['deployment.changed', ben.actor],
      ]);
    }));
}
