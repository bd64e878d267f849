/** The list of jobs over HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cancelJob } from '../../serving/jobs/cancel-job.ts';
import { jobStatuses } from '../../serving/jobs/job.ts';
import { submitJob } from '../../serving/jobs/submit-job.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';

let server: JobServer;
before(async () => {
  server = await jobServer();
  for (const id of ['a', 'b', 'c', 'd', 'e'])
    await submitJob(server.database, { id, kind: 'train', args: {} }, { actor: 'api', now: 1 });
  await cancelJob(server.database, 'b', 2);
});
after(() => server?.[Symbol.asyncDispose]());

interface Page {
  readonly jobs: readonly { readonly id: string; readonly result?: unknown }[];
  readonly next?: string;
}

test('GET /v1/jobs: pages hold each job once, newest first, without results', async () => {
  for (const limit of [1, 2, 5]) {
    const ids: string[] = [];
    for (let after = '', pages = 0; pages < 6; pages++) {
      const { body } = await server.ask<Page>('GET', `/v1/jobs?limit=${limit}${after}`);
      ids.push(...body.jobs.map(({ id }) => id));
      assert.ok(body.jobs.every((job) => !('result' in job)));
      if (body.next === undefined) break;
      after = `&after=${body.next}`;
    }
    assert.deepEqual(ids, ['e', 'd', 'c', 'b', 'a'], `limit ${limit}`);
  }
  const { body } = await server.ask<Page>('GET', '/v1/jobs?status=cancelled');
  assert.deepEqual(
    body.jobs.map(({ id }) => id),
    ['b'],
  );
});

test('the next of a page of one status is none of another', async () => {
  const { body } = await server.ask<Page>('GET', '/v1/jobs?status=queued&limit=1');
  const other = await server.ask<{ code: string }>('GET', `/v1/jobs?limit=1&after=${body.next}`);
  assert.deepEqual([other.status, other.body.code], [409, 'request.cursor']);
});

test('each invalid field is named', async () => {
  const limit = 'limit must be a whole number from 1 to 1000';
  for (const [query, path, detail] of [
    ['limit=0', '/limit', limit],
    ['limit=abc', '/limit', limit],
    ['limit=1e2', '/limit', limit],
    ['limit=1&limit=2', '/limit', 'limit must be given once'],
    ['after=x', '/after', 'after must be the next of an earlier page'],
    ['status=asleep', '/status', `status must be one of ${jobStatuses.join(', ')}`],
    ['surprise=1', '', 'query: unknown parameter surprise; allowed are limit, after, status'],
  ] as const) {
    const { status, body } = await server.ask<{ detail: string; errors: { path: string }[] }>(
      'GET',
      `/v1/jobs?${query}`,
    );
    assert.deepEqual([status, body.errors[0]!.path, body.detail], [422, path, detail], query);
  }
});
