/** Workspaces to back up and to restore into, with tables that are hard to carry. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stoppedClock } from '../../../base/clock.ts';
import { silentProgress } from '../../../tasks/ports.ts';
import type { Database } from '../../database/database.ts';
import { storeMigrations } from '../../database/migrations/all.ts';
import { ascending, ascendingType, realNumber, wholeNumber } from '../../database/migrations/columns.ts';
import type { Migration } from '../../database/migrations/definition.ts';
import { connectDatabase, type DatabasePlace, openDatabase } from '../../database/open-database.ts';
import type { PostgresServer } from '../../testing/postgres-server.ts';
import { artifactFolder } from '../artifact-files.ts';
import type { RestorePorts } from '../restore-backup.ts';
import type { BackupPorts } from '../write-backup.ts';

export interface TestPlaces {
  readonly engine: 'sqlite' | 'postgres';
  /** A new, empty workspace folder; with PostgreSQL a new database too. */
  newPlace(): Promise<DatabasePlace>;
  dispose(): void;
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-backup-'));

export function sqlitePlaces(): TestPlaces {
  const folder = newFolder();
  let places = 0;
  return {
    engine: 'sqlite',
    newPlace: async () => ({ root: join(folder, `place${++places}`) }),
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

export function postgresPlaces(server: () => PostgresServer): TestPlaces {
  const files = sqlitePlaces();
  return {
    engine: 'postgres',
    newPlace: async () => ({ ...(await files.newPlace()), url: await server().newDatabase() }),
    dispose: files.dispose,
  };
}

/** Rows of one table refer to those of another that comes later by name, and to each other; one has no key. */
export const hardMigration: Migration = {
  id: '0100-hard',
  async up(db, engine) {
    await db.schema
      .createTable('z_parent')
      .addColumn('id', ascendingType(engine), ascending(engine))
      .addColumn('name', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('a_child')
      .addColumn('parent', wholeNumber, (column) => column.notNull())
      .addColumn('place', 'integer', (column) => column.notNull())
      .addColumn('before', 'integer')
      .addColumn('amount', realNumber)
      .addColumn('order', 'text')
      .addPrimaryKeyConstraint('a_child_key', ['parent', 'place'])
      .addForeignKeyConstraint('a_child_parent', ['parent'], 'z_parent', ['id'])
      .addForeignKeyConstraint('a_child_before', ['parent', 'before'], 'a_child', ['parent', 'place'])
      .execute();
    await db.schema.createTable('keyless').addColumn('at', wholeNumber).addColumn('text', 'text').execute();
    // A row that a migration brings along must not be there twice afterwards.
    await db.insertInto('z_parent').values({ name: 'first' }).execute();
  },
};

/** What a later version changes. */
export const laterMigration: Migration = {
  id: '0101-later',
  async up(db) {
    await db.schema
      .alterTable('z_parent')
      .addColumn('size', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.updateTable('z_parent').set({ size: 7 }).where('name', '=', 'second').execute();
  },
};

export const testMigrations: readonly Migration[] = [...storeMigrations, hardMigration];

export interface HardTables {
  z_parent: { id: number; name: string };
  a_child: {
    parent: number;
    place: number;
    before: number | null;
    amount: number | null;
    order: string | null;
  };
  keyless: { at: number | null; text: string | null };
}

/** A database with the tables above, open. */
export const openTest = (place: DatabasePlace, migrations = testMigrations): Promise<Database> =>
  openDatabase(place, migrations);

export const connectTest = (place: DatabasePlace): Promise<Database> => connectDatabase(place);

/** Writes a file below `artifacts`. */
export function putFile({ root }: DatabasePlace, path: string, content: string | Uint8Array): void {
  const file = join(artifactFolder(root), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Ports of both, with a clock that stands still. */
export const portsOf = (
  place: DatabasePlace,
  migrations: readonly Migration[] = testMigrations,
): BackupPorts & RestorePorts => ({
  place,
  artifacts: null,
  migrations,
  clock: stoppedClock(Date.UTC(2026, 10, 21, 17, 5)),
  progress: silentProgress,
  version: '0.0.0-test',
  actor: 'cli:test',
});
