/** Opens the workspace's database: the server of `HOLDFAST_DATABASE_URL`, else `holdfast.db` in the workspace. */
import { join } from 'node:path';
import { ParamError } from '../../base/errors.ts';
import { makeFolder } from '../whole-file.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/definition.ts';
import type { PostgresOptions } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

export interface DatabasePlace {
  /** The workspace's folder; made when it is missing. */
  readonly root: string;
  /** `postgres://` address; undefined or empty for SQLite. */
  readonly url?: string | undefined;
}

export const databaseFile = (root: string): string => join(root, 'holdfast.db');

/** Open and migrated. Refuses a database that a newer version made. */
export async function openDatabase(
  { root, url }: DatabasePlace,
  migrations: readonly Migration[],
): Promise<Database> {
  const database = await connectDatabase({ root, url });
  try {
    await migrate(database, migrations);
    return database;
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

/** Open as it is: nothing is migrated. With `options` a server may be given more time. */
export const connectDatabase = (
  { root, url }: DatabasePlace,
  options?: PostgresOptions,
): Promise<Database> => (url ? openServer(url, options) : openFile(root));

async function openFile(root: string): Promise<Database> {
  await makeFolder(root);
  return openSqlite(databaseFile(root));
}

async function openServer(url: string, options?: PostgresOptions): Promise<Database> {
  if (!/^postgres(?:ql)?:\/\//.test(url)) {
    throw new ParamError(
      'usage.argument',
      'HOLDFAST_DATABASE_URL must begin with postgres:// or postgresql://; unset it to keep everything in the workspace',
      { option: 'HOLDFAST_DATABASE_URL' },
    );
  }
  // Loaded here: who keeps to SQLite must not wait for it.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url, options);
}
