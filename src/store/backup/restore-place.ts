/**
 * The workspace that a backup is restored into: what is there already, the folder where the new is made ready, and
 * the moment when it takes its place.
 *
 * Everything is made in `.restoring/` inside the workspace, so it is on the same disk and the workspace may be a
 * mounted volume. What was there is moved into `before-restore-<time>/`, never removed. A run that is killed leaves
 * `.restoring/`, which nothing reads and the next restore clears.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConflictError, UnavailableError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { syncFolder } from '../../data/sources/sync-folder.ts';
import { databaseFile } from '../database/open-database.ts';
import { makeFolder, ownerOnly, unwritable } from '../whole-file.ts';
import { artifactFolder } from './artifact-files.ts';

/** The folder that is made ready; it has the form of a workspace. */
export const stagingFolder = (root: string): string => join(root, '.restoring');

const walEndings = ['-wal', '-shm'];

/** Takes the staging folder, empty, for this process alone; `using` gives it back and removes it. */
export async function takeStaging(root: string): Promise<Disposable> {
  const isNew = !existsSync(root);
  const staging = stagingFolder(root);
  await makeFolder(staging);
  // A lock of the system's own: it ends with the process, however that ends.
  const lock = new DatabaseSync(join(staging, 'lock'), { timeout: 0 });
  const release = (): void => {
    lock.close();
    rmSync(staging, { recursive: true, force: true });
    if (isNew && existsSync(root) && readdirSync(root).length === 0) rmdirSync(root);
  };
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    throw new UnavailableError(
      'store.unavailable',
      `restore: another restore into ${printable(basename(root))} is running; wait for its end`,
      {},
      { cause },
    );
  }
  for (const name of readdirSync(staging))
    if (!name.startsWith('lock')) rmSync(join(staging, name), { recursive: true, force: true });
  return { [Symbol.dispose]: release };
}

export interface Occupied {
  /** The database file has rows, or can't be read. */
  readonly database: boolean;
  readonly artifacts: boolean;
}

/** What a workspace holds. A database that another process has open is refused: it would go on writing to it. */
export function lookAt(root: string): Occupied {
  const file = databaseFile(root);
  return {
    database: existsSync(file) && hasRows(file),
    artifacts: existsSync(artifactFolder(root)) && hasFiles(artifactFolder(root)),
  };
}

const hasFiles = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => !entry.isDirectory());

function hasRows(file: string): boolean {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
    const tables = database
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .all();
    return tables
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('holdfast_migration'))
      .some((name) => database.prepare(`select 1 from "${name.replaceAll('"', '""')}" limit 1`).get());
  } catch (cause) {
    if (((cause as { errcode?: number }).errcode ?? 0) % 256 === 5) {
      throw new UnavailableError(
        'store.unavailable',
        `database ${basename(file)}: another process has it open, and would go on writing to it; stop Holdfast here first`,
        { database: basename(file) },
        { cause },
      );
    }
    // Damaged: it may still hold what somebody wants back.
    return true;
  } finally {
    database.close();
  }
}

/** Refuses a place that holds something, unless it may be moved aside. */
export function refuseOccupied(root: string, { database, artifacts }: Occupied, moveAside: boolean): void {
  if (moveAside || (!database && !artifacts)) return;
  const what = [database ? 'a database' : '', artifacts ? 'kept files' : ''].filter(Boolean).join(' and ');
  throw new ConflictError(
    'restore.not-empty',
    `restore: ${printable(basename(root))} holds ${what} already; restore --into another folder, or give --yes to move them aside`,
    { database, artifacts },
  );
}

/** Refuses what would not fit on the disk, before anything is unpacked. */
export async function refuseTooLarge(root: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  if (bytes <= bavail * bsize) return;
  throw new UnavailableError(
    'store.full',
    `restore: the backup unpacks to ${Math.ceil(bytes / 1e6)} MB and the disk has ${Math.floor((bavail * bsize) / 1e6)} MB free; free some space`,
    {},
  );
}

/**
 * Puts what was made ready in its place and what was there aside. Gives the folder of what was there, or null, and a
 * function that takes it all back. All in one turn: the work of a few renames.
 */
export async function swapIn(
  root: string,
  now: number,
  occupied: Occupied,
): Promise<{ readonly movedTo: string | null; undo(): void }> {
  const staging = stagingFolder(root);
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = join(root, `before-restore-${stamp}`);
  const done: { from: string; to: string }[] = [];
  const move = (from: string, to: string): void => {
    if (!existsSync(from)) return;
    renameSync(from, to);
    done.push({ from, to });
  };
  const undo = (): void => {
    for (const { from, to } of done.reverse()) renameSync(to, from);
  };
  const holdsSomething = occupied.database || occupied.artifacts;
  const old = holdsSomething ? aside : join(staging, 'old');
  try {
    mkdirSync(old, ownerOnly.folder);
    if (existsSync(databaseFile(staging)) || occupied.database)
      for (const ending of ['', ...walEndings])
        move(`${databaseFile(root)}${ending}`, join(old, `holdfast.db${ending}`));
    move(artifactFolder(root), join(old, 'artifacts'));
    move(artifactFolder(staging), artifactFolder(root));
    move(databaseFile(staging), databaseFile(root));
  } catch (cause) {
    undo();
    if (holdsSomething) rmSync(aside, { recursive: true, force: true });
    throw unwritable('workspace.unwritable', root, cause);
  }
  await syncFolder(root);
  return { movedTo: holdsSomething ? aside : null, undo };
}
