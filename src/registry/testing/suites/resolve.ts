import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { setAlias } from '../../aliases.ts';
import { promote } from '../../promote.ts';
import { findVersion, lookVersion } from '../../resolve.ts';
import { anna, memoryArtifacts, registerExample } from '../registered.ts';

export function resolveSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: resolve: every way to name a version leads to it`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const created = (day: number) => ({ created: `2026-01-0${day}T00:00:00.000Z` });
      const one = await registerExample(database, artifacts, { ...created(1), label: '20260101.abcdef0' });
      // Newer than the next, but registered before it.
      const id = 'ceaa6ac7-013f-4125-b8a2-ac67ea7fce9d';
      const two = await registerExample(database, artifacts, { ...created(3), id });
      const three = await registerExample(database, artifacts, created(2));
      await registerExample(database, artifacts, { ...created(4), passed: false });
      const bank = await registerExample(database, artifacts, { name: 'Bank 2', ...created(1) });
      await promote(database, one, anna);
      await setAlias(database, three, 'challenger', anna);
      await setAlias(database, bank, 'challenger', anna);
      for (const [reference, wanted] of [
        ['telco@1', one],
        ['telco@v2', two],
        ['champion', one],
        ['telco@champion', one],
        ['telco@challenger', three],
        ['Bank 2@challenger', bank],
        ['Bank 2@1', bank],
        ['latest', two],
        ['telco@latest', two],
        ['Bank 2@latest', bank],
        ['20260101.abcdef0', one],
        [two.modelId, two],
        [two.modelId.slice(0, 8), two],
        [two.modelId.slice(0, 11), two],
        ['3', three],
      ] as const)
        assert.equal((await findVersion(database, reference)).modelId, wanted.modelId, reference);
    }));

  test(`${engine}: resolve: what isn't there or is ambiguous is told in one sentence`, () =>
    withDatabases(1, async (database) => {
      const sentence = async (reference: string): Promise<string> => {
        try {
          await findVersion(database, reference);
        } catch (error) {
          assert.ok(error instanceof HoldfastError, reference);
          return `${error.message} [${error.code}]`;
        }
        return 'found';
      };
      assert.match(
        await sentence('champion'),
        /holds no model yet; run holdfast train.*\[model\.not-found\]$/,
      );
      const artifacts = memoryArtifacts();
      const one = await registerExample(database, artifacts, { passed: false });
      const bank = await registerExample(database, artifacts, { name: 'bank' });
      await setAlias(database, one, 'canary', anna);
      await setAlias(database, bank, 'canary', anna);
      for (const [reference, words] of [
        ['champion', /no version was made champion; run holdfast models promote/],
        ['telko@1', /did you mean telco\?/],
        ['telco@7', /no such version/],
        ['telco@canry', /no version has this alias; did you mean canary\?/],
        ['telco@latest', /none of its versions passed its gate/],
        ['nothing-here', /no version has this alias/],
        ['20260101.abcdef0', /no version of this label or id/],
        ['canary', /2 versions fit: bank@canary, telco@canary; name one.*\[registry\.ambiguous\]$/],
        ['1', /2 versions fit: bank@1, telco@1/],
      ] as const)
        assert.match(await sentence(reference), words);
      assert.equal(await lookVersion(database, 'telco@7'), null);
      assert.equal((await lookVersion(database, 'telco@1'))?.version, 1);
    }));
}
