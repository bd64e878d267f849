import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { removeAlias, setAlias } from '../../aliases.ts';
import { liveAt } from '../../live-at.ts';
import type { ModelVersion } from '../../model-version.ts';
import { promote, rollback } from '../../promote.ts';
import { setStage } from '../../stage.ts';
import { listVersions } from '../../versions.ts';
import { anna, at, ben, memoryArtifacts, registerExample } from '../registered.ts';

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

export function promotionSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: promote: champion and Production move together, who was there is archived`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const [one, two] = [
        await registerExample(database, artifacts),
        await registerExample(database, artifacts),
      ];
      const other = await registerExample(database, artifacts, { name: 'bank' });
      await promote(database, other, anna);
      assert.deepEqual(await promote(database, one, anna).then(({ before, forced }) => [before, forced]), [
        null,
        false,
      ]);
      assert.equal((await promote(database, two, ben, { note: 'better in March' })).before, 1);
      assert.deepEqual(
        (await listVersions(database)).map(({ name, version, stage, aliases }) => [
          name,
          version,
          stage,
          aliases,
        ]),
        [
          ['bank', 1, 'Production', ['champion']],
          ['telco', 2, 'Production', ['champion']],
          ['telco', 1, 'Archived', []],
        ],
      );
      const told = (await readHistory(database)).filter(({ event }) => event === 'model.promoted').at(-1)!;
      assert.deepEqual(
        [told.actor, told.subject, told.details],
        [ben.actor, 'model:telco:2', { before: 1, forced: false, note: 'better in March' }],
      );
    }));

  test(`${engine}: promote: the champion again changes and tells nothing`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts());
      await promote(database, one, anna);
      const entries = (await readHistory(database)).length;
      await promote(database, one, ben);
      assert.equal((await readHistory(database)).length, entries);
    }));

  test(`${engine}: promote: a version refused by its gate needs force and a note, and the history has it`, () =>
    withDatabases(1, async (database) => {
      const one = await registerExample(database, memoryArtifacts(), { passed: false });
      await assert.rejects(promote(database, one, anna), (error: HoldfastError) => {
        assert.deepEqual([error.code, error.fields.reasons], ['registry.refused', ['gate']]);
        return true;
      });
      for (const attempt of [
        () => setAlias(database, one, 'champion', anna),
        () => setStage(database, one, 'Production', anna),
      ])
        await assert.rejects(attempt(), refused('registry.refused'));
      await assert.rejects(promote(database, one, anna, { force: true }), refused('usage.argument'));
      await assert.rejects(
        promote(database, one, anna, { force: true, note: '  ' }),
        refused('usage.argument'),
      );
      assert.equal((await readHistory(database)).length, 1);
      assert.equal((await promote(database, one, anna, { force: true, note: 'outage' })).forced, true);
      const told = (await readHistory(database)).find(({ event }) => event === 'model.promoted')!;
      assert.deepEqual(told.details, { before: null, forced: true, note: 'outage' });
    }));

  test(`${engine}: rollback: goes back one champion at a time, then there is nothing before`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const base = anna.now;
      for (let i = 1; i <= 3; i++) {
        const version = await registerExample(database, artifacts);
        await promote(database, version, at(base + i));
      }
      const back = async (now: number) => {
        const { version, before } = await rollback(database, 'telco', at(now));
        return [before, version.version, version.stage];
      };
      assert.deepEqual(await back(base + 4), [3, 2, 'Production']);
      assert.deepEqual(await back(base + 5), [2, 1, 'Production']);
      await assert.rejects(rollback(database, 'telco', anna), refused('registry.nothing-before'));
      assert.deepEqual(
        (await listVersions(database)).map(({ stage, aliases }) => [stage, aliases]),
        [
          ['Archived', []],
          ['Archived', []],
          ['Production', ['champion']],
        ],
      );
      const live = [];
      for (let i = 0; i <= 5; i++) live.push((await liveAt(database, base + i))[0]?.version ?? null);
      assert.deepEqual(live, [null, 1, 2, 3, 2, 1]);
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: rollback: after a rollback and another promotion it leads to the one before that`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const versions: ModelVersion[] = [];
      for (let i = 0; i < 3; i++) versions.push(await registerExample(database, artifacts));
      await promote(database, versions[0]!, anna);
      await promote(database, versions[1]!, anna);
      await rollback(database, 'telco', anna, { note: 'too many calls' });
      await promote(database, versions[2]!, anna);
      assert.equal((await rollback(database, 'telco', anna)).version.version, 1);
    }));

  test(`${engine}: rollback: without a champion, or with a single one ever, is refused`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const one = await registerExample(database, artifacts);
      await assert.rejects(rollback(database, 'telco', anna), refused('registry.nothing-before'));
      await promote(database, one, anna);
      await assert.rejects(rollback(database, 'telco', anna), refused('registry.nothing-before'));
      await removeAlias(database, 'telco', 'champion', anna);
      await assert.rejects(rollback(database, 'telco', anna), refused('registry.nothing-before'));
    }));

  test(`${engine}: promote: four processes promote at once, and there is one champion in Production`, () =>
    withDatabases(4, async (...databases) => {
      const artifacts = memoryArtifacts();
      const versions: ModelVersion[] = [];
      for (let i = 0; i < 4; i++) versions.push(await registerExample(databases[0]!, artifacts));
      await Promise.all(databases.map((one, i) => promote(one, versions[i]!, anna)));
      const all = await listVersions(databases[0]!);
      const champions = all.filter(({ aliases }) => aliases.includes('champion'));
      const inProduction = all.filter(({ stage }) => stage === 'Production');
      assert.deepEqual([champions.length, inProduction.length], [1, 1]);
      assert.equal(champions[0]!.version, inProduction[0]!.version);
      assert.equal((await verifyHistory(databases[0]!)).brokenAt, null);
    }));
}
