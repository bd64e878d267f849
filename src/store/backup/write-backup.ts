/**
 * A backup: one zip with every row of the database as of one moment, every kept file, and a manifest with the size
 * and SHA-256 of each. Made while others write; there whole or not at all; equal for both engines.
 *
 * Files are read after the moment of the rows. They are written before the rows that name them and never changed,
 * so each row finds its file. Memory: some hundred rows, whatever the size. O(rows + bytes of files).
 */
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { ConflictError, DataError, ParamError } from '../../base/errors.ts';
import { sha256, sha256Stream } from '../../base/hash.ts';
import { canonicalJson } from '../../base/plain.ts';
import { printable } from '../../base/text.ts';
import type { Progress } from '../../tasks/ports.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Engine } from '../database/database.ts';
import type { Migration } from '../database/migrations/definition.ts';
import { connectDatabase, type DatabasePlace, databaseFile } from '../database/open-database.ts';
import { writeWholeFile } from '../whole-file.ts';
import { ArchiveClosed, type ArchiveWriter, createArchiveWriter } from './archive-writer.ts';
import { artifactFolder, blobPath, listArtifacts } from './artifact-files.ts';
import {
  type BackupManifest,
  backupFormatVersion,
  type FileFacts,
  fileEntry,
  mostRowBytes,
  rowCount,
  type TableFacts,
  tableEntry,
} from './manifest.ts';
import { rowProgress } from './row-progress.ts';
import { rowToText } from './row-text.ts';
import type { TableShape } from './shape.ts';
import { type Snapshot, withSnapshot } from './snapshot.ts';

export interface BackupPorts {
  readonly place: DatabasePlace;
  /** The store of kept files where it lies outside the workspace, else null. */
  readonly artifacts: ArtifactStore | null;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Holdfast's own version. */
  readonly version: string;
}

export interface BackupSummary {
  /** ISO time. */
  readonly created: string;
  readonly engine: Engine;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Size of the backup. */
  readonly bytes: number;
  /** Of the whole backup, as `sha256sum` tells it. */
  readonly sha256: string;
}

/** A statement over a large table may take long; one that takes longer is a server that is gone. */
const statementMs = 10 * 60_000;

export const ownConnection = (place: DatabasePlace) =>
  connectDatabase(place, { connections: 1, statementMs });

