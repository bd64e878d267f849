/** kill -9 under load on both engines; the soak test has the full count. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPostgres } from '../store/testing/postgres-server.ts';
import { killRounds } from './testing/kill-rounds.ts';
import { servedWorkers } from './testing/served-workers.ts';

test('sqlite: supervisor, worker and writer killed under load: every answer is in the log once', async () => {
  await using served = await servedWorkers();
  const answered = await killRounds(served, { rounds: 3, victims: ['supervisor', 'worker', 'writer'] });
  assert.ok(answered >= 750, String(answered));
});

test('postgres: supervisor, worker and database server killed under load: every answer is in the log once', async () => {
  await using postgres = await startPostgres({ fsync: 'on' });
  await using served = await servedWorkers({ HOLDFAST_DATABASE_URL: await postgres.newDatabase() });
  const answered = await killRounds(served, {
    ...{ rounds: 3, postgres },
    victims: ['supervisor', 'worker', 'postgres'],
  });
  assert.ok(answered >= 750, String(answered));
});
