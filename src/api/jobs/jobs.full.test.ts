/** Jobs in processes of their own: how they go on, end, are ended, and what becomes of them when somebody dies. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { listenTo } from '../testing/event-client.ts';
import { type JobServer, jobServer } from '../testing/job-server.ts';
import { jobProcessesOf, startKillable } from '../testing/killable-server.ts';
import { servedWorkspace } from '../testing/served.ts';
import { until } from '../testing/until.ts';

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

interface JobBody {
  readonly id: string;
  readonly status: string;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

async function ask(url: string, method: string, path: string, body?: unknown): Promise<JobBody> {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const told = (await response.json()) as JobBody;
  assert.ok(response.status < 300, JSON.stringify(told));
  return told;
}

const submit = async (url: string, kind: string, args: object): Promise<string> =>
  (await ask(url, 'POST', '/v1/jobs', { kind, args })).id;

/** Waits until it stands so, and gives it. */
async function reached(url: string, id: string, ...statuses: string[]): Promise<JobBody> {
  let job = await ask(url, 'GET', `/v1/jobs/${id}`);
  await until(
    async () => {
      job = await ask(url, 'GET', `/v1/jobs/${id}`);
      return statuses.includes(job.status);
    },
    `job is still ${job.status}, not ${statuses.join(' or ')}`,
  );
  return job;
}

/** Takes seconds. */
const long = { out: 'long.csv', rows: 1_000_000 };
const short = { rows: 20 };

test('a server with a model: a job is asked for, tells its steps as events, and gives what the command prints', async () => {
  await using workspace = await servedWorkspace();
  const { url } = workspace.server;
  const client = await listenTo(url, undefined, '?types=job.progress');
  const args = { model: 'latest', data: 'customers.csv', out: 'scored.csv', reasons: 1 };
  const id = await submit(url, 'score', args);
  const states: string[] = [];
  const steps = new Set<unknown>();
  while (!states.includes('done')) {
    const { data } = await client.next();
    assert.equal(data.id, id);
    assert.notEqual(data.status, 'failed', JSON.stringify(data));
    states.push(String(data.status));
    steps.add(data.step);
  }
  client.close();
  const job = await ask(url, 'GET', `/v1/jobs/${id}`);
  assert.equal(job.result!.scored, 600);
  assert.equal(job.result!.output, 'scored.csv');
  assert.ok(existsSync(join(workspace.folder, 'scored.csv')));
  assert.ok(states.includes('running'));
});

test('a job that fails tells its code and sentence', async () => {
  await using server = await jobServer({ mostRunning: 1 });
  const id = await submit(server.url, 'report', { model: 'latest', out: 'report' });
  const { status, error } = await reached(server.url, id, 'failed', 'done');
  assert.deepEqual([status, error?.code], ['failed', 'model.not-found']);
  assert.match(error!.message, /no model yet/);
});

test('a job shows paths of the server relative to the project folder, in refusals and in results', async () => {
  await using workspace = await servedWorkspace();
  const { url } = workspace.server;
  const refused = await submit(url, 'report', { model: 'nobody-7', out: 'report' });
  const { error } = await reached(url, refused, 'failed', 'done');
  assert.equal(error?.code, 'model.not-found');
  assert.match(error!.message, /\(looked in home\/artifacts\/models\)/);
  const file = join(workspace.folder, 'holdfast.yaml');
  const slow = /^ {4}(?:random-forest|gradient-boosting|mlp): .*\n/gm;
  writeFileSync(file, readFileSync(file, 'utf8').replace(slow, ''));
  const trained = await submit(url, 'train', { seed: 7 });
  const { status, result } = await reached(url, trained, 'failed', 'done');
  assert.equal(status, 'done');
  assert.match((result!.model as { file: string }).file, /^home\/artifacts\/models\/made-/);
  assert.ok(!JSON.stringify(result).includes(workspace.folder));
});

test('cancelling ends a running job in time and leaves no part of its file; the next one is taken up', async () => {
  await using server = await jobServer({ mostRunning: 1 });
  const { url } = server;
  const id = await submit(url, 'generate', long);
  const next = await submit(url, 'generate', { ...short, out: 'short.csv' });
  await reached(url, id, 'running');
  assert.equal((await ask(url, 'GET', `/v1/jobs/${next}`)).status, 'queued');
  await ask(url, 'DELETE', `/v1/jobs/${id}`);
  const cancelled = await reached(url, id, 'cancelled', 'done', 'failed');
  assert.deepEqual([cancelled.status, cancelled.error], ['cancelled', null]);
  assert.equal((await reached(url, next, 'done', 'failed')).status, 'done');
  assert.deepEqual(readdirSync(server.folder).toSorted(), ['.holdfast', 'short.csv', 'short.truth.csv']);
});

