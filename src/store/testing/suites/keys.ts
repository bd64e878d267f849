import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../../base/errors.ts';
import { readHistory, verifyHistory } from '../../history.ts';
import { createKey, findKey, hasKeys, listKeys, mayDo, revokeKey } from '../../keys.ts';
import type { TestDatabases } from '../test-databases.ts';

const by = { actor: 'cli:me', now: 1000 };
const code = (wanted: string) => (error: unknown) => error instanceof HoldfastError && error.code === wanted;

export function keysSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: keys: a key is found by its text, with its scopes; nothing near it is`, () =>
    withDatabases(1, async (database) => {
      const { key, facts } = await createKey(
        database,
        { name: 'shop', scopes: ['read', 'score', 'read'] },
        by,
      );
      assert.deepEqual(facts.scopes, ['score', 'read']);
      assert.deepEqual(await findKey(database, key, 2000), facts);
      const changed = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
      for (const text of [changed, key.slice(0, -1), `${key}A`, key.toUpperCase(), ` ${key}`, '', facts.id])
        assert.equal(await findKey(database, text, 2000), null, text.length.toString());
    }));

  test(`${engine}: keys: expired and revoked keys are not found`, () =>
    withDatabases(1, async (database) => {
      const wanted = { name: 'brief', scopes: ['score'], expiresAt: 5000 } as const;
      const { key, facts } = await createKey(database, wanted, by);
      assert.ok(await findKey(database, key, 4999));
      assert.equal(await findKey(database, key, 5000), null);
      await revokeKey(database, 'brief', { ...by, now: 3000 });
      assert.equal(await findKey(database, key, 4000), null);
      assert.equal((await revokeKey(database, facts.id, { ...by, now: 9999 })).revokedAt, 3000);
      assert.deepEqual(
        (await listKeys(database)).map(({ name, revokedAt }) => [name, revokedAt]),
        [['brief', 3000]],
      );
    }));

  test(`${engine}: keys: the secret is nowhere in the database, and each change is in the history`, () =>
    withDatabases(1, async (database) => {
      const { key, facts } = await createKey(database, { name: 'shop', scopes: ['admin'] }, by);
      await revokeKey(database, 'shop', by);
      const rows = await database.db.selectFrom('api_key').selectAll().execute();
      const entries = await readHistory(database);
      assert.deepEqual(
        entries.map(({ event, subject }) => [event, subject]),
        [
          ['key.created', `key:${facts.id}`],
          ['key.revoked', `key:${facts.id}`],
        ],
      );
      const secret = key.split('_').slice(2).join('_');
      assert.doesNotMatch(JSON.stringify([rows, entries]), new RegExp(secret));
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: keys: a taken or odd name, no scope and an unknown key are refused`, () =>
    withDatabases(1, async (database) => {
      await createKey(database, { name: 'shop', scopes: ['score'] }, by);
      await assert.rejects(
        createKey(database, { name: 'shop', scopes: ['score'] }, by),
        code('store.conflict'),
      );
      await assert.rejects(
        createKey(database, { name: 'Shop 1', scopes: ['score'] }, by),
        code('usage.argument'),
      );
      await assert.rejects(createKey(database, { name: 'other', scopes: [] }, by), code('usage.argument'));
      await assert.rejects(revokeKey(database, 'nobody', by), code('key.not-found'));
      assert.equal((await listKeys(database)).length, 1);
    }));

  test(`${engine}: keys: where a key was ever made there are keys, also when all are revoked`, () =>
    withDatabases(1, async (database) => {
      assert.equal(await hasKeys(database), false);
      await createKey(database, { name: 'shop', scopes: ['score'] }, by);
      await revokeKey(database, 'shop', by);
      assert.equal(await hasKeys(database), true);
    }));

  test(`${engine}: keys: admin may do everything, others what they were given`, () => {
    assert.equal(mayDo({ scopes: ['admin'] }, 'approve'), true);
    assert.equal(mayDo({ scopes: ['score', 'read'] }, 'score'), true);
    assert.equal(mayDo({ scopes: ['score', 'read'] }, 'operate'), false);
  });
}
