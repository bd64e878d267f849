/**
 * Takes up jobs that wait in the table, each in a process of its own, and writes down how they go on and end. Several
 * servers over one database share the jobs; the table decides who runs which.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { App } from '../../app.ts';
import { moduleUrl } from '../../base/module-url.ts';
import { claimJob } from '../../serving/jobs/claim-job.ts';
import type { Job } from '../../serving/jobs/job.ts';
import {
  endJob,
  type JobOutcome,
  type JobProgress,
  keepJob,
  lookAtJob,
} from '../../serving/jobs/owned-job.ts';
import type { Database } from '../../store/database/database.ts';
import type { Workspace } from '../../store/workspace.ts';
import { type ServerLog, silentLog } from '../log.ts';
import type { JobOrder, JobReport } from './job-messages.ts';

export interface JobRunner {
  /** Where jobs work. */
  readonly workspace: Workspace;
  /** Looks at the table now: a job was asked for, or is to be cancelled. */
  wake(): void;
  /** Ends what runs here and takes up nothing more; with `again` another process begins what ran here anew. */
  stop(again?: 'again'): Promise<void>;
}

export interface JobRunnerOptions {
  readonly app: Pick<App, 'workspace' | 'env' | 'clock'>;
  readonly database: Database;
  readonly log?: ServerLog;
  /** Jobs at a time, in all processes of the database together; 0: this process takes up none. */
  readonly mostRunning: number;
  readonly leaseMs?: number;
  readonly idleEveryMs?: number;
  readonly busyEveryMs?: number;
}

/** A job that runs here. */
interface Running {
  readonly job: Job;
  readonly child: ChildProcess;
  /** What is to be written of it. */
  progress: JobProgress | null;
  outcome: JobOutcome | null;
  /** The process has ended: until then its memory counts as a running job's. */
  isGone: boolean;
  keptMs: number;
  killer: NodeJS.Timeout | null;
  wasCancelled: boolean;
}

/** A job that was asked to end, or has said how it ended, has so long to do so. */
const endWithinMs = 5000;
/** A server that stops has less patience: it must be gone within ten seconds itself. */
const stopWithinMs = 3000;

export function jobRunner(options: JobRunnerOptions): JobRunner {
  const { app, database, log = silentLog, mostRunning } = options;
  const { leaseMs = 15_000, idleEveryMs = 1000, busyEveryMs = 500 } = options;
  const { clock, workspace } = app;
  const owner = randomUUID();
  const running = new Set<Running>();
  let isStopping = false;
  let isWanted = false;
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const askToEnd = (one: Running, withinMs: number): void => {
    if (one.killer || one.outcome) return;
    one.child.kill('SIGINT');
    killWithin(one, withinMs);
  };
  const killWithin = (one: Running, withinMs: number): void => {
    one.killer ??= setTimeout(() => one.child.kill('SIGKILL'), withinMs);
  };
  const ended = (one: Running, outcome: JobOutcome): void => {
    one.outcome ??= one.wasCancelled && outcome.status === 'failed' ? { status: 'cancelled' } : outcome;
    if (one.isGone) wake();
    else killWithin(one, endWithinMs);
  };
  const gone = (one: Running): void => {
    if (one.killer) clearTimeout(one.killer);
    one.isGone = true;
    ended(one, lost);
  };
  const begin = (job: Job): void => {
    const child = fork(fileURLToPath(moduleUrl('./job-process.ts', import.meta.url)), [String(process.pid)], {
      cwd: workspace.projectFolder,
      env: { ...app.env, HOLDFAST_HOME: workspace.root },
      // What it says is told by messages; its own words could hold a customer's values.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    const one: Running = {
      ...{ job, child, progress: null, outcome: null, keptMs: performance.now() },
      ...{ isGone: false, killer: null, wasCancelled: false },
    };
    running.add(one);
    child.on('message', (report: JobReport) => {
      if (report.type === 'progress') one.progress = report.progress;
      else if (report.type === 'done') ended(one, { status: 'done', result: report.result });
      else {
        if (report.defect)
          log.event('job defect', { job: job.id, kind: job.kind, at: report.defect.join(' ') });
        ended(one, { status: 'failed', error: report.error });
      }
    });
    child.on('error', () => (child.pid === undefined ? gone(one) : ended(one, lost)));
    child.on('exit', () => gone(one));
    const order: JobOrder = { kind: job.kind, args: job.args, actor: job.actor };
    child.send(order, () => {});
  };

  const lookAfter = async (one: Running): Promise<void> => {
    const { child } = one;
    const of = { id: one.job.id, owner };
    if (one.outcome && one.isGone) {
      await endJob(database, of, one.outcome, clock.now());
      running.delete(one);
      return;
    }
    const { isOwned, cancelAsked } = await lookAtJob(database, of);
    if (!isOwned) {
      // This process was taken for dead, and the job for lost.
      child.kill('SIGKILL');
      await hasExited(child);
      running.delete(one);
      return;
    }
    if (cancelAsked) {
      one.wasCancelled = true;
      askToEnd(one, endWithinMs);
    }
    const { progress } = one;
    if (!progress && performance.now() - one.keptMs < leaseMs / 4) return;
    one.progress = null;
    one.keptMs = performance.now();
    await keepJob(database, of, { now: clock.now(), leaseMs }, progress ?? undefined);
  };
  const look = async (): Promise<void> => {
    for (const one of running) await lookAfter(one);
    while (!isStopping && mostRunning > 0) {
      const job = await claimJob(database, { owner, now: clock.now(), leaseMs, mostRunning });
      if (!job) return;
      begin(job);
    }
  };
  const lookIn = (delayMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(lookNow, delayMs);
    timer.unref();
  };
  const lookNow = async (): Promise<void> => {
    isWanted = false;
    // A database that is away for a while is asked again; what ended meanwhile is written then.
    looking = look().catch(() => {});
    await looking;
    looking = null;
    if (!isStopping) lookIn(isWanted ? 0 : running.size > 0 ? busyEveryMs : idleEveryMs);
  };
  const wake = (): void => {
    isWanted = true;
    if (!looking && !isStopping) lookIn(0);
  };
  wake();

  return {
    workspace,
    wake,
    async stop(again) {
      isStopping = true;
      clearTimeout(timer);
      await looking;
      const left = [...running].map((one) => ({ one, before: one.outcome }));
      for (const { one } of left) askToEnd(one, stopWithinMs);
      await Promise.all(left.map(({ one }) => hasExited(one.child)));
      for (const { one, before } of left) {
        // One that failed now did so because it was stopped.
        const own = before ?? (one.outcome?.status === 'failed' ? null : one.outcome);
        const outcome = own ?? (again ? { status: 'queued' } : stopped);
        await endJob(database, { id: one.job.id, owner }, outcome, clock.now()).catch(() => {});
      }
      running.clear();
    },
  };
}

const lost: JobOutcome = {
  status: 'failed',
  error: {
    code: 'job.lost',
    message:
      'the process of the job ended before the job did; ask for it again, with more memory if it happens twice',
  },
};

const stopped: JobOutcome = {
  status: 'failed',
  error: { code: 'work.stopped', message: 'the server was stopped; ask for the job again' },
};

const hasExited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));
