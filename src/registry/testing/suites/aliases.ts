import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { removeAlias, setAlias } from '../../aliases.ts';
import { liveAt } from '../../live-at.ts';
import type { ModelVersion } from '../../model-version.ts';
import { setStage } from '../../stage.ts';
import { getVersion, listVersions } from '../../versions.ts';
import { anna, at, memoryArtifacts, registerExample } from '../registered.ts';

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

export function aliasSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: alias: one version of a name has it; moving it is told with what was before`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const [one, two] = [
        await registerExample(database, artifacts),
        await registerExample(database, artifacts),
      ];
      assert.equal((await setAlias(database, one, 'challenger', anna)).before, null);
      assert.equal((await setAlias(database, two, 'challenger', anna)).before, 1);
      await setAlias(database, two, 'challenger', anna);
      assert.deepEqual(
        (await listVersions(database)).map(({ version, aliases }) => [version, aliases]),
        [
          [2, ['challenger']],
          [1, []],
        ],
      );
      const moves = (await readHistory(database)).filter(({ event }) => event === 'alias.set');
      assert.deepEqual(
        moves.map(({ subject, details }) => [subject, details]),
        [
          ['model:telco:1', { alias: 'challenger', before: null }],
          ['model:telco:2', { alias: 'challenger', before: 1 }],
        ],
      );
    }));

  test(`${engine}: alias: taken away it is gone; one that isn't there can't be taken`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts());
      await setAlias(database, one, 'canary', anna);
      assert.deepEqual(await removeAlias(database, 'telco', 'canary', anna), { name: 'telco', version: 1 });
      assert.deepEqual((await getVersion(database, one)).aliases, []);
      await assert.rejects(removeAlias(database, 'telco', 'canary', anna), refused('model.not-found'));
    }));

  test(`${engine}: alias: names that mean something else, and versions that aren't there, are refused`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts());
      for (const alias of ['latest', 'v3', '3', 'beef', 'Champion', 'a--b', '-a', '', 'a b', 'x'.repeat(64)])
        await assert.rejects(setAlias(database, one, alias, anna), refused('usage.argument'), alias);
      await assert.rejects(
        setAlias(database, { name: 'telco', version: 9 }, 'canary', anna),
        refused('model.not-found'),
      );
      assert.equal((await readHistory(database)).length, 1);
    }));

  test(`${engine}: alias: four processes that move it at once: the last one told has it, none is lost`, () =>
    withDatabases(4, async (...databases) => {
      const artifacts = memoryArtifacts();
      const versions: ModelVersion[] = [];
      for (let i = 0; i < 4; i++) versions.push(await registerExample(databases[0]!, artifacts));
      for (let round = 0; round < 4; round++)
        await Promise.all(
          databases.map(async (one, i) => {
            await setAlias(one, versions[(i + round) % 4]!, 'challenger', anna);
            await setAlias(one, versions[i]!, `own-${i}`, anna);
          }),
        );
      const all = await listVersions(databases[0]!);
      assert.deepEqual(all.flatMap(({ aliases }) => aliases).sort(), [
        'challenger',
        'own-0',
        'own-1',
        'own-2',
        'own-3',
      ]);
      const last = (await readHistory(databases[0]!))
        .filter(({ details }) => details.alias === 'challenger')
        .at(-1)!;
      const holder = all.find(({ aliases }) => aliases.includes('challenger'))!;
      assert.equal(last.subject, `model:telco:${holder.version}`);
      assert.equal((await verifyHistory(databases[0]!)).brokenAt, null);
    }));

  test(`${engine}: live: of any past moment the history tells which version had an alias`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const [one, two] = [
        await registerExample(database, artifacts),
        await registerExample(database, artifacts),
      ];
      const bank = await registerExample(database, artifacts, { name: 'bank' });
      const base = anna.now;
      await setAlias(database, one, 'canary', at(base + 10));
      await setAlias(database, bank, 'canary', at(base + 15));
      await setAlias(database, two, 'canary', at(base + 20));
      await removeAlias(database, 'telco', 'canary', at(base + 30));
      const live = async (after: number, name?: string) =>
        (await liveAt(database, base + after, { alias: 'canary', ...(name ? { name } : {}) })).map(
          (found) => `${found.name}@${found.version} since ${found.since - base}`,
        );
      assert.deepEqual(await live(9), []);
      assert.deepEqual(await live(10), ['telco@1 since 10']);
      assert.deepEqual(await live(19), ['bank@1 since 15', 'telco@1 since 10']);
      assert.deepEqual(await live(29, 'telco'), ['telco@2 since 20']);
      assert.deepEqual(await live(99), ['bank@1 since 15']);
    }));

  test(`${engine}: stage: archiving the others leaves one version in it`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const versions: ModelVersion[] = [];
      for (let i = 0; i < 3; i++) versions.push(await registerExample(database, artifacts));
      await setStage(database, versions[0]!, 'Staging', anna);
      await setStage(database, versions[1]!, 'Staging', anna);
      const moved = await setStage(database, versions[2]!, 'Staging', anna, { archiveOthers: true });
      assert.equal(moved.stage, 'Staging');
      assert.deepEqual(
        (await listVersions(database)).map(({ stage }) => stage),
        ['Staging', 'Archived', 'Archived'],
      );
      assert.deepEqual((await readHistory(database)).at(-1)!.details, { before: 'None', after: 'Staging' });
    }));
}
