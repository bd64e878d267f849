/** What every engine must do alike. Run by the test file of each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { HoldfastError } from '../../../base/errors.ts';
import type { Database } from '../database.ts';
import { appliedIds, migrate } from '../migrate.ts';
import { storeMigrations } from '../migrations/all.ts';
import { ascending, ascendingType, realNumber, wholeNumber } from '../migrations/columns.ts';
import type { Migration } from '../migrations/definition.ts';

export interface DatabaseHarness {
  /** A new connection to the same, at first empty, database. */
  open(): Database;
  dispose(): Promise<void>;
}

interface Extra {
  note: { id: number; text: string; amount: number | null; at: number };
}

/** What a later version would add. */
const laterMigration: Migration = {
  id: '9999-note',
  async up(db, engine) {
    await db.schema
      .createTable('note')
      .addColumn('id', ascendingType(engine), ascending(engine))
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('amount', realNumber)
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .execute();
  },
};

const refused = (code: string) => (error: unknown) =>
  error instanceof HoldfastError && error.code === code ? true : assert.fail(`wanted ${code}, got ${error}`);

export function databaseConformance(engine: string, newHarness: () => Promise<DatabaseHarness>): void {
  const withDatabase = async (work: (harness: DatabaseHarness, database: Database) => Promise<void>) => {
    const harness = await newHarness();
    const database = harness.open();
    try {
      await work(harness, database);
    } finally {
      await database.close();
      await harness.dispose();
    }
  };

  test(`${engine}: migrations run once, in order, and a second version goes on from the first`, () =>
    withDatabase(async (_, database) => {
      assert.deepEqual(await appliedIds(database), []);
      assert.deepEqual(await migrate(database, storeMigrations), ['0001-store']);
      assert.deepEqual(await migrate(database, storeMigrations), []);
      assert.deepEqual(await migrate(database, [...storeMigrations, laterMigration]), ['9999-note']);
      assert.deepEqual(await appliedIds(database), ['0001-store', '9999-note']);
    }));

  test(`${engine}: a database of a newer version is refused and left as it is`, () =>
    withDatabase(async (_, database) => {
      await migrate(database, [...storeMigrations, laterMigration]);
      await assert.rejects(migrate(database, storeMigrations), refused('store.newer'));
      assert.deepEqual(await appliedIds(database), ['0001-store', '9999-note']);
    }));

  test(`${engine}: a migration that fails leaves nothing behind`, () =>
    withDatabase(async (_, database) => {
      await migrate(database, storeMigrations);
      const broken: Migration = {
        id: '9998-broken',
        async up(db) {
          await db.schema.createTable('half').addColumn('x', 'text').execute();
          await db.schema.createTable('half').addColumn('x', 'text').execute();
        },
      };
      await assert.rejects(migrate(database, [...storeMigrations, broken]), refused('internal.defect'));
      const tables = await database.db.introspection.getTables();
      assert.ok(!tables.some(({ name }) => name === 'half'));
      assert.deepEqual(await appliedIds(database), ['0001-store']);
    }));

  test(`${engine}: four processes that start at once migrate once`, () =>
    withDatabase(async (harness) => {
      const connections = [1, 2, 3, 4].map(() => harness.open());
      try {
        const ran = await Promise.all(connections.map((one) => migrate(one, storeMigrations)));
        assert.deepEqual(ran.flat(), ['0001-store']);
      } finally {
        await Promise.all(connections.map((one) => one.close()));
      }
    }));

  test(`${engine}: numbers, texts and moments come back as they went in`, () =>
    withDatabase(async (_, database) => {
      await migrate(database, [...storeMigrations, laterMigration]);
      const db = database.db as unknown as Kysely<Extra>;
      const notes = [
        { text: 'ünï "quoted"; -- drop', amount: 0.1 + 0.2, at: 1_800_000_000_123 },
        { text: '', amount: Number.MIN_VALUE, at: Number.MAX_SAFE_INTEGER },
        { text: '\u{1F600}\n', amount: null, at: 0 },
      ];
      for (const note of notes)
        await db
          .insertInto('note')
          .values(note as never)
          .execute();
      const back = await db.selectFrom('note').selectAll().orderBy('id').execute();
      assert.deepEqual(
        back.map(({ text, amount, at }) => ({ text, amount, at })),
        notes,
      );
      assert.deepEqual(
        back.map(({ id }) => typeof id),
        ['number', 'number', 'number'],
      );
      const { count } = await db
        .selectFrom('note')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      assert.equal(count, 3);
    }));

  test(`${engine}: a transaction that throws leaves nothing, and its error arrives as it was`, () =>
    withDatabase(async (_, database) => {
      await migrate(database, storeMigrations);
      const boom = new Error('boom');
      await assert.rejects(
        database.transaction(async (db) => {
          await db.insertInto('lease').values({ name: 'a', holder: 'me', expires_at: 1 }).execute();
          throw boom;
        }),
        (error) => error === boom,
      );
      assert.deepEqual(await database.db.selectFrom('lease').selectAll().execute(), []);
    }));

  test(`${engine}: two at once that read and then write are one after the other`, () =>
    withDatabase(async (harness, database) => {
      await migrate(database, storeMigrations);
      await database.db.insertInto('lease').values({ name: 'n', holder: 'none', expires_at: 0 }).execute();
      const connections = [1, 2, 3, 4].map(() => harness.open());
      try {
        const raise = (one: Database) =>
          one.transaction(async (db) => {
            const { expires_at } = await db.selectFrom('lease').selectAll().executeTakeFirstOrThrow();
            await db
              .updateTable('lease')
              .set({ expires_at: expires_at + 1 })
              .execute();
          });
        for (let round = 0; round < 5; round++) await Promise.all(connections.map(raise));
        const { expires_at } = await database.db.selectFrom('lease').selectAll().executeTakeFirstOrThrow();
        assert.equal(expires_at, 20);
      } finally {
        await Promise.all(connections.map((one) => one.close()));
      }
    }));

  test(`${engine}: a second entry of one key is a conflict that quotes no value`, () =>
    withDatabase(async (_, database) => {
      await migrate(database, storeMigrations);
      const lease = { name: 'secret-value', holder: 'me', expires_at: 1 };
      await database.db.insertInto('lease').values(lease).execute();
      await assert.rejects(database.db.insertInto('lease').values(lease).execute(), (error: Error) => {
        refused('store.conflict')(error);
        assert.doesNotMatch(error.message, /secret-value/);
        return true;
      });
    }));

  test(`${engine}: a statement that the engine refuses is a defect whose message quotes nothing`, () =>
    withDatabase(async (_, database) => {
      await assert.rejects(sql`select 'secret-value' from nowhere`.execute(database.db), (error: Error) => {
        refused('internal.defect')(error);
        assert.doesNotMatch(error.message, /secret-value|nowhere/);
        return true;
      });
    }));
}
