/**
 * Engines leave remains of what was deleted: pages of SQLite's write-ahead log, copies in unused parts of index pages,
 * dead rows of PostgreSQL. This removes them.
 *
 * SQLite: `secure_delete` overwrites deleted values; the log is emptied into the file; a file that still holds the id,
 * and every small one, is written anew. That takes the write lock for as long as it lasts, so a large file that holds
 * nothing any more is left alone. PostgreSQL: VACUUM frees the rows; what the server then keeps in unused space of its
 * files, in its log and on replicas is beyond us.
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { databaseError } from '../database/database-error.ts';
import { connectDatabase, type DatabasePlace, databaseFile } from '../database/open-database.ts';
import { openSqliteFile } from '../database/sqlite-file.ts';
import { searchFile } from './search-file.ts';

export interface Purged {
  /** SQLite: the whole file was written anew. */
  readonly isRewritten: boolean;
  /** SQLite: what was written lately is no longer in the log beside the file; false where a reader held it too long. */
  readonly isLogEmpty: boolean;
  /** SQLite: the bytes of the id stand in the file, as they do where another value contains them. */
  readonly isTextLeft: boolean;
  /** PostgreSQL: the tables that were cleaned up. */
  readonly vacuumed: readonly string[];
}

export interface PurgeOptions {
  /** Larger files are written anew only where they still hold the id. */
  readonly smallBytes?: number;
  /** How long writers and readers of other processes are waited for. */
  readonly waitMs?: number;
}

/** `texts`: what must not be found in the file any more; none where nobody in particular was erased. */
export function purgeRemains(
  place: DatabasePlace,
  tables: readonly string[],
  texts: readonly string[],
  options: PurgeOptions = {},
): Promise<Purged> {
  return place.url ? vacuumServer(place, tables) : purgeFile(databaseFile(place.root), texts, options);
}

async function purgeFile(
  path: string,
  texts: readonly string[],
  { smallBytes = 64 * 1024 * 1024, waitMs = 60_000 }: PurgeOptions,
): Promise<Purged> {
  const file = openSqliteFile(path, 1000);
  try {
    await emptyLog(file, waitMs);
    const isRewritten = statSync(path).size < smallBytes || (await holdsAny(path, texts));
    if (isRewritten) await untilFree(waitMs, () => file.exec('vacuum'));
    const isLogEmpty = await emptyLog(file, waitMs);
    return { isRewritten, isLogEmpty, isTextLeft: await holdsAny(path, texts), vacuumed: [] };
  } catch (cause) {
    throw databaseError(basename(path), cause);
  } finally {
    file.close();
  }
}

async function holdsAny(path: string, texts: readonly string[]): Promise<boolean> {
  for (const text of texts)
    for (const ending of ['', '-wal'])
      if ((await searchFile(`${path}${ending}`, text)).anywhere > 0) return true;
  return false;
}

/** Writes what is in the log into the file and cuts the log to nothing, once no reader needs it. */
async function emptyLog(file: DatabaseSync, waitMs: number): Promise<boolean> {
  const checkpoint = file.prepare('pragma wal_checkpoint(truncate)');
  for (const deadline = performance.now() + waitMs; ; ) {
    if (Number(checkpoint.get()?.busy) === 0) return true;
    if (performance.now() > deadline) return false;
    await pause(10);
  }
}

async function untilFree(waitMs: number, work: () => void): Promise<void> {
  for (const deadline = performance.now() + waitMs; ; ) {
    try {
      return work();
    } catch (error) {
      const isBusy = ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
      if (!isBusy || performance.now() > deadline) throw error;
    }
    await pause(10);
  }
}

/** A large table may take long. */
const statementMs = 10 * 60_000;

async function vacuumServer(place: DatabasePlace, tables: readonly string[]): Promise<Purged> {
  const database = await connectDatabase(place, { connections: 1, statementMs });
  try {
    for (const table of tables) await sql`vacuum ${sql.table(table)}`.execute(database.db);
  } finally {
    await database.close();
  }
  return { isRewritten: false, isLogEmpty: true, isTextLeft: false, vacuumed: tables };
}
