/**
 * Brings a backup back: into an empty workspace and its database, or a folder of its own.
 *
 * Everything is read and checked once before anything changes, and again while it is unpacked into a place that
 * nobody reads. With SQLite the ready files then take their place by renames; with PostgreSQL all tables come in
 * one transaction. A backup of an older version is brought to this one.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import { ConflictError } from '../../base/errors.ts';
import { syncFolder } from '../../data/sources/sync-folder.ts';
import type { Progress } from '../../tasks/ports.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Database, Engine } from '../database/database.ts';
import { appliedIds } from '../database/migrate.ts';
import type { Migration } from '../database/migrations/definition.ts';
import { type DatabasePlace, databaseFile } from '../database/open-database.ts';
import { openSqlite } from '../database/sqlite.ts';
import type { StoreTables } from '../database/tables.ts';
import { appendHistory, verifyHistory } from '../history.ts';
import { ownerOnly, unwritable } from '../whole-file.ts';
import { type BackupReader, openBackup } from './archive-reader.ts';
import { artifactFolder, blobPath } from './artifact-files.ts';
import { loadBackup } from './load-backup.ts';
import { rowCount } from './manifest.ts';
import {
  lookAt,
  refuseOccupied,
  refuseTooLarge,
  stagingFolder,
  swapIn,
  takeStaging,
} from './restore-place.ts';
import { knownMigrations, type TableShape, tablesAfter } from './shape.ts';
import { verifyBackup } from './verify-backup.ts';
import { ownConnection } from './write-backup.ts';

export interface RestorePorts {
  /** Where to: the workspace's folder, and the server's address where the database is on one. */
  readonly place: DatabasePlace;
  /** The store of kept files where it lies outside the workspace, else null. */
  readonly artifacts: ArtifactStore | null;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Who does it, for the history. */
  readonly actor: string;
}

/** What a backup holds. */
export interface BackupFacts {
  /** ISO time. */
  readonly created: string;
  readonly holdfast: string;
  readonly engine: Engine;
  readonly migrations: readonly string[];
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Unpacked. */
  readonly bytes: number;
}

export interface RestoreSummary extends BackupFacts {
  readonly root: string;
  readonly database: Engine;
  /** Migrations that ran after the rows were back. */
  readonly migrated: readonly string[];
  /** Where what was there is now; null where nothing was. */
  readonly movedTo: string | null;
  /** Entries of the history as it was backed up, and the first that does not fit its chain. */
  readonly history: { readonly entries: number; readonly brokenAt: number | null };
}

/** Checks a whole backup and tells what it holds; changes nothing. */
export async function checkBackup(
  path: string,
  ports: Pick<RestorePorts, 'migrations' | 'progress' | 'signal'>,
): Promise<BackupFacts> {
  const backup = await openBackup(path);
  try {
    await verifyBackup(backup, ports);
    return factsOf(backup);
  } finally {
    backup.close();
  }
}

/** Restores a backup; `moveAside` allows what a workspace holds to be moved into a folder beside. */
export async function restoreBackup(
  path: string,
  ports: RestorePorts,
  { moveAside = false }: { readonly moveAside?: boolean } = {},
): Promise<RestoreSummary> {
  const { root, url } = ports.place;
  const backup = await openBackup(path);
  try {
    const shapes = await verifyBackup(backup, ports);
    using _staging = await takeStaging(root);
    const occupied = lookAt(root);
    refuseOccupied(root, url ? { ...occupied, database: false } : occupied, moveAside);
    await refuseTooLarge(root, backup.bytes);
    await unpackFiles(backup, root, ports);
    if (ports.artifacts) await handOver(backup, root, ports.artifacts);
    const now = ports.clock.now();
    const swap = () => swapIn(root, now, url ? { ...occupied, database: false } : occupied);
    const filled = url
      ? await fillServer(backup, shapes, ports, swap)
      : await fillFile(backup, shapes, ports, swap);
    return {
      ...factsOf(backup),
      root,
      database: url ? 'postgres' : 'sqlite',
      migrated: ports.migrations.map(({ id }) => id).filter((id) => !backup.manifest.migrations.includes(id)),
      ...filled,
    };
  } finally {
    backup.close();
  }
}

const factsOf = ({ manifest, bytes }: BackupReader): BackupFacts => ({
  created: manifest.created,
  holdfast: manifest.holdfast,
  engine: manifest.engine,
  migrations: manifest.migrations,
  tables: manifest.tables.length,
  rows: rowCount(manifest),
  files: manifest.files.length,
  bytes,
});

