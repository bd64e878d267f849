/**
 * Makes a small database of today's version, and a backup of it, to be kept: `node golden/databases/make.ts`. Later
 * versions must open the one and restore the other (src/kept-databases.test.ts). Run it when a release brings new
 * migrations; never make a released one anew. Before a release, `--again` makes the newest anew.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { packageVersion } from '../../src/app.ts';
import { stoppedClock } from '../../src/base/clock.ts';
import { canonicalJson } from '../../src/base/plain.ts';
import { migrations, openWholeDatabase } from '../../src/database.ts';
import { type TableShape, tablesAfter } from '../../src/store/backup/shape.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import type { Database } from '../../src/store/database/database.ts';
import { databaseFile } from '../../src/store/database/open-database.ts';
import { createKey, revokeKey } from '../../src/store/keys.ts';
import { silentProgress } from '../../src/tasks/ports.ts';

const id = migrations.at(-1)!.id;
const kept = (ending: string): string => fileURLToPath(new URL(`${id}${ending}`, import.meta.url));
if (existsSync(kept('.db')) && !process.argv.includes('--again'))
  throw new Error(
    `${kept('.db')} is there already; a released one is never made anew (--again before a release)`,
  );

const at = Date.UTC(2026, 10, 21);
/** Made by their own rooms, so that they hold what those rooms check. */
const ownWay = new Set(['api_key', 'history']);
const rowsEach = 3;

const root = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
try {
  const database = await openWholeDatabase(root, {});
  const shapes = await tablesAfter(migrations);
  for (const name of ['shop', 'nightly'])
    await createKey(
      database,
      { name, scopes: ['score', 'read'], expiresAt: at * 2 },
      { actor: 'cli:kept', now: at },
    );
  await revokeKey(database, 'nightly', { actor: 'cli:kept', now: at + 1 });
  await sql`pragma foreign_keys = off`.execute(database.db);
  for (const shape of shapes) if (!ownWay.has(shape.name)) await fill(database, shape);
  const rows: Record<string, number> = {};
  for (const { name } of shapes) {
    const counted = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(
      database.db,
    );
    rows[name] = counted.rows[0]!.n;
  }
  await sql`vacuum`.execute(database.db);
  await database.close();
  await copyFile(databaseFile(root), kept('.db'));
  rmSync(kept('.backup.zip'), { force: true });
  await writeBackup(kept('.backup.zip'), {
    place: { root },
    artifacts: null,
    migrations,
    clock: stoppedClock(at),
    progress: silentProgress,
    version: packageVersion(),
  });
  writeFileSync(kept('.json'), canonicalJson({ migrations: migrations.map((one) => one.id), rows }));
} finally {
  rmSync(root, { recursive: true });
}

/** Rows of a table that nobody knows here: numbers 1, 2, 3, and texts that are JSON, each another. */
async function fill({ db }: Database, { name, columns }: TableShape): Promise<void> {
  for (let i = 1; i <= rowsEach; i++) {
    const values = columns.map(({ kind }) => (kind === 'number' ? i : `{"n":${i}}`));
    await sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column.name)))})
      values (${sql.join(values)})`.execute(db);
  }
}
