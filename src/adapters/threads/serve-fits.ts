/**
 * Lets a worker thread fit what it is sent: the one call of the module that the thread runs.
 *
 * Code does not travel between threads, so the thread is given a catalogue that holds the same definitions as the
 * one whose app started it. Refused with `usage.argument` outside a worker thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ParamError } from '../../base/errors.ts';
import { useWideKernels } from '../../kernels/kernel-module.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import type { WorkerSettings } from './pool.ts';
import { serveJobs } from './serve-jobs.ts';

export function serveFits(catalogue: Catalogue): void {
  if (parentPort === null) {
    throw new ParamError(
      'usage.argument',
      'serveFits: called outside a worker thread; call it in a module of its own and give its address to openApp as workerUrl',
      { argument: 'workerUrl' },
    );
  }
  // A worker that somebody else started may have no settings.
  useWideKernels((workerData as WorkerSettings | null)?.wideKernels);
  serveJobs(parentPort, catalogue);
}