async function unpackFiles(
  backup: BackupReader,
  root: string,
  { progress, signal }: RestorePorts,
): Promise<void> {
  const { files } = backup.manifest;
  const target = artifactFolder(stagingFolder(root));
  const folders = new Set<string>();
  for (const [i, file] of files.entries()) {
    signal?.throwIfAborted();
    const path = join(target, ...file.path.split('/'));
    try {
      await mkdir(dirname(path), { recursive: true, mode: ownerOnly.folder });
      const handle = await open(path, 'wx', ownerOnly.file);
      try {
        for await (const chunk of backup.file(file)) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (cause) {
      throw typeof (cause as { syscall?: unknown }).syscall === 'string'
        ? unwritable('workspace.unwritable', path, cause)
        : cause;
    }
    for (let folder = dirname(path); folder !== stagingFolder(root); folder = dirname(folder))
      folders.add(folder);
    progress.tick('files', i + 1, files.length);
  }
  for (const folder of folders) await syncFolder(folder);
}

/** Gives content to the store that keeps it. What has a name of its own content can't be in anybody's way. */
async function handOver(backup: BackupReader, root: string, artifacts: ArtifactStore): Promise<void> {
  for (const { path, sha256 } of backup.manifest.files) {
    if (path !== blobPath(sha256)) continue;
    const file = join(artifactFolder(stagingFolder(root)), ...path.split('/'));
    await artifacts.putFile(file);
    await rm(file);
  }
}

type Filled = Pick<RestoreSummary, 'history' | 'movedTo'>;
type Swap = () => ReturnType<typeof swapIn>;

async function fillFile(
  backup: BackupReader,
  shapes: readonly TableShape[],
  ports: RestorePorts,
  swap: Swap,
): Promise<Filled> {
  const path = databaseFile(stagingFolder(ports.place.root));
  const database = openSqlite(path);
  let history: RestoreSummary['history'];
  try {
    history = await fill(database, backup, shapes, ports);
  } finally {
    // Closing writes the log into the file and removes it.
    await database.close();
  }
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
  ports.signal?.throwIfAborted();
  const { movedTo } = await swap();
  return { history, movedTo };
}

async function fillServer(
  backup: BackupReader,
  shapes: readonly TableShape[],
  ports: RestorePorts,
  swap: Swap,
): Promise<Filled> {
  const database = await ownConnection(ports.place);
  let swapped: Awaited<ReturnType<Swap>> | undefined;
  try {
    return await database.db.transaction().execute(async (transaction) => {
      const inside: Database = {
        ...database,
        db: transaction,
        transaction: (work) => work(transaction),
        close: async () => {},
      };
      await clearEmptyServer(inside, ports.migrations);
      const history = await fill(inside, backup, shapes, ports);
      ports.signal?.throwIfAborted();
      swapped = await swap();
      return { history, movedTo: swapped.movedTo };
    });
  } catch (cause) {
    swapped?.undo();
    throw cause;
  } finally {
    await database.close();
  }
}

async function fill(
  database: Database,
  backup: BackupReader,
  shapes: readonly TableShape[],
  ports: RestorePorts,
): Promise<RestoreSummary['history']> {
  await loadBackup(database, backup, shapes, ports);
  const history = await verifyHistory(database);
  const { created, holdfast, engine } = backup.manifest;
  await database.transaction((db) =>
    appendHistory(db, {
      at: ports.clock.now(),
      actor: ports.actor,
      event: 'workspace.restored',
      subject: 'workspace',
      details: { backup: backup.sha256, created, holdfast, engine, rows: rowCount(backup.manifest) },
    }),
  );
  return history;
}

/** Removes our tables where all are empty, as a server that was only started leaves them; refuses where one is not. */
async function clearEmptyServer(database: Database, migrations: readonly Migration[]): Promise<void> {
  const { db, place } = database;
  const ids = await appliedIds(database);
  if (ids.length === 0) return;
  const tables = (await tablesAfter(knownMigrations(place, migrations, ids))).map(({ name }) => name);
  for (const name of tables) {
    if (await isEmpty(db, name)) continue;
    throw new ConflictError(
      'restore.not-empty',
      `database ${place}: holds rows already (table ${name}); make a new, empty database, name it in HOLDFAST_DATABASE_URL and restore there, or restore --into a folder`,
      { database: place, table: name },
    );
  }
  const all = [...tables, 'holdfast_migration', 'holdfast_migration_lock'];
  await sql`drop table ${sql.join(all.map((name) => sql.table(name)))}`.execute(db);
}

async function isEmpty(db: Kysely<StoreTables>, table: string): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
  return rows.length === 0;
}
