/** Writers of the log on SQLite, and which entries of a transaction are the first of their request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { openSqliteFile } from '../../store/database/sqlite-file.ts';
import { sqliteDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { logRow } from '../testing/log-rows.ts';
import { firstOfRequest, idsToLookFor } from './first-of-request.ts';
import { sqliteInserts } from './sqlite-inserts.ts';
import { withPredictions } from './tables.ts';
import { onceSuite } from './testing/once-suite.ts';

onceSuite(sqliteDatabases([...storeMigrations, ...servingMigrations]), (database) => ({
  async write(entries) {
    const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(database.db);
    const file = openSqliteFile(rows[0]!.file, 5000);
    try {
      return sqliteInserts(file)([entries])[0]!;
    } finally {
      file.close();
    }
  },
  close: async () => {},
}));

test('the ids to look for are those of requests that are answered once, each once, in one order', () => {
  const entries = ['b', 'a', 'b'].map((requestId) => logRow({ requestId, once: true }));
  assert.deepEqual(idsToLookFor([...entries, logRow({ requestId: 'c' })]), ['a', 'b']);
});

test('first of request: what is known is left out; others are new until one of their rows comes again', () => {
  const first = firstOfRequest(['known']);
  const isNew = (requestId: string, rowIndex: number, once = true) =>
    first.isNew(logRow({ requestId, rowIndex, once }));
  assert.deepEqual(
    [isNew('known', 0), isNew('x', 0), isNew('x', 1), isNew('x', 0), isNew('x', 2), isNew('x', 0, false)],
    [false, true, true, false, false, true],
  );
  assert.deepEqual(first.repeated, new Set(['known', 'x']));
});

test('sqlite log: batches of several callers in one transaction: only who comes second is told', () =>
  sqliteDatabases([...storeMigrations, ...servingMigrations]).with(1, async (database) => {
    const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(database.db);
    const file = openSqliteFile(rows[0]!.file, 5000);
    try {
      const entry = (requestId: string, rowIndex = 0) =>
        logRow({ requestId, rowIndex, once: true, input: null });
      const outcomes = sqliteInserts(file)([
        [entry('a')],
        [entry('a'), entry('a', 1), entry('b')],
        [entry('b'), entry('c')],
      ]);
      assert.deepEqual(
        outcomes.map(({ repeated }) => [...repeated]),
        [[], ['a'], ['b']],
      );
      const written = await withPredictions(database.db)
        .selectFrom('prediction')
        .select(['request_id', 'row_index'])
        .orderBy('seq')
        .execute();
      assert.deepEqual(
        written.map((row) => `${row.request_id} ${row.row_index}`),
        ['a 0', 'b 0', 'c 0'],
      );
    } finally {
      file.close();
    }
  }));
