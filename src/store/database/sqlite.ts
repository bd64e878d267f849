/**
 * The embedded engine: one SQLite file, opened by any number of processes.
 *
 * Write-ahead log: readers never wait for the writer. `synchronous=FULL`: what a transaction wrote is on the
 * disk when it ends. Deleted values are overwritten in the file.
 */
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { codedDriver } from './coded-driver.ts';
import type { Database } from './database.ts';
import { databaseError } from './database-error.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { StoreTables } from './tables.ts';

/** Opens the file, making it when it is missing; its folder must exist. Migrations are the caller's. */
export function openSqlite(path: string): Database {
  const place = basename(path);
  const file = openSqliteFile(path);
  const dialect = sqliteDialect(file);
  const db = new Kysely<StoreTables>({
    dialect: { ...dialect, createDriver: () => codedDriver(dialect.createDriver(), place) },
    log: () => {},
  });
  return {
    engine: 'sqlite',
    db,
    place,
    transaction: (work) => db.transaction().execute(work),
    async close() {
      await db.destroy();
      // Kysely closes only what it has used.
      if (file.isOpen) file.close();
    },
  };
}

/** A connection with the settings that every process must share. `waitMs` holds the thread while another writes. */
export function openSqliteFile(path: string, waitMs = 0): DatabaseSync {
  try {
    const file = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
    try {
      file.exec('pragma journal_mode=wal; pragma synchronous=full; pragma secure_delete=on');
      file.exec(`pragma busy_timeout=${waitMs}`);
      return file;
    } catch (cause) {
      file.close();
      throw cause;
    }
  } catch (cause) {
    throw databaseError(basename(path), cause);
  }
}
