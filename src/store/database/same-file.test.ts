import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { HoldfastError } from '../../base/errors.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { storeMigrations } from './migrations/all.ts';
import { openSqlite } from './sqlite.ts';

const isGone = (error: unknown) =>
  error instanceof HoldfastError &&
  error.code === 'store.unavailable' &&
  /removed or replaced/.test(error.message);

for (const [what, suffix] of [
  ['the file', ''],
  ['its log', '-wal'],
] as const)
  test(`same file: ${what} moved away under an open database is store.unavailable, and back it is whole`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-same-'));
    const path = join(folder, 'holdfast.db');
    const database = openSqlite(path);
    await database.db.schema.createTable('t').addColumn('a', 'integer').execute();
    await database.ping();
    renameSync(`${path}${suffix}`, join(folder, 'away'));
    await assert.rejects(database.ping(), isGone);
    renameSync(join(folder, 'away'), `${path}${suffix}`);
    await database.ping();
    await database.close();
    rmSync(folder, { recursive: true });
  });

async function withDatabase(work: (database: Database, move: () => void, back: () => void) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-same-'));
  const path = join(folder, 'holdfast.db');
  const away = join(folder, 'away');
  const database = openSqlite(path);
  try {
    await migrate(database, storeMigrations);
    await work(
      database,
      () => renameSync(path, away),
      () => renameSync(away, path),
    );
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

const lease = (name: string) => ({ name, holder: 'test', expires_at: 1 });
const leases = async ({ db }: Database) => {
  const rows = await db.selectFrom('lease').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
};

test('same file: moved away, no writing statement and no transaction is acknowledged or carried out; back they are', () =>
  withDatabase(async (database, move, back) => {
    const { db } = database;
    const writes: readonly (() => Promise<unknown>)[] = [
      () => db.insertInto('lease').values(lease('a')).execute(),
      () => db.insertInto('lease').values(lease('b')).returning('name').execute(),
      () => db.updateTable('lease').set({ holder: 'other' }).execute(),
      () => db.deleteFrom('lease').execute(),
      () => sql`delete from lease`.execute(db),
      () => database.transaction((one) => one.insertInto('lease').values(lease('c')).execute()),
    ];
    await db.insertInto('lease').values(lease('before')).execute();
    move();
    for (const write of writes) await assert.rejects(write(), isGone);
    assert.deepEqual(await leases(database), ['before']);
    back();
    for (const write of writes) await write();
    assert.deepEqual(await leases(database), ['c']);
  }));

test('same file: moved away while a transaction is open, its end is not acknowledged', () =>
  withDatabase(async (database, move, back) => {
    const write = database.transaction(async (one) => {
      await one.insertInto('lease').values(lease('a')).execute();
      move();
    });
    await assert.rejects(write, isGone);
    back();
    await database.transaction((one) => one.insertInto('lease').values(lease('b')).execute());
  }));

test('same file: a database in memory has none that could be lost', async () => {
  const database = openSqlite(':memory:');
  await database.ping();
  await database.close();
});
