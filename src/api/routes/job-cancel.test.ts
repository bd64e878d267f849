/** Cancelling a job over HTTP; `../jobs/jobs.full.test.ts` cancels one that really runs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimJob } from '../../serving/jobs/claim-job.ts';
import { endJob } from '../../serving/jobs/owned-job.ts';
import { submitJob } from '../../serving/jobs/submit-job.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';

let server: JobServer;
before(async () => {
  server = await jobServer();
});
after(() => server?.[Symbol.asyncDispose]());

test('DELETE /v1/jobs/{id}: one that waits ends, one that runs is asked to, one that has ended is refused', async () => {
  const { database } = server;
  for (const id of ['runs', 'waits'])
    await submitJob(database, { id, kind: 'train', args: {} }, { actor: 'api', now: 1 });
  await claimJob(database, { owner: 'p', now: 2, leaseMs: 1e15, mostRunning: 1 });
  const cancel = (id: string) => server.ask('DELETE', `/v1/jobs/${id}`);
  const waiting = await cancel('waits');
  assert.deepEqual([waiting.status, waiting.body.status], [202, 'cancelled']);
  const running = await cancel('runs');
  assert.deepEqual([running.status, running.body.status, running.body.cancelAsked], [202, 'running', true]);
  await endJob(database, { id: 'runs', owner: 'p' }, { status: 'done', result: null }, 3);
  const ended = await cancel('runs');
  assert.deepEqual([ended.status, ended.body.code], [409, 'job.ended']);
  const missing = await cancel('none');
  assert.deepEqual([missing.status, missing.body.code], [404, 'job.not-found']);
});
