/** The database with the tables of every room. Loaded only by what needs it: Kysely takes a sixth of a second. */

import { registryMigrations } from './registry/migrations/all.ts';
import { servingErasePlaces } from './serving/erase/all.ts';
import { servingMigrations } from './serving/migrations.ts';
import type { Database } from './store/database/database.ts';
import { storeMigrations } from './store/database/migrations/all.ts';
import type { Migration } from './store/database/migrations/definition.ts';
import { openDatabase } from './store/database/open-database.ts';
import { storeErasePlaces } from './store/erase/all.ts';
import type { ErasePlace } from './store/erase/erase-place.ts';

/** In the order of their numbers. */
export const migrations: readonly Migration[] = [
  ...storeMigrations,
  ...registryMigrations,
  ...servingMigrations,
];

/** Where customers are named, in the order in which one is erased. */
export const erasePlaces: readonly ErasePlace[] = [...servingErasePlaces, ...storeErasePlaces];

/** The server of `HOLDFAST_DATABASE_URL`, else a file in the workspace; brought to this version. */
export const openWholeDatabase = (
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Database> => openDatabase({ root, url: env.HOLDFAST_DATABASE_URL }, migrations);
