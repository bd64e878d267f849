import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseLease, takeLease } from '../../lease.ts';
import type { TestDatabases } from '../test-databases.ts';

export function leaseSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: lease: held until its end, renewed by its holder, then free for others`, () =>
    withDatabases(1, async (database) => {
      const take = (holder: string, now: number) =>
        takeLease(database, { name: 'n', holder, now, lengthMs: 100 });
      assert.equal(await take('a', 0), true);
      assert.equal(await take('b', 99), false);
      assert.equal(await take('a', 50), true);
      assert.equal(await take('b', 149), false);
      assert.equal(await take('b', 150), true);
      assert.equal(await take('a', 151), false);
      await releaseLease(database, 'n', 'a');
      assert.equal(await take('a', 152), false);
      await releaseLease(database, 'n', 'b');
      assert.equal(await take('a', 153), true);
    }));

  test(`${engine}: lease: of four that ask at once one gets it`, () =>
    withDatabases(4, async (...databases) => {
      for (let round = 0; round < 5; round++) {
        const taken = await Promise.all(
          databases.map((one, i) =>
            takeLease(one, { name: `n${round}`, holder: `h${i}`, now: 0, lengthMs: 10 }),
          ),
        );
        assert.equal(taken.filter(Boolean).length, 1);
      }
    }));
}
