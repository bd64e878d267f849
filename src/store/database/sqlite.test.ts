import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sql } from 'kysely';
import { HoldfastError } from '../../base/errors.ts';
import { migrate } from './migrate.ts';
import { storeMigrations } from './migrations/all.ts';
import { openSqlite } from './sqlite.ts';
import { databaseConformance } from './testing/conformance.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-sqlite-'));

databaseConformance('sqlite', async () => {
  const folder = newFolder();
  return {
    open: () => openSqlite(join(folder, 'holdfast.db')),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

test('sqlite: the log is write-ahead, every commit is flushed, deleted rows are overwritten', async () => {
  const folder = newFolder();
  const database = openSqlite(join(folder, 'holdfast.db'));
  const pragma = async (name: string) =>
    Object.values((await sql.raw(`pragma ${name}`).execute(database.db)).rows[0] as object)[0];
  assert.equal(await pragma('journal_mode'), 'wal');
  assert.equal(await pragma('synchronous'), 2);
  assert.equal(await pragma('secure_delete'), 1);
  assert.equal(await pragma('foreign_keys'), 1);
  await database.close();
  rmSync(folder, { recursive: true });
});

test('sqlite: the file and its log are for their owner; one that is there keeps its mode', {
  skip: process.platform === 'win32',
}, async () => {
  const folder = newFolder();
  const path = join(folder, 'holdfast.db');
  const modes = (...endings: string[]) =>
    endings.map((ending) => (statSync(`${path}${ending}`).mode & 0o777).toString(8));
  const database = openSqlite(path);
  await sql`create table x (y int)`.execute(database.db);
  assert.deepEqual(modes('', '-wal', '-shm'), ['600', '600', '600']);
  await database.close();
  chmodSync(path, 0o640);
  await openSqlite(path).close();
  assert.deepEqual(modes(''), ['640']);
  rmSync(folder, { recursive: true });
});

test('sqlite: a file that is no database is store.damaged, a missing folder store.unavailable', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'holdfast.db'), 'A'.repeat(9000));
  assert.throws(() => openSqlite(join(folder, 'holdfast.db')), refused('store.damaged'));
  assert.throws(() => openSqlite(join(folder, 'none', 'holdfast.db')), refused('store.unavailable'));
  rmSync(folder, { recursive: true });
});

test('sqlite: a damaged page is store.damaged and quotes nothing', async () => {
  const folder = newFolder();
  const path = join(folder, 'holdfast.db');
  const database = openSqlite(path);
  await migrate(database, storeMigrations);
  await database.close();
  const bytes = new DatabaseSync(path);
  bytes.exec('pragma wal_checkpoint(truncate)');
  bytes.close();
  writeFileSync(path, 'B'.repeat(8192), { flag: 'r+' });
  assert.throws(() => openSqlite(path), refused('store.damaged'));
  rmSync(folder, { recursive: true });
});

test('sqlite: values without a column form are refused before they are lost', async () => {
  const database = openSqlite(':memory:');
  await assert.rejects(sql`select ${new Date(0)}`.execute(database.db), refused('internal.defect'));
  await assert.rejects(sql`select ${undefined}`.execute(database.db), refused('internal.defect'));
  const { rows } = await sql<{ yes: number }>`select ${true} as yes`.execute(database.db);
  assert.equal(rows[0]!.yes, 1);
  await database.close();
});
