/** Connections that fall silent, over a real way that drops every byte. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { HoldfastError } from '../../base/errors.ts';
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts';
import { brokenWay } from '../testing/toxiproxy.ts';
import { openPostgres } from './postgres.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

const statementMs = 1000;
const isUnavailable = (error: unknown) =>
  error instanceof HoldfastError && error.code === 'store.unavailable';

async function took(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

test('pool: a silent connection costs one statement, and none that is as old is used again', async () => {
  await using way = await brokenWay(server.port);
  const url = server.url.replace(`:${server.port}`, `:${way.port}`);
  const database = openPostgres(url, { connections: 4, connectMs: 2000, statementMs });
  // Four connections, all in use at once.
  await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.1)`.execute(database.db)));

  await way.poison({ type: 'timeout', attributes: { timeout: 0 } });
  const work = database.transaction(async (db) => void (await sql`select 1`.execute(db)));
  const silentMs = await took(assert.rejects(work, isUnavailable));
  assert.ok(silentMs < 2 * statementMs, `the rollback does not wait as well: ${silentMs} ms`);

  await way.heal();
  for (let i = 0; i < 4; i++) {
    const ms = await took(database.ping());
    assert.ok(ms < statementMs, `query ${i} after it took ${ms} ms`);
  }
  await database.close();
});

test('pool: closing does not wait for a server that is silent', async () => {
  await using way = await brokenWay(server.port);
  const database = openPostgres(server.url.replace(`:${server.port}`, `:${way.port}`));
  await database.ping();
  await way.poison({ type: 'timeout', attributes: { timeout: 0 } });
  const ms = await took(database.close());
  assert.ok(ms < 5000, `${ms}`);
});
