/**
 * Worker threads and a queue of fits: each idle worker takes the next job.
 *
 * A data set is posted once to each worker that needs it; columns on shared memory are seen by all threads
 * without a copy. A job that fails stops the other jobs of its group unless it is spared, a worker that dies fails the
 * group of its job. Idle workers don't keep the process alive.
 */
import { Worker } from 'node:worker_threads';
import { UnavailableError } from '../../base/errors.ts';
import type { Spares } from '../../base/parallel.ts';
import { wideKernels } from '../../kernels/kernel-module.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import type { Dataset } from '../../table/dataset.ts';
import { type FromWorker, receivedError, type ToWorker } from './messages.ts';

export interface Pool {
  /** Fits the jobs; tells of each answer as it comes. Rejects with the first error that is not spared. */
  run(
    jobs: readonly FitJob[],
    onAnswer: (index: number, answer: FitAnswer) => void,
    spares?: Spares,
  ): Promise<void>;
  readonly isWarm: () => boolean;
  /** Ends all workers; work that is under way rejects with the reason. */
  stop(reason: Error): Promise<void>;
}

/** Jobs that were asked for together. */
interface Group {
  readonly dataIds: ReadonlyMap<Dataset, number>;
  readonly onAnswer: (index: number, answer: FitAnswer) => void;
  readonly spares: Spares | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  left: number;
}

interface Task {
  readonly job: FitJob;
  readonly index: number;
  readonly group: Group;
}

interface Lane {
  readonly worker: Worker;
  readonly known: Set<number>;
  task: Task | null;
}

/** What a worker is given at its start. */
export interface WorkerSettings {
  readonly wideKernels?: WebAssembly.Module | undefined;
}

const handedToWorkers = (): WorkerSettings => ({ wideKernels: wideKernels() });

export function createPool(threads: number, workerUrl: URL): Pool {
  const lanes = new Set<Lane>();
  let queue: Task[] = [];
  let nextDataId = 0;

  const startLane = (): Lane => {
    const lane: Lane = {
      worker: new Worker(workerUrl, { name: 'holdfast-fit', workerData: handedToWorkers() }),
      known: new Set(),
      task: null,
    };
    lanes.add(lane);
    lane.worker.on('message', (message: FromWorker) => hear(lane, message));
    lane.worker.on('messageerror', (error) => bury(lane, error));
    lane.worker.on('error', (error) => bury(lane, error));
    lane.worker.on('exit', () => bury(lane));
    return lane;
  };

  const hear = (lane: Lane, message: FromWorker): void => {
    const task = lane.task;
    // A lane that was given up may still have an answer under way.
    if (!task || !lanes.has(lane)) return;
    lane.task = null;
    lane.worker.unref();
    settle(task, message);
    dispatch();
  };

  const settle = ({ group, index }: Task, message: FromWorker): void => {
    try {
      if (message.type === 'done') group.onAnswer(index, message.answer);
      else {
        const error = receivedError(message.error);
        if (!group.spares?.(index, error)) throw error;
      }
    } catch (error) {
      fail(group, error);
      return;
    }
    if (--group.left > 0) return;
    forget(group);
    group.resolve();
  };

  const fail = (group: Group, error: unknown): void => {
    queue = queue.filter((task) => task.group !== group);
    for (const lane of lanes) if (lane.task?.group === group) drop(lane);
    forget(group);
    group.reject(error);
  };

  const drop = (lane: Lane): Promise<number> => {
    lanes.delete(lane);
    return lane.worker.terminate();
  };

  const bury = (lane: Lane, cause?: unknown): void => {
    if (!lanes.has(lane)) return;
    void drop(lane);
    if (lane.task) fail(lane.task.group, workerDied(cause));
    dispatch();
  };

  const forget = ({ dataIds }: Group): void => {
    for (const { worker, known } of lanes) {
      const held = [...dataIds.values()].filter((dataId) => known.delete(dataId));
      if (held.length > 0) worker.postMessage({ type: 'forget', dataIds: held } satisfies ToWorker);
    }
  };

  const dispatch = (): void => {
    const idle = [...lanes].filter((lane) => !lane.task);
    while (queue.length > 0) {
      const lane = idle.pop() ?? (lanes.size < threads ? startLane() : undefined);
      if (!lane) return;
      const task = queue.shift()!;
      try {
        give(lane, task);
      } catch (error) {
        // Something in the job is no plain data.
        lane.task = null;
        idle.push(lane);
        fail(task.group, error);
      }
    }
  };

  const give = (lane: Lane, task: Task): void => {
    const { id, params, data, stream, endsAt } = task.job;
    const dataId = task.group.dataIds.get(data)!;
    const post = (message: ToWorker): void => lane.worker.postMessage(message);
    lane.task = task;
    if (!lane.known.has(dataId)) post({ type: 'data', dataId, data });
    lane.known.add(dataId);
    post({ type: 'job', id, params, dataId, stream, endsAt });
    lane.worker.ref();
  };

  return {
    isWarm: () => lanes.size > 0,
    run: (jobs, onAnswer, spares) =>
      new Promise((resolve, reject) => {
        const dataIds = new Map(
          [...new Set(jobs.map(({ data }) => data))].map((data) => [data, nextDataId++]),
        );
        const group: Group = { dataIds, onAnswer, spares, resolve, reject, left: jobs.length };
        if (jobs.length === 0) return resolve();
        for (const [index, job] of jobs.entries()) queue.push({ job, index, group });
        dispatch();
      }),
    async stop(reason) {
      const groups = new Set(
        [...queue, ...[...lanes].flatMap(({ task }) => task ?? [])].map(({ group }) => group),
      );
      queue = [];
      const ended = [...lanes].map(drop);
      for (const group of groups) group.reject(reason);
      await Promise.all(ended);
    },
  };
}

function workerDied(cause: unknown): Error {
  const reason =
    (cause as { code?: string } | undefined)?.code ?? (cause as Error | undefined)?.name ?? 'it ended';
  return new UnavailableError(
    'work.worker',
    `training: a worker thread died (${reason}); start again with more memory or HOLDFAST_THREADS=1`,
    { reason },
    { cause },
  );
}
