import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import { exampleCatalogue } from '../../../store/testing/example-model.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { describeVersion } from '../../describe.ts';
import { registerModel } from '../../register.ts';
import { getVersion, listModelNames, listVersions } from '../../versions.ts';
import { anna, ben, exampleModelBytes, memoryArtifacts, registerExample } from '../registered.ts';

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

export function registerSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: register: a name counts its own versions from 1, and each is what its manifest says`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const first = await registerExample(database, artifacts, { created: '2026-02-01T00:00:00.000Z' });
      const second = await registerExample(database, artifacts, { passed: false });
      const other = await registerExample(database, artifacts, { name: 'bank', by: ben });
      assert.deepEqual(
        [first, second, other].map(({ name, version, passed }) => [name, version, passed]),
        [
          ['telco', 1, true],
          ['telco', 2, false],
          ['bank', 1, true],
        ],
      );
      assert.equal(first.stage, 'None');
      assert.equal(first.createdAt, Date.UTC(2026, 1, 1));
      assert.deepEqual([other.registeredBy, other.registeredAt], [ben.actor, ben.now]);
      assert.equal(first.metrics.rocAuc.value, 0.8);
      assert.deepEqual(
        first.signature.inputs.map(({ name, kind, min }) => [name, kind, min]),
        [
          ['charges', 'number', 0],
          ['tenure', 'number', 0],
        ],
      );
      assert.equal(first.signature.output.threshold, 0.4);
      assert.equal(await artifacts.has(first.fileSha256), true);
      assert.deepEqual(await listModelNames(database), ['bank', 'telco']);
      assert.deepEqual(
        (await listVersions(database, { name: 'telco' })).map(({ version }) => version),
        [2, 1],
      );
    }));

  test(`${engine}: register: the same model is registered once, and the second time changes nothing`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const file = { who: 'model', bytes: await exampleModelBytes() };
      const first = await registerModel(database, artifacts, file, exampleCatalogue, anna);
      const again = await registerModel(database, artifacts, file, exampleCatalogue, ben);
      assert.deepEqual([first.isNew, again.isNew], [true, false]);
      assert.deepEqual(again.version, first.version);
      assert.equal((await readHistory(database)).length, 1);
    }));

  test(`${engine}: register: a file that is no model is refused and nothing is kept`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const bytes = await exampleModelBytes();
      bytes[bytes.length >> 1]! ^= 1;
      await assert.rejects(
        registerModel(database, artifacts, { who: 'broken', bytes }, exampleCatalogue, anna),
        refused('model.damaged'),
      );
      assert.deepEqual([await artifacts.list(), await listVersions(database)], [[], []]);
    }));

  test(`${engine}: register: four processes at once give 1 to 24 without a gap, and the history holds`, () =>
    withDatabases(4, async (...databases) => {
      const artifacts = memoryArtifacts();
      for (let round = 0; round < 3; round++)
        await Promise.all(
          databases.flatMap((one) => [registerExample(one, artifacts), registerExample(one, artifacts)]),
        );
      const numbers = (await listVersions(databases[0]!)).map(({ version }) => version);
      assert.deepEqual(
        numbers,
        Array.from({ length: 24 }, (_, i) => 24 - i),
      );
      assert.deepEqual(await verifyHistory(databases[0]!), { entries: 24, brokenAt: null });
    }));

  test(`${engine}: register: one model from four processes at once is one version`, () =>
    withDatabases(4, async (...databases) => {
      const artifacts = memoryArtifacts();
      const file = { who: 'model', bytes: await exampleModelBytes() };
      const all = await Promise.all(
        databases.map((one) => registerModel(one, artifacts, file, exampleCatalogue, anna)),
      );
      assert.equal(all.filter(({ isNew }) => isNew).length, 1);
      assert.equal((await listVersions(databases[0]!)).length, 1);
    }));

  test(`${engine}: versions: a missing version and a misspelt name say what is there`, () =>
    withDatabases(1, async (database) => {
      await registerExample(database, memoryArtifacts());
      for (const [key, words] of [
        [{ name: 'telco', version: 2 }, /^telco@2: the registry has no such version/],
        [{ name: 'telko', version: 1 }, /did you mean telco\?/],
      ] as const)
        await assert.rejects(
          getVersion(database, key),
          (error: Error) => refused('model.not-found')(error) && words.test(error.message),
        );
    }));

  test(`${engine}: describe: description and tags are set, kept and taken away, with what was before`, () =>
    withDatabases(1, async (database) => {
      const key = await registerExample(database, memoryArtifacts());
      await describeVersion(
        database,
        key,
        { description: 'Spring', tags: { team: 'retention', x: '1' } },
        anna,
      );
      const changed = await describeVersion(database, key, { tags: { x: null, y: '' } }, ben);
      assert.equal(changed.description, 'Spring');
      assert.deepEqual(changed.tags, { team: 'retention', y: '' });
      assert.equal((await describeVersion(database, key, { description: null }, ben)).description, null);
      await describeVersion(database, key, { description: null }, ben);
      const told = (await readHistory(database)).slice(1);
      assert.equal(told.length, 3);
      assert.deepEqual(told[1]!.details, {
        before: { description: 'Spring', tags: { team: 'retention', x: '1' } },
        after: { description: 'Spring', tags: { team: 'retention', y: '' } },
      });
    }));

  test(`${engine}: describe: texts that are too long or steer a terminal are refused`, () =>
    withDatabases(1, async (database) => {
      const key = await registerExample(database, memoryArtifacts());
      for (const wanted of [
        { description: 'x'.repeat(10_001) },
        { description: '\u001b[2J' },
        { tags: { '': 'x' } },
        { tags: { ['__proto__']: 'x' } },
        { tags: { a: 'x'.repeat(5001) } },
      ])
        await assert.rejects(describeVersion(database, key, wanted, anna), refused('usage.argument'));
      assert.equal((await readHistory(database)).length, 1);
    }));
}
