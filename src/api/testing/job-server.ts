/** A server with a database and a project folder, but without a model: routes of jobs and events. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../adapters/clock.ts';
import { openWholeDatabase } from '../../database.ts';
import { eventFeed } from '../../serving/events/event-feed.ts';
import { eventSources } from '../../serving/events/sources/all.ts';
import type { Database } from '../../store/database/database.ts';
import { openWorkspace } from '../../store/workspace.ts';
import { type JobRunner, jobRunner } from '../jobs/job-runner.ts';
import { events } from '../routes/events.ts';
import { job } from '../routes/job.ts';
import { jobCancel } from '../routes/job-cancel.ts';
import { jobSubmit } from '../routes/job-submit.ts';
import { jobs } from '../routes/jobs.ts';
import { bareServer } from './bare.ts';

export interface JobServer extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly folder: string;
  readonly runner: JobRunner;
  ask<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Body }>;
  close(): Promise<void>;
}

export interface JobServerOptions {
  /** It takes up no job unless told how many. */
  readonly mostRunning?: number;
  readonly leaseMs?: number;
  /** A new one that is removed at the end unless given. */
  readonly folder?: string;
  /** SQLite in the folder unless given. */
  readonly databaseUrl?: string | undefined;
}

export async function jobServer(options: JobServerOptions = {}): Promise<JobServer> {
  const { mostRunning = 0, leaseMs = 15_000, databaseUrl = '' } = options;
  const folder = options.folder ?? realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-jobs-')));
  const root = join(folder, '.holdfast');
  mkdirSync(root, { recursive: true });
  const env = { ...process.env, HOLDFAST_HOME: root, HOLDFAST_DATABASE_URL: databaseUrl };
  const workspace = openWorkspace({ cwd: folder, env });
  const database = await openWholeDatabase(root, env);
  const feed = eventFeed({ database, sources: eventSources, everyMs: 10 });
  const runner = jobRunner({
    ...{ app: { workspace, env, clock: realClock }, database, mostRunning, leaseMs },
    ...{ idleEveryMs: 100, busyEveryMs: 100 },
  });
  const server = await bareServer(
    [events, jobSubmit, jobs, job, jobCancel],
    {},
    {
      ...{ database, clock: realClock, events: feed, jobs: runner },
    },
  );
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      feed.stop();
      await Promise.all([server.close(), runner.stop()]);
    })());
  return {
    ...{ url: server.url, database, folder, runner, close },
    async ask<Body>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${server.url}${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
    },
    async [Symbol.asyncDispose]() {
      await close();
      await database.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
