/** One job over HTTP, as it waits, runs and ends. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimJob } from '../../serving/jobs/claim-job.ts';
import { endJob, keepJob } from '../../serving/jobs/owned-job.ts';
import { submitJob } from '../../serving/jobs/submit-job.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';

let server: JobServer;
before(async () => {
  server = await jobServer();
});
after(() => server?.[Symbol.asyncDispose]());

test('GET /v1/jobs/{id}: tells where a job stands, and its result or its error', async () => {
  const { database } = server;
  const moment = Date.UTC(2027, 0, 1);
  await submitJob(database, { id: 'a', kind: 'train', args: { seed: 1 } }, { actor: 'k1', now: moment });
  const told = async () => (await server.ask('GET', '/v1/jobs/a')).body;
  assert.deepEqual(await told(), {
    ...{ id: 'a', kind: 'train', args: { seed: 1 }, status: 'queued', by: 'k1' },
    created: '2027-01-01T00:00:00.000Z',
    ...{ started: null, finished: null, progress: null, cancelAsked: false, result: null, error: null },
  });
  await claimJob(database, { owner: 'p', now: moment + 1000, leaseMs: 1e12, mostRunning: 1 });
  await keepJob(
    database,
    { id: 'a', owner: 'p' },
    { now: moment, leaseMs: 1e12 },
    { step: 'Fitting', done: 1, total: 4 },
  );
  const running = await told();
  assert.deepEqual(
    [running.status, running.started, running.progress],
    ['running', '2027-01-01T00:00:01.000Z', { step: 'Fitting', done: 1, total: 4 }],
  );
  const result = { rows: 3, nested: { of: ['x'] } };
  await endJob(database, { id: 'a', owner: 'p' }, { status: 'done', result }, moment + 2000);
  const done = await told();
  assert.deepEqual([done.status, done.finished, done.result], ['done', '2027-01-01T00:00:02.000Z', result]);
  assert.equal(done.progress, null);
});

test('a job that is not there is not found', async () => {
  const { status, body } = await server.ask('GET', '/v1/jobs/none');
  assert.deepEqual([status, body.code], [404, 'job.not-found']);
});
