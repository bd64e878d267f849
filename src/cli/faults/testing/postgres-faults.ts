/** What can go wrong between a server and its PostgreSQL, and a server under load that suffers it. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openPostgres } from '../../../store/database/postgres.ts';
import type { PostgresServer } from '../../../store/testing/postgres-server.ts';
import { brokenWay, type Toxic } from '../../../store/testing/toxiproxy.ts';
import { newTrainedPlace, type Place } from '../../testing/holdfast.ts';
import { type Asked, answeredIds, faultyServer, tally } from './faulty-server.ts';
import { assertLogged } from './logged.ts';

/** What docs/how-to/serve.md promises, and what a busy machine adds. */
export const answerWithinMs = 10_000 + 3000;
export const recoverWithinMs = 15_000 + 5000;

export const customers = 20;

/** A place whose champion is registered in a new database. */
export async function placeWithChampion(
  postgres: PostgresServer,
): Promise<{ readonly place: Place; readonly url: string }> {
  const { place } = await newTrainedPlace();
  const url = await postgres.newDatabase();
  const env = { HOLDFAST_DATABASE_URL: url };
  const [file] = globSync(place.path('.holdfast/artifacts/models/*.holdfast'));
  for (const words of [
    ['register', file!],
    ['promote', 'latest'],
  ]) {
    const done = await place.runHereWith({ env }, 'models', ...words);
    assert.equal(done.exit, 0, done.stderr);
  }
  return { place, url };
}

/** Nobody waits longer than promised, and a refusal says that and when to come back. */
export function assertInTime(asked: readonly Asked[], what: string): void {
  const slowest = Math.max(...asked.map(({ ms }) => ms));
  assert.ok(slowest < answerWithinMs, `${what}: one waited ${slowest} ms`);
  for (const one of asked) {
    assert.ok(one.status === 200 || one.status === 503, `${what}: ${JSON.stringify(tally(asked))}`);
    if (one.status === 200) continue;
    assert.equal(one.code, 'store.unavailable', what);
    assert.equal(one.retryAfter, '1', what);
  }
}

export interface Fault {
  readonly what: string;
  /** Null: nobody listens. */
  readonly toxic: Toxic | null;
  /** What customers get: answers, refusals, or some of each while small questions still pass. */
  readonly customersGet: 'answers' | 'refusals' | 'both';
}

export const faults: readonly Fault[] = [
  {
    what: 'latency of 200 ms, give or take 100',
    toxic: { type: 'latency', attributes: { latency: 100, jitter: 50 } },
    customersGet: 'answers',
  },
  { what: 'latency of 1 s', toxic: { type: 'latency', attributes: { latency: 1000 } }, customersGet: 'both' },
  {
    what: 'connections reset',
    toxic: { type: 'reset_peer', attributes: { timeout: 0 } },
    customersGet: 'refusals',
  },
  {
    what: 'one kilobyte a second',
    toxic: { type: 'bandwidth', attributes: { rate: 1 } },
    customersGet: 'both',
  },
  { what: 'nobody listens', toxic: null, customersGet: 'refusals' },
  {
    what: 'no byte passes',
    toxic: { type: 'timeout', attributes: { timeout: 0 } },
    customersGet: 'refusals',
  },
];

export interface Suffering {
  readonly postgres: PostgresServer;
  readonly faults: readonly Fault[];
  /** More words after `serve`. */
  readonly words?: readonly string[];
  tell(line: string): void;
}

/** One fault after the other under load: refusals in time, answers again after each, and at the end every answer once. */
export async function sufferFaults({
  postgres,
  faults: suffered,
  words = [],
  tell,
}: Suffering): Promise<void> {
  const { place, url } = await placeWithChampion(postgres);
  using _ = place;
  await using way = await brokenWay(postgres.port);
  const broken = url.replace(`:${postgres.port}`, `:${way.port}`);
  // The supervisor of several workers is no measure of their memory.
  const isAlone = words.length === 0;
  await using server = await faultyServer(place, { HOLDFAST_DATABASE_URL: broken }, ...words);
  const load = server.load(customers);
  const answeredSince = (from: number): number => answeredIds(load.asked.slice(from)).length;
  const waitFor = async (met: () => boolean, withinMs: number, what: string): Promise<number> => {
    const began = performance.now();
    while (!met()) {
      assert.ok(performance.now() - began < withinMs, `${what}: ${JSON.stringify(tally(load.asked))}`);
      await pause(20);
    }
    return performance.now() - began;
  };
  await waitFor(() => answeredSince(0) > 200, recoverWithinMs, 'at first');
  const memoryBefore = await server.memory();

  for (const { what, toxic, customersGet } of suffered) {
    const from = load.asked.length;
    if (toxic) await way.poison(toxic);
    else await way.cut();
    if (customersGet === 'answers')
      await waitFor(() => answeredSince(from) > 2 * customers, recoverWithinMs, what);
    else {
      const isRefused = (): boolean => load.asked.slice(from).some(({ status }) => status === 503);
      await waitFor(isRefused, answerWithinMs, what);
      assert.equal((await server.get('/health')).status, 200, what);
      const { status, ms } = await server.get('/ready');
      assert.ok(ms < 2000 + 3000, `${what}: /ready took ${ms} ms`);
      if (customersGet === 'refusals') assert.equal(status, 503, what);
    }
    await way.heal();
    const healed = load.asked.length;
    const backMs = await waitFor(() => answeredSince(healed) > customers, recoverWithinMs, `after ${what}`);
    assert.equal((await server.until(200, '/ready')).status, 200);
    const during = load.asked.slice(from);
    assertInTime(during, what);
    const slowest = Math.max(...during.map(({ ms }) => ms));
    tell(
      `${what}: ${JSON.stringify(tally(during))}, slowest ${slowest.toFixed(0)} ms, back after ${backMs.toFixed(0)} ms`,
    );
  }

  const grown = (await server.memory()) - memoryBefore;
  if (isAlone) assert.ok(grown < 80_000_000, `grew by ${grown} bytes`);
  const asked = await load.stop();
  assert.equal(await server.stop().then(() => server.child.exitCode), 0);
  const database = openPostgres(url);
  await assertLogged(database, answeredIds(asked)).finally(() => database.close());
}
