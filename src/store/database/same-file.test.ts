import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HoldfastError } from '../../base/errors.ts';
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

test('same file: a database in memory has none that could be lost', async () => {
  const database = openSqlite(':memory:');
  await database.ping();
  await database.close();
});
