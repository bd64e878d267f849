/** The database with the tables of every room. Loaded only by what needs it: Kysely takes a sixth of a second. */

import { registryMigrations } from './registry/migrations/all.ts';
import { servingMigrations } from './serving/migrations.ts';
import type { Database } from './store/database/database.ts';
import { storeMigrations } from './store/database/migrations/all.ts';
import type { Migration } from './store/database/migrations/definition.ts';
import { openDatabase } from './store/database/open-database.ts';

/** In the order of their numbers. */
export const migrations: readonly Migration[] = [
  ...storeMigrations,
  ...registryMigrations,
  ...servingMigrations,
];

/** The server of `HOLDFAST_DATABASE_URL`, else a file in the workspace; brought to this version. */
export const openWholeDatabase = (
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Database> => openDatabase({ root, url: env.HOLDFAST_DATABASE_URL }, migrations);
