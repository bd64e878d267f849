/** kill -9 under load, 50 rounds an engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPostgres } from '../store/testing/postgres-server.ts';
import { killRounds } from './testing/kill-rounds.ts';
import { servedWorkers } from './testing/served-workers.ts';

test('sqlite: 50 kills of supervisor, worker and writer under load', async (t) => {
  await using served = await servedWorkers();
  const answered = await killRounds(served, { rounds: 50, victims: ['supervisor', 'worker', 'writer'] });
  t.diagnostic(`${answered} answers, each in the log once`);
});

test('postgres: 50 kills of supervisor, worker and database server under load', async (t) => {
  await using postgres = await startPostgres({ fsync: 'on' });
  await using served = await servedWorkers({ HOLDFAST_DATABASE_URL: await postgres.newDatabase() });
  const answered = await killRounds(served, {
    ...{ rounds: 50, postgres },
    victims: ['supervisor', 'worker', 'postgres'],
  });
  t.diagnostic(`${answered} answers, each in the log once`);
});

test('what is answered before it is written is missed: these rounds can fail', async () => {
  await using served = await servedWorkers({}, '--durability', 'fast');
  await assert.rejects(
    killRounds(served, { rounds: 20, victims: ['worker', 'supervisor'] }),
    /answers are not in the log once/,
  );
});
