import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { HoldfastError } from '../../base/errors.ts';
import { migrate } from './migrate.ts';
import { storeMigrations } from './migrations/all.ts';
import { probeWrite } from './probe-write.ts';
import { openSqlite } from './sqlite.ts';

test('probe: one row however often it is written, and what can only be read is store.unavailable', async () => {
  const database = openSqlite(':memory:');
  await migrate(database, storeMigrations);
  // Also with a clock that was set back.
  for (const now of [2000, 1000]) await probeWrite(database, now);
  const rows = await database.db.selectFrom('lease').select(['name', 'expires_at']).execute();
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [{ name: 'write-probe', expires_at: 1000 }],
  );
  await sql`pragma query_only = on`.execute(database.db);
  await database.ping();
  await assert.rejects(
    probeWrite(database, 3000),
    (error) => error instanceof HoldfastError && error.code === 'store.unavailable',
  );
  await database.close();
});
