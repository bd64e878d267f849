/**
 * Several processes that answer on one port, and the supervisor that keeps them: it starts again what ends, replaces
 * workers one by one, and stops whole. With SQLite one process more writes the log for all.
 */
import cluster from 'node:cluster';
import { getCompileCacheDir } from 'node:module';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { App } from '../app.ts';
import { HoldfastError } from '../base/errors.ts';
import { moduleUrl } from '../base/module-url.ts';
import { databaseFile } from '../store/database/open-database.ts';
import { serverLog } from './log.ts';
import type { MetricsJson } from './metrics/metrics.ts';
import { type RunningServer, type ServeOptions, unreachable } from './serve.ts';
import { leaveWithinMs, stopWithinMs } from './server-limits.ts';
import { pauseBefore, settledMs } from './workers/child.ts';
import { addRetired } from './workers/retired-metrics.ts';
import { supervisorMetrics } from './workers/supervisor-metrics.ts';
import { startWorker, type WorkerProcess } from './workers/worker-process.ts';
import { startWriterProcess } from './workers/writer-process.ts';

export interface ServeWorkersOptions extends ServeOptions {
  readonly workers: number;
  /** For V8 of each worker. */
  readonly v8Flags?: readonly string[];
}

export interface RunningWorkers
  extends Pick<RunningServer, 'url' | 'model' | 'warnings' | 'stop' | 'reload'> {
  /** Rejects when the supervisor gives up: no worker lives, and none can be started. */
  readonly broken: Promise<never>;
}

/** After so many starts in a row that failed while nobody answers, the supervisor gives up. */
const mostFailures = 10;
const mostFailuresAtStart = 3;
/** What a worker has after its requests were cut off: for the log and the database. */
const endWithinMs = stopWithinMs + 1000;
const writerWithinMs = 800;
const metricsWithinMs = 1000;

/** Resolves when all workers listen. */
export async function serveWithWorkers(app: App, options: ServeWorkersOptions): Promise<RunningWorkers> {
  const { workers: count, v8Flags = [], ...each } = options;
  const log = serverLog(options.logLevel ?? 'silent', app.clock);
  // Migrated here, so that workers and writer find it whole.
  const { engine } = await app.database();
  const port = options.port === 0 ? await freePort(options.host) : options.port;
  const writer = engine === 'sqlite' ? await startWriterProcess(databaseFile(app.workspace.root), log) : null;
  // Left to the system, one of two workers was seen to take 90 of 100 connections that came together.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({
    exec: fileURLToPath(moduleUrl('./workers/worker.ts', import.meta.url)),
    serialization: 'json',
  });
  shareCompiled();

  /** Who answers, by number; null while it is being started again. */
  const places: (WorkerProcess | null)[] = new Array(count).fill(null);
  const alive = new Set<WorkerProcess>();
  const failures: number[] = new Array(count).fill(0);
  let retired: MetricsJson = [];
  let restarts = 0;
  let isStopping = false;
  const { promise: broken, reject: giveUp } = Promise.withResolvers<never>();
  broken.catch(() => {});

  const gather = async (): Promise<readonly MetricsJson[]> => [
    ...(await Promise.all([...alive].map((worker) => worker.metrics(metricsWithinMs)))),
    retired,
    supervisorMetrics({
      workers: places.filter((one) => one !== null).length,
      restarts,
      writerRestarts: writer?.restarts ?? null,
    }),
  ];

  /** Starts one that is not in its place yet. */
  const start = (number: number): WorkerProcess => {
    const order = {
      options: { ...each, port },
      number,
      of: count,
      writerAddress: writer?.address ?? null,
      v8Flags,
    };
    const worker = startWorker(order, gather);
    alive.add(worker);
    void worker.gone.then((end) => {
      alive.delete(worker);
      retired = addRetired(retired, worker.lastMetrics);
      if (isStopping || places[number - 1] !== worker) return;
      places[number - 1] = null;
      const hasSettled = performance.now() - worker.startedAt > settledMs;
      failures[number - 1] = hasSettled ? 0 : failures[number - 1]! + 1;
      log.trouble('worker.ended', { worker: number, pid: worker.pid, end });
      void restart(number);
    });
    return worker;
  };
  const restart = async (number: number): Promise<void> => {
    for (; !isStopping; failures[number - 1]!++) {
      await pause(pauseBefore(failures[number - 1]!));
      if (isStopping || places[number - 1]) return;
      const worker = start(number);
      try {
        await worker.ready;
        // A reload may have put one there meanwhile.
        if (places[number - 1]) {
          await worker.end('leave', leaveWithinMs + endWithinMs);
          return;
        }
        places[number - 1] = worker;
        restarts++;
        log.event('worker.started', { worker: number, pid: worker.pid });
        return;
      } catch (error) {
        log.trouble('worker.failed', { worker: number, code: codeOf(error) });
        await worker.gone;
        if (failures[number - 1]! >= mostFailures && places.every((one) => one === null))
          return giveUp(error);
      }
    }
  };
  /** At the beginning what a worker says is the person's to know; that it was killed is tried again. */
  const begin = async (number: number): Promise<WorkerProcess> => {
    for (let attempt = 1; ; attempt++) {
      const worker = start(number);
      try {
        await worker.ready;
        places[number - 1] = worker;
        return worker;
      } catch (error) {
        if (codeOf(error) !== 'serving.workers' || attempt === mostFailuresAtStart) throw error;
      }
    }
  };
  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all([...alive].map((worker) => worker.end('stop', endWithinMs)));
    // Last: what the workers took is written.
    await writer?.stop(writerWithinMs);
    log.event('stopped', {});
    log.close();
  };

  let reloading: Promise<void> = Promise.resolve();
  const replaceAll = async (): Promise<void> => {
    for (let number = 1; number <= count && !isStopping; number++) {
      // One that is being started again is fresh anyway.
      if (!places[number - 1]) continue;
      const next = start(number);
      await next.ready;
      // Another than before, or none, where that one ended by itself meanwhile.
      const before = places[number - 1];
      places[number - 1] = next;
      log.event('worker.replaced', { worker: number, pid: next.pid, before: before?.pid ?? 0 });
      await before?.end('leave', leaveWithinMs + endWithinMs);
    }
  };

  try {
    // The first alone: what is wrong is told once.
    const first = await (await begin(1)).ready;
    await Promise.all(places.slice(1).map((_, i) => begin(i + 2)));
    const { url, model, warnings } = first;
    log.event('started', { url, model: model.name, label: model.label, workers: count, pid: process.pid });
    return {
      ...{ url, model, warnings, stop, broken },
      // One after the other, however often it is asked for.
      reload: () => (reloading = reloading.catch(() => {}).then(replaceAll)),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const codeOf = (error: unknown): string => (error instanceof HoldfastError ? error.code : 'internal.defect');

/** What this process has compiled its workers need not compile again. */
function shareCompiled(): void {
  const folder = getCompileCacheDir();
  if (folder) process.env.NODE_COMPILE_CACHE ??= dirname(folder);
}

/** All workers must listen on the same port, and so must one that is started again. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) => reject(unreachable(host, 0, cause)));
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
