/** Reads a whole backup and holds every row and file against what its manifest says; changes nothing. */

import { DataError } from '../../base/errors.ts';
import { plainEqual } from '../../base/plain.ts';
import type { Progress } from '../../tasks/ports.ts';
import type { Migration } from '../database/migrations/definition.ts';
import type { BackupReader } from './archive-reader.ts';
import { damaged, rowCount } from './manifest.ts';
import { rowProgress } from './row-progress.ts';
import { type TableShape, tablesAfter } from './shape.ts';

export interface VerifyPorts {
  readonly migrations: readonly Migration[];
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** The tables that the backup's migrations make. Refuses a backup of a newer version, or of other tables. */
export async function shapesOf(
  { who, manifest }: BackupReader,
  migrations: readonly Migration[],
): Promise<readonly TableShape[]> {
  const newer = manifest.migrations.filter((id) => !migrations.some((migration) => migration.id === id));
  if (newer.length > 0) {
    throw new DataError(
      'backup.newer',
      `${who}: was made by a newer Holdfast (${newer.length} steps of its database are not known here); update Holdfast`,
      { file: who },
    );
  }
  const behind = migrations.slice(0, manifest.migrations.length).map(({ id }) => id);
  if (!plainEqual(behind, manifest.migrations)) throw damaged(who, 'its database skipped a step');
  const shapes = behind.length === 0 ? [] : await tablesAfter(migrations.slice(0, behind.length));
  const wanted = shapes.map(({ name, columns }) => [name, columns.map((column) => column.name)]);
  const found = manifest.tables.map(({ name, columns }) => [name, columns]);
  if (!plainEqual(wanted, found)) throw damaged(who, 'its tables are not those of its version');
  return shapes;
}

const rowsBetweenWords = 1000;

/** Every checksum, count and row. Gives the shapes of its tables. O(bytes). */
export async function verifyBackup(
  backup: BackupReader,
  { migrations, progress, signal }: VerifyPorts,
): Promise<readonly TableShape[]> {
  const shapes = await shapesOf(backup, migrations);
  const { tables, files } = backup.manifest;
  const told = rowProgress(progress, 'checking rows', rowCount(backup.manifest));
  for (const [i, table] of tables.entries()) {
    let rows = 0;
    for await (const _ of backup.rows(table, shapes[i]!)) {
      if (++rows % rowsBetweenWords !== 0) continue;
      signal?.throwIfAborted();
      told(rowsBetweenWords);
    }
    told(rows % rowsBetweenWords);
  }
  for (const [i, file] of files.entries()) {
    signal?.throwIfAborted();
    for await (const _ of backup.file(file)) signal?.throwIfAborted();
    progress.tick('checking files', i + 1, files.length);
  }
  return shapes;
}
