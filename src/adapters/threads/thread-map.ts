/**
 * Fits many independent jobs, on worker threads when that pays.
 *
 * Jobs run one after the other in this thread until the CPU seconds seen so far say that the rest would take
 * more than about a second; the rest then goes to workers. Starting two of them costs about as much as a
 * second of fitting saves. A search asks many times for a few jobs: a second spent here in earlier calls counts
 * too, and once workers run, a call that is like the last one goes to them whole. Answers are equal to the byte at any number of threads, because each job has a random
 * stream of its own.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { HoldfastError, UnavailableError } from '../../base/errors.ts';
import { moduleUrl } from '../../base/module-url.ts';
import { type ParallelMap, unlessSpared } from '../../base/parallel.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import { runFitJob } from '../../learn/fit.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createPool } from './pool.ts';

export interface ThreadMapOptions {
  /** At most so many worker threads; with 1 everything stays in this thread. */
  readonly threads: number;
  readonly clock: Clock;
  /** For the jobs in this thread; workers bring their own. */
  readonly catalogue: Catalogue;
  /** Stops everything, workers in the middle of a fit included, with `work.stopped`. */
  readonly signal?: AbortSignal;
  readonly workerUrl?: URL;
}

export interface ThreadMap {
  readonly map: ParallelMap<FitJob, FitAnswer>;
  /** Ends the workers. Afterwards everything runs in this thread. */
  close(): Promise<void>;
}

/** Work below this many CPU seconds is not worth starting workers for. */
const worthStarting = 1;
/** The same for workers that run already: only messages have to be paid. */
const worthPosting = 0.1;

export function createThreadMap(options: ThreadMapOptions): ThreadMap {
  const { threads, clock, catalogue, signal } = options;
  const pool = createPool(threads, options.workerUrl ?? moduleUrl('./worker.ts', import.meta.url));
  let isClosed = false;
  /** CPU seconds of all fits in this thread, while there are no workers yet. */
  let spentHere = 0;
  /** CPU seconds of a fit of the last call. */
  let usual = 0;

  const onAbort = (): void => void pool.stop(stopped(signal!));
  signal?.addEventListener('abort', onAbort, { once: true });

  const runHere = async (job: FitJob): Promise<FitAnswer> => {
    try {
      return await runFitJob(job, { clock, catalogue, map, ...(signal ? { signal } : {}) });
    } catch (error) {
      throw signal?.aborted ? stopped(signal) : error;
    }
  };

  const paysOff = (seconds: number, left: number): boolean =>
    threads > 1 &&
    left > 1 &&
    !isClosed &&
    (pool.isWarm() ? seconds > worthPosting : seconds + spentHere > worthStarting);

  const map: ParallelMap<FitJob, FitAnswer> = async (given, onDone, spares) => {
    const jobs = withoutIds(given);
    const answers: FitAnswer[] = [];
    let done = 0;
    let spent = 0;
    // Only once there are workers: before, a call may be the only one.
    let last = pool.isWarm() ? usual : 0;
    for (; done < jobs.length; done++) {
      const left = jobs.length - done;
      // The last fit counts too: candidates come from simple to complex.
      if (paysOff(left * Math.max(last, spent / Math.max(1, done)), left)) break;
      // Lets the process hear a signal between two fits.
      await nextTurn();
      if (signal?.aborted) throw stopped(signal);
      const ended = await unlessSpared(runHere(jobs[done]!), done, spares);
      if (!ended) continue;
      const { answer } = ended;
      last = answer.cpuSeconds;
      spent += last;
      usual = last;
      if (!pool.isWarm()) spentHere += last;
      answers[done] = answer;
      onDone?.(done, answer);
    }
    if (signal?.aborted) throw stopped(signal);
    await pool.run(
      jobs.slice(done),
      (index, answer) => {
        answers[done + index] = answer;
        usual = answer.cpuSeconds;
        onDone?.(done + index, answer);
      },
      spares && ((index, error) => spares(done + index, error)),
    );
    return answers;
  };

  return {
    map,
    async close() {
      isClosed = true;
      signal?.removeEventListener('abort', onAbort);
      await pool.stop(
        new UnavailableError('work.stopped', 'training: the worker threads were closed; start it again'),
      );
    },
  };
}

/** The same jobs on data sets without customers' ids: no fit may use them, and texts would be copied. */
function withoutIds(jobs: readonly FitJob[]): FitJob[] {
  const lean = new Map<Dataset, Dataset>();
  return jobs.map((job) => {
    const data = lean.get(job.data) ?? { ...job.data, ids: null };
    lean.set(job.data, data);
    return { ...job, data };
  });
}

/** What the signal was given as its reason, when that is coded; else `work.stopped`. */
function stopped(signal: AbortSignal): Error {
  if (signal.reason instanceof HoldfastError) return signal.reason;
  return new UnavailableError(
    'work.stopped',
    'training: stopped before its end; start it again, nothing was half-written',
    {},
    { cause: signal.reason },
  );
}
