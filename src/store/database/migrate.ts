/** Brings a database to this version, under the engine's own lock; a database of a newer version is refused. */
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { UnavailableError } from '../../base/errors.ts';
import type { Database } from './database.ts';
import { databaseError } from './database-error.ts';
import type { Migration } from './migrations/definition.ts';

/** Runs what has not run yet, all or nothing. Several processes may call it at once. Gives the ids that ran. */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const known = new Map(migrations.map((migration) => [migration.id, migration]));
  const migrator = new Migrator({
    db: database.db as Kysely<unknown>,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          migrations.map(({ id, up }) => [id, { up: (db: Kysely<unknown>) => up(db, database.engine) }]),
        ),
    },
    migrationTableName: 'holdfast_migration',
    migrationLockTableName: 'holdfast_migration_lock',
  });
  const newer = (await appliedIds(database)).filter((id) => !known.has(id));
  if (newer.length > 0) {
    throw new UnavailableError(
      'store.newer',
      `database ${database.place}: it was made by a newer Holdfast (${newer.join(', ')} is not known here); update Holdfast, or restore a backup of before`,
      { database: database.place, migrations: newer },
    );
  }
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw databaseError(database.place, error);
  return (results ?? []).map(({ migrationName }) => migrationName);
}

/** The migrations that a database has behind it; none when it is new. */
export async function appliedIds({ db }: Database): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'holdfast_migration')) return [];
  const rows = await (db as unknown as Kysely<{ holdfast_migration: { name: string } }>)
    .selectFrom('holdfast_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}
