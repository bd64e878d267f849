import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HoldfastError } from '../../base/errors.ts';
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts';
import { migrate } from './migrate.ts';
import { storeMigrations } from './migrations/all.ts';
import { openPostgres } from './postgres.ts';
import { databaseConformance } from './testing/conformance.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

databaseConformance('postgres', async () => {
  const url = await server.newDatabase();
  return { open: () => openPostgres(url), dispose: async () => {} };
});

const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;

test('postgres: a server killed between two queries is store.unavailable, and its return needs no restart here', async () => {
  const url = await server.newDatabase();
  const database = openPostgres(url, { connectMs: 500, statementMs: 1000 });
  await migrate(database, storeMigrations);
  await database.db.insertInto('lease').values({ name: 'n', holder: 'me', expires_at: 1 }).execute();
  const read = () => database.db.selectFrom('lease').selectAll().execute();
  await server.kill();
  await assert.rejects(read(), refused('store.unavailable'));
  await server.restart();
  assert.equal((await read()).length, 1);
  await database.close();
});

test('postgres: wrong user, database and port are store.unavailable without the password', async () => {
  for (const change of [/postgres$/, /:\d+\//] as const) {
    const wrong = server.url
      .replace('holdfast@', 'holdfast:hush-hush@')
      .replace(change, change.source === 'postgres$' ? 'nowhere' : ':1/');
    const database = openPostgres(wrong, { connectMs: 500 });
    await assert.rejects(migrate(database, storeMigrations), (error: Error) => {
      assert.ok(refused('store.unavailable')(error), String(error));
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
    await database.close();
  }
});
