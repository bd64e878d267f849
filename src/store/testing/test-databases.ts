/** New, empty, migrated databases for suites that every engine must pass. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { Migration } from '../database/migrations/definition.ts';
import { openPostgres } from '../database/postgres.ts';
import { openSqlite } from '../database/sqlite.ts';
import type { PostgresServer } from './postgres-server.ts';

/** Databases of one engine. */
export interface TestDatabases {
  readonly engine: string;
  /** `connections` to one new database, as that many processes would have. */
  with(connections: number, work: (...databases: Database[]) => Promise<void>): Promise<void>;
}

export function sqliteDatabases(migrations: readonly Migration[]): TestDatabases {
  return {
    engine: 'sqlite',
    async with(connections, work) {
      const folder = mkdtempSync(join(tmpdir(), 'holdfast-store-'));
      try {
        await opened(connections, () => openSqlite(join(folder, 'holdfast.db')), migrations, work);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

export function postgresDatabases(
  server: () => PostgresServer,
  migrations: readonly Migration[],
): TestDatabases {
  return {
    engine: 'postgres',
    async with(connections, work) {
      const url = await server().newDatabase();
      await opened(connections, () => openPostgres(url), migrations, work);
    },
  };
}

async function opened(
  count: number,
  open: () => Database,
  migrations: readonly Migration[],
  work: (...databases: Database[]) => Promise<void>,
): Promise<void> {
  const databases = Array.from({ length: count }, open);
  try {
    await migrate(databases[0]!, migrations);
    await work(...databases);
  } finally {
    for (const database of databases) await database.close();
  }
}
