/** The stream of events over real HTTP; `../events.full.test.ts` kills the server under it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cancelJob } from '../../serving/jobs/cancel-job.ts';
import { submitJob } from '../../serving/jobs/submit-job.ts';
import { listenTo } from '../testing/event-client.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';

let server: JobServer;
before(async () => {
  server = await jobServer();
});
after(() => server?.[Symbol.asyncDispose]());

const submit = (id: string) =>
  submitJob(server.database, { id, kind: 'train', args: {} }, { actor: 'api', now: Date.UTC(2027, 0, 1) });

test('GET /v1/events: tells what happens after it was opened, and goes on behind any id that it told', async () => {
  await submit('before');
  const client = await listenTo(server.url);
  const begun = client.lastId;
  await submit('a');
  const first = await client.next();
  assert.deepEqual(first, {
    id: client.lastId,
    type: 'job.progress',
    data: {
      at: '2027-01-01T00:00:00.000Z',
      ...{ id: 'a', kind: 'train', status: 'queued', step: null, done: null, total: null, error: null },
    },
  });
  client.close();
  await submit('b');
  await cancelJob(server.database, 'a', Date.UTC(2027, 0, 2));
  for (const again of [
    await listenTo(server.url, first.id),
    await listenTo(server.url, undefined, `?after=${first.id}`),
    // A stream that broke before its first event.
    await listenTo(server.url, begun),
  ]) {
    const rest = await again.take(2);
    assert.deepEqual(
      rest.map(({ data }) => [data.id, data.status]),
      [
        ['b', 'queued'],
        ['a', 'cancelled'],
      ],
    );
    again.close();
  }
});

test('types and model leave out what is not wanted; the ids go on all the same', async () => {
  const [jobs, models] = [
    await listenTo(server.url, undefined, '?types=job.progress,model.registered'),
    await listenTo(server.url, undefined, '?model=telco'),
  ];
  await submit('c');
  assert.equal((await jobs.next()).data.id, 'c');
  const begun = models.lastId;
  models.close();
  jobs.close();
  const all = await listenTo(server.url, begun);
  assert.equal((await all.next()).data.id, 'c');
  all.close();
});

test('what cannot be read is refused with its field', async () => {
  for (const [query, path] of [
    ['after=r1-r2', '/after'],
    ['after=9', '/after'],
    ['types=no.such', '/types'],
    ['model=', '/model'],
    ['surprise=1', ''],
  ] as const) {
    const { status, body } = await server.ask<{ errors: { path: string }[] }>('GET', `/v1/events?${query}`);
    assert.deepEqual([status, body.errors[0]!.path], [422, path], query);
  }
  const head = await fetch(`${server.url}/v1/events`, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'text/event-stream']);
});

test('a server that stops ends its streams at once', async () => {
  const own = await jobServer();
  const client = await listenTo(own.url);
  const begunMs = performance.now();
  await own.close();
  await client.ended;
  // Eight seconds are what requests inside are given.
  assert.ok(performance.now() - begunMs < 5000);
  await own[Symbol.asyncDispose]();
});
