/**
 * The embedded engine: one SQLite file, opened by any number of processes.
 *
 * Its settings are those of `sqlite-file.ts`.
 */
import { basename } from 'node:path';
import { Kysely, sql } from 'kysely';
import { codedDriver } from './coded-driver.ts';
import type { Database } from './database.ts';
import { sameFileGuard } from './same-file.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFile } from './sqlite-file.ts';
import type { StoreTables } from './tables.ts';

/** Opens the file, making it when it is missing; its folder must exist. Migrations are the caller's. */
export function openSqlite(path: string): Database {
  const place = basename(path);
  const file = openSqliteFile(path);
  const checkFile = path === ':memory:' ? () => {} : sameFileGuard(path);
  const dialect = sqliteDialect(file, checkFile);
  const db = new Kysely<StoreTables>({
    dialect: { ...dialect, createDriver: () => codedDriver(dialect.createDriver(), place) },
    log: () => {},
  });
  return {
    engine: 'sqlite',
    db,
    place,
    transaction: (work) => db.transaction().execute(work),
    async ping() {
      await sql`select 1`.execute(db);
      checkFile();
    },
    async close() {
      await db.destroy();
      // Kysely closes only what it has used.
      if (file.isOpen) file.close();
    },
  };
}