/** Writes the backup; `replace` allows a file that is there already to be replaced, once the new one is whole. */
export async function writeBackup(
  path: string,
  ports: BackupPorts,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<BackupSummary> {
  refusePath(path, ports.place.root, replace);
  const created = new Date(ports.clock.now());
  const archive = createArchiveWriter(created);
  const whole = sha256Stream();
  let bytes = 0;
  async function* measured(): AsyncIterable<Uint8Array> {
    for await (const chunk of archive.bytes) {
      whole.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  // Others' customers, keys' hashes: for nobody else to read.
  const writing = writeWholeFile(path, measured(), 'output.unwritable', 0o600);
  const filling = fill(archive, created, ports).catch((cause: Error) => {
    archive.fail(cause);
    throw cause;
  });
  const [written, filled] = await Promise.allSettled([writing, filling]);
  if (filled.status === 'rejected' && !(filled.reason instanceof ArchiveClosed)) throw filled.reason;
  if (written.status === 'rejected') throw written.reason;
  if (filled.status === 'rejected') throw filled.reason;
  const manifest = filled.value;
  return {
    created: manifest.created,
    engine: manifest.engine,
    tables: manifest.tables.length,
    rows: rowCount(manifest),
    files: manifest.files.length,
    bytes,
    sha256: whole.digest('hex'),
  };
}

function refusePath(path: string, root: string, replace: boolean): void {
  const who = printable(basename(path));
  if (resolve(path).startsWith(artifactFolder(resolve(root)) + sep)) {
    throw new ParamError(
      'usage.argument',
      `${who}: a backup inside the folder that it copies would grow with each one; write it to another disk`,
      { path },
    );
  }
  if (!replace && existsSync(path)) {
    throw new ConflictError(
      'backup.exists',
      `${who}: is already there; give another name, or --yes to replace it`,
      { path },
    );
  }
}

async function fill(archive: ArchiveWriter, created: Date, ports: BackupPorts): Promise<BackupManifest> {
  const { engine, migrations, tables } = await copyDatabase(archive, ports);
  const files = await copyFiles(archive, ports);
  const manifest: BackupManifest = {
    format: 'holdfast-backup',
    formatVersion: backupFormatVersion,
    holdfast: ports.version,
    created: created.toISOString(),
    engine,
    migrations,
    tables,
    files,
  };
  const text = Buffer.from(canonicalJson(manifest));
  await archive.add('manifest.json', [text], { compress: true });
  await archive.add('manifest.sha256', [Buffer.from(`${sha256(text)}\n`)], { compress: false });
  archive.finish();
  return manifest;
}

type DatabaseFacts = Pick<BackupManifest, 'engine' | 'migrations' | 'tables'>;

async function copyDatabase(archive: ArchiveWriter, ports: BackupPorts): Promise<DatabaseFacts> {
  const { place, migrations } = ports;
  // A workspace that has models only has no database yet, and none is made for its backup.
  if (!place.url && !existsSync(databaseFile(place.root)))
    return { engine: 'sqlite', migrations: [], tables: [] };
  const database = await ownConnection(place);
  try {
    return await withSnapshot(database, migrations, async (snapshot) => {
      let total = 0;
      for (const table of snapshot.tables) total += await snapshot.count(table);
      const told = rowProgress(ports.progress, 'rows', total);
      const tables: TableFacts[] = [];
      for (const table of snapshot.tables)
        tables.push(await copyTable(archive, snapshot, table, told, ports.signal));
      return { engine: snapshot.engine, migrations: [...snapshot.migrations], tables };
    });
  } finally {
    await database.close();
  }
}

async function copyTable(
  archive: ArchiveWriter,
  snapshot: Snapshot,
  table: TableShape,
  told: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<TableFacts> {
  let rows = 0;
  async function* lines(): AsyncIterable<Uint8Array> {
    for await (const page of snapshot.pages(table)) {
      signal?.throwIfAborted();
      const text = page.map((row) => `${rowToText(row)}\n`);
      for (const line of text)
        if (line.length > mostRowBytes / 3 && Buffer.byteLength(line) > mostRowBytes) throw tooLong(table);
      yield Buffer.from(text.join(''));
      rows += page.length;
      told(page.length);
    }
  }
  const lastGiven = await snapshot.lastGiven(table);
  const { bytes, sha256: hash } = await archive.add(tableEntry(table.name), lines(), { compress: true });
  const columns = table.columns.map(({ name }) => name);
  return { name: table.name, columns, rows, lastGiven, bytes, sha256: hash };
}

const tooLong = ({ name }: TableShape) =>
  new DataError(
    'backup.unfit',
    `table ${name}: a row is larger than ${mostRowBytes / 1024 / 1024} MiB, more than a backup carries; remove it`,
    { table: name },
  );

async function copyFiles(
  archive: ArchiveWriter,
  { place, artifacts, progress, signal }: BackupPorts,
): Promise<FileFacts[]> {
  const files: FileFacts[] = [];
  const paths = await listArtifacts(place.root);
  // As they are: most are packed already, and so nothing in a backup unpacks to more than its size.
  const copy = async (path: string, content: AsyncIterable<Uint8Array> | Uint8Array[]): Promise<void> => {
    files.push({ path, ...(await archive.add(fileEntry(path), content, { compress: false })) });
  };
  for (const [i, path] of paths.entries()) {
    signal?.throwIfAborted();
    const file = await openFile(join(artifactFolder(place.root), path));
    // None: removed since it was listed.
    if (file !== null) await copy(path, file.createReadStream({ highWaterMark: 256 * 1024 }));
    progress.tick('files', i + 1, paths.length);
  }
  const elsewhere = (await artifacts?.list()) ?? [];
  for (const [i, { sha256: name }] of elsewhere.entries()) {
    signal?.throwIfAborted();
    if (!paths.includes(blobPath(name))) await copy(blobPath(name), [await artifacts!.read(name)]);
    progress.tick('files of the artefact store', i + 1, elsewhere.length);
  }
  return files;
}

const openFile = (path: string): Promise<FileHandle | null> =>
  open(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
