import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../../database/database.ts';
import { appendHistory, readHistory, verifyHistory } from '../../history.ts';
import type { TestDatabases } from '../test-databases.ts';

const add = (database: Database, event: string, subject = 'model:a:1', at = 1000) =>
  database.transaction((db) =>
    appendHistory(db, { at, actor: 'cli:me', event, subject, details: { b: 1, a: null } }),
  );

export function historySuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: history: entries are numbered, bound to one another and read back in order`, () =>
    withDatabases(1, async (database) => {
      assert.deepEqual(await verifyHistory(database), { entries: 0, brokenAt: null });
      for (const event of ['x.one', 'x.two', 'x.three']) await add(database, event);
      const entries = await readHistory(database);
      assert.deepEqual(
        entries.map(({ position, event }) => [position, event]),
        [
          [1, 'x.one'],
          [2, 'x.two'],
          [3, 'x.three'],
        ],
      );
      assert.deepEqual(entries[0]!.details, { a: null, b: 1 });
      assert.deepEqual(await verifyHistory(database), { entries: 3, brokenAt: null });
    }));

  test(`${engine}: history: a subject is read with those below it, and no neighbour`, () =>
    withDatabases(1, async (database) => {
      for (const subject of ['model:a', 'model:a:1', 'model:ab', 'model:a2:1', 'key:a'])
        await add(database, 'x.y', subject);
      const subjects = (await readHistory(database, { subject: 'model:a' })).map(({ subject }) => subject);
      assert.deepEqual(subjects, ['model:a', 'model:a:1']);
    }));

  test(`${engine}: history: read up to a moment, after a position, with a limit`, () =>
    withDatabases(1, async (database) => {
      for (let at = 1; at <= 5; at++) await add(database, `x.n${at}`, 's', at);
      const positions = async (wanted: Parameters<typeof readHistory>[1]) =>
        (await readHistory(database, wanted)).map(({ position }) => position);
      assert.deepEqual(await positions({ until: 2 }), [1, 2]);
      assert.deepEqual(await positions({ after: 3 }), [4, 5]);
      assert.deepEqual(await positions({ after: 1, limit: 2 }), [2, 3]);
    }));

  test(`${engine}: history: any changed, removed or inserted entry is found at its place`, () =>
    withDatabases(1, async (database) => {
      const { db } = database;
      for (let i = 0; i < 6; i++) await add(database, `x.n${i}`);
      const columns = ['at', 'actor', 'event', 'subject', 'details', 'previous_hash', 'hash'] as const;
      for (const column of columns) {
        const { [column]: kept } = await db
          .selectFrom('history')
          .select(column)
          .where('position', '=', 3)
          .executeTakeFirstOrThrow();
        const other = column === 'at' ? 7 : 'other';
        await db
          .updateTable('history')
          .set({ [column]: other })
          .where('position', '=', 3)
          .execute();
        assert.equal((await verifyHistory(database)).brokenAt, 3, column);
        await db
          .updateTable('history')
          .set({ [column]: kept })
          .where('position', '=', 3)
          .execute();
        assert.equal((await verifyHistory(database)).brokenAt, null, column);
      }
      await db.deleteFrom('history').where('position', '=', 4).execute();
      assert.deepEqual(await verifyHistory(database), { entries: 3, brokenAt: 4 });
    }));

  test(`${engine}: history: entries of a transaction that fails are not there`, () =>
    withDatabases(1, async (database) => {
      await add(database, 'x.kept');
      await assert.rejects(
        database.transaction(async (db) => {
          await appendHistory(db, { at: 1, actor: 'a', event: 'x.lost', subject: 's', details: {} });
          throw new Error('no');
        }),
        /^Error: no$/,
      );
      assert.deepEqual(await verifyHistory(database), { entries: 1, brokenAt: null });
    }));

  test(`${engine}: history: three processes append at once and the chain holds`, () =>
    withDatabases(3, async (...databases) => {
      for (let round = 0; round < 10; round++) await Promise.all(databases.map((one) => add(one, 'x.y')));
      assert.deepEqual(await verifyHistory(databases[0]!), { entries: 30, brokenAt: null });
    }));

  test(`${engine}: history: four processes that append without a pause all get their turn`, () =>
    withDatabases(4, async (...databases) => {
      const appendMany = async (one: Database): Promise<void> => {
        for (let i = 0; i < 25; i++) await add(one, 'x.y');
      };
      await Promise.all(databases.map(appendMany));
      assert.deepEqual(await verifyHistory(databases[0]!), { entries: 100, brokenAt: null });
    }));
}
