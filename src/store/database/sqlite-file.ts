/** A connection to the workspace's SQLite file, with the settings that every process and thread must share. */
import { closeSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseError } from './database-error.ts';

/**
 * Write-ahead log: readers never wait for the writer. `synchronous=FULL`: what a transaction wrote is on the disk
 * when it ends. Deleted values are overwritten in the file. `waitMs`: how long a statement holds its thread while
 * another connection writes.
 */
export function openSqliteFile(path: string, waitMs = 0): DatabaseSync {
  makeForOwner(path);
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

/** SQLite would make it readable for everybody; its log and index take the mode of the file. One that is there stays as it is. */
function makeForOwner(path: string): void {
  if (path === ':memory:') return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It is there, or SQLite says why it can't be made.
  }
}
