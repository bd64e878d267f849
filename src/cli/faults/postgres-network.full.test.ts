/** The running server on PostgreSQL while the way to it, or the server itself, misbehaves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openPostgres } from '../../store/database/postgres.ts';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { brokenWay } from '../../store/testing/toxiproxy.ts';
import { answeredIds, faultyServer, tally } from './testing/faulty-server.ts';
import { assertLogged } from './testing/logged.ts';
import {
  assertInTime,
  customers,
  faults,
  placeWithChampion,
  recoverWithinMs,
  sufferFaults,
} from './testing/postgres-faults.ts';

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres({ fsync: 'on' });
});
after(() => postgres[Symbol.asyncDispose]());

test('PostgreSQL over a broken way: 503 in time, nothing piles up, back without a restart, nothing lost or twice', (context) =>
  sufferFaults({ postgres, faults, tell: (line) => context.diagnostic(line) }));

test('PostgreSQL silent at the end: the server stops within 10 seconds all the same', async (context) => {
  const { place, url } = await placeWithChampion(postgres);
  using _ = place;
  await using way = await brokenWay(postgres.port);
  const broken = url.replace(`:${postgres.port}`, `:${way.port}`);
  await using server = await faultyServer(place, { HOLDFAST_DATABASE_URL: broken });
  assert.equal((await server.ask()).status, 200);
  await way.poison({ type: 'timeout', attributes: { timeout: 0 } });
  const waiting = [server.ask(), server.ask()];
  await pause(100);
  const began = performance.now();
  await server.stop();
  const ms = performance.now() - began;
  context.diagnostic(`${ms.toFixed(0)} ms`);
  assert.equal(server.child.exitCode, 0);
  assert.ok(ms < 10_000 + 5000, `${ms}`);
  for (const one of await Promise.all(waiting)) assert.equal(one.status, 503);
});

test('PostgreSQL killed and started again under load: 503 meanwhile, every answered request in the log once', async (context) => {
  const { place, url } = await placeWithChampion(postgres);
  using _ = place;
  await using server = await faultyServer(place, { HOLDFAST_DATABASE_URL: url });
  const load = server.load(customers);
  while (answeredIds(load.asked).length < 300) await pause(20);
  const from = load.asked.length;
  await postgres.kill();
  await server.until(503);
  assert.equal((await server.get('/health')).status, 200);
  assert.equal((await server.get('/ready')).status, 503);
  const began = performance.now();
  await postgres.restart();
  const startedMs = performance.now() - began;
  await server.until(200);
  await server.until(200, '/ready');
  const backMs = performance.now() - began - startedMs;
  assert.ok(backMs < recoverWithinMs, `${backMs}`);
  const back = answeredIds(load.asked).length;
  while (answeredIds(load.asked).length < back + 100) await pause(20);
  const asked = await load.stop();
  assertInTime(asked.slice(from), 'killed');
  context.diagnostic(`${JSON.stringify(tally(asked))}, back ${backMs.toFixed(0)} ms after PostgreSQL`);
  const database = openPostgres(url);
  await assertLogged(database, answeredIds(asked)).finally(() => database.close());
});