test('a job whose process dies is lost, and the server goes on', async () => {
  await using server = await jobServer({ mostRunning: 1 });
  const id = await submit(server.url, 'generate', long);
  await until(async () => jobProcessesOf(process.pid).length === 1, 'no process of a job was begun');
  process.kill(jobProcessesOf(process.pid)[0]!, 'SIGKILL');
  const lost = await reached(server.url, id, 'failed', 'done');
  assert.deepEqual([lost.status, lost.error?.code], ['failed', 'job.lost']);
  const next = await submit(server.url, 'generate', { ...short, out: 'short.csv' });
  assert.equal((await reached(server.url, next, 'done', 'failed')).status, 'done');
});

test('a server that another one replaces hands what runs over: it is begun anew', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-jobs-')));
  try {
    await using next = await jobServer({ folder });
    await using before = await jobServer({ folder, mostRunning: 1 });
    const id = await submit(before.url, 'generate', long);
    await reached(before.url, id, 'running');
    await before.runner.stop('again');
    assert.deepEqual(jobProcessesOf(process.pid), []);
    assert.equal((await ask(next.url, 'GET', `/v1/jobs/${id}`)).status, 'queued');
    await using taking = await jobServer({ folder, mostRunning: 1 });
    await reached(taking.url, id, 'running');
    await ask(next.url, 'DELETE', `/v1/jobs/${id}`);
    assert.equal((await reached(taking.url, id, 'cancelled', 'done', 'failed')).status, 'cancelled');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a server that stops ends what runs and says so; what waits is taken up by the next server', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-jobs-')));
  try {
    const first = await jobServer({ folder, mostRunning: 1 });
    const id = await submit(first.url, 'generate', long);
    const waits = await submit(first.url, 'generate', { ...short, out: 'short.csv' });
    await reached(first.url, id, 'running');
    const begunMs = performance.now();
    await first[Symbol.asyncDispose]();
    // Ten seconds are what a server has to stop.
    assert.ok(performance.now() - begunMs < 9000);
    assert.deepEqual(jobProcessesOf(process.pid), []);
    await using second = await jobServer({ folder, mostRunning: 1 });
    const stopped = await ask(second.url, 'GET', `/v1/jobs/${id}`);
    assert.deepEqual([stopped.status, stopped.error?.code], ['failed', 'work.stopped']);
    assert.equal((await reached(second.url, waits, 'done', 'failed')).status, 'done');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`${engine}: a server is killed while a job runs: its process ends, the job is lost, the queue goes on`, async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-jobs-')));
    const databaseUrl = engine === 'postgres' ? await postgres.newDatabase() : undefined;
    try {
      await using server = await startKillable(folder, databaseUrl, 1);
      const id = await submit(server.url, 'generate', long);
      const waits = await submit(server.url, 'generate', { ...short, out: 'short.csv' });
      await until(async () => server.jobProcesses().length === 1, 'no process of a job was begun');
      const [child] = server.jobProcesses();
      await server.kill();
      await until(async () => !isAlive(child!), 'the process of the job lives on');
      await using second = await startKillable(folder, databaseUrl, 1);
      const lost = await reached(second.url, id, 'failed', 'done');
      assert.deepEqual([lost.status, lost.error?.code], ['failed', 'job.lost']);
      assert.equal((await reached(second.url, waits, 'done', 'failed')).status, 'done');
      assert.ok(!existsSync(join(folder, 'long.csv')));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test(`${engine}: two servers over one database: each job runs once, one at a time, and either cancels what the other runs`, async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-jobs-')));
    const databaseUrl = engine === 'postgres' ? await postgres.newDatabase() : undefined;
    try {
      await using one = await jobServer({ folder, databaseUrl, mostRunning: 1 });
      await using other = await jobServer({ folder, databaseUrl, mostRunning: 1 });
      const both: readonly JobServer[] = [one, other];
      const ids: string[] = [];
      // A second run of the same job would find its file there, and fail.
      for (let i = 0; i < 4; i++) {
        ids.push(await submit(both[i % 2]!.url, 'generate', { ...short, out: `short-${i}.csv` }));
      }
      for (const id of ids) assert.equal((await reached(one.url, id, 'done', 'failed')).status, 'done');
      const cancelled: string[] = [];
      for (const { url } of both) {
        const id = await submit(url, 'generate', { ...long, out: `long-${cancelled.length}.csv` });
        await reached(url, id, 'running');
        assert.ok(jobProcessesOf(process.pid).length <= 1, 'two run at once');
        for (const by of both) await ask(by.url, 'DELETE', `/v1/jobs/${id}`);
        cancelled.push((await reached(url, id, 'cancelled', 'done', 'failed')).status);
      }
      assert.deepEqual(cancelled, ['cancelled', 'cancelled']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** What has ended and waits for its parent to notice does not live. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
