/** An empty SQLite database with the tables of all rooms up to this one. */
import { registryMigrations } from '../../registry/migrations/all.ts';
import type { Database } from '../../store/database/database.ts';
import { migrate } from '../../store/database/migrate.ts';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { openSqlite } from '../../store/database/sqlite.ts';
import { servingMigrations } from '../migrations.ts';

export async function withServingDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = openSqlite(':memory:');
  try {
    await migrate(database, [...storeMigrations, ...registryMigrations, ...servingMigrations]);
    await work(database);
  } finally {
    await database.close();
  }
}
