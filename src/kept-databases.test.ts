/** Databases and backups of earlier versions: they must open, keep every row, and be restored. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { stoppedClock } from './base/clock.ts';
import { migrations, openWholeDatabase } from './database.ts';
import { restoreBackup } from './store/backup/restore-backup.ts';
import { appliedIds } from './store/database/migrate.ts';
import { databaseFile } from './store/database/open-database.ts';
import { readHistory, verifyHistory } from './store/history.ts';
import { listKeys } from './store/keys.ts';
import { silentProgress } from './tasks/ports.ts';

const folder = fileURLToPath(new URL('../golden/databases/', import.meta.url));
const kept = readdirSync(folder)
  .filter((name) => name.endsWith('.db'))
  .map((name) => name.replace(/\.db$/, ''));

interface Facts {
  readonly migrations: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}

test('kept databases: there is one, and each has its facts and its backup', () => {
  assert.ok(kept.length >= 1);
  for (const id of kept)
    for (const ending of ['.json', '.backup.zip']) assert.ok(readdirSync(folder).includes(`${id}${ending}`));
});

/** Opens a workspace with today's code and holds it against what was there when it was kept. */
async function assertKept(root: string, facts: Facts, restored: number): Promise<void> {
  const database = await openWholeDatabase(root, {});
  try {
    assert.deepEqual(
      await appliedIds(database),
      migrations.map((migration) => migration.id),
    );
    for (const [table, rows] of Object.entries(facts.rows)) {
      const { rows: found } = await sql<{
        n: number;
      }>`select count(*) as n from ${sql.table(table)}`.execute(database.db);
      assert.equal(found[0]!.n, rows + (table === 'history' ? restored : 0), table);
    }
    const entries = facts.rows.history! + restored;
    assert.deepEqual(await verifyHistory(database), { entries, brokenAt: null });
    assert.deepEqual(
      (await readHistory(database)).slice(0, 3).map(({ event }) => event),
      ['key.created', 'key.created', 'key.revoked'],
    );
    assert.deepEqual(
      (await listKeys(database)).map(({ name, revokedAt }) => [name, revokedAt !== null]).sort(),
      [
        ['nightly', true],
        ['shop', false],
      ],
    );
  } finally {
    await database.close();
  }
}

for (const id of kept) {
  const facts = JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Facts;

  test(`database ${id}: opens, is brought to this version, and holds every row`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
    try {
      copyFileSync(join(folder, `${id}.db`), databaseFile(root));
      await assertKept(root, facts, 0);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test(`backup of ${id}: is restored, brought to this version, and holds every row`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
    try {
      mkdirSync(root, { recursive: true });
      const restored = await restoreBackup(join(folder, `${id}.backup.zip`), {
        place: { root },
        artifacts: null,
        migrations,
        clock: stoppedClock(Date.UTC(2027, 0, 1)),
        progress: silentProgress,
        actor: 'cli:test',
      });
      assert.deepEqual(restored.migrations, facts.migrations);
      await assertKept(root, facts, 1);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
}
