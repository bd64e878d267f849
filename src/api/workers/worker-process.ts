/** One worker as the supervisor sees it: started, ready, asked for its metrics, gone. */
import cluster, { type Worker } from 'node:cluster';
import { HoldfastError, UnavailableError } from '../../base/errors.ts';
import type { MetricsJson } from '../metrics/metrics.ts';
import { endOf, endWithin, tell } from './child.ts';
import { closeWhatIsLost } from './handed-over.ts';
import type { FromWorker, ReadyMessage, ToWorker, WorkerOrder } from './messages.ts';

export interface WorkerProcess {
  readonly number: number;
  readonly pid: number;
  /** Resolves when it listens; rejects with what it said, or when it ends before that. */
  readonly ready: Promise<ReadyMessage>;
  /** How it ended. */
  readonly gone: Promise<string>;
  readonly startedAt: number;
  /** Asks it; what it last told when it does not answer within this time. */
  metrics(withinMs: number): Promise<MetricsJson>;
  /** What it last told. */
  readonly lastMetrics: MetricsJson;
  tell(message: ToWorker): void;
  /** Asks it to end one way or the other, and sees to it that it does. */
  end(how: 'stop' | 'leave', withinMs: number): Promise<void>;
}

/** `gather`: gives the metrics of all workers to the one that asks. */
export function startWorker(
  order: WorkerOrder,
  gather: () => Promise<readonly MetricsJson[]>,
): WorkerProcess {
  cluster.setupPrimary({ args: [JSON.stringify(order)] });
  const worker: Worker = cluster.fork();
  const child = worker.process;
  closeWhatIsLost(child);
  const gone = endOf(child);
  const asked = new Map<number, (metrics: MetricsJson) => void>();
  let asks = 0;
  let lastMetrics: MetricsJson = [];
  let isReady = false;
  const send = (message: ToWorker): void => tell(child, message);

  const ready = new Promise<ReadyMessage>((resolve, reject) => {
    worker.on('message', async (message: FromWorker) => {
      if (message.kind === 'ready') {
        isReady = true;
        resolve(message);
      } else if (message.kind === 'failed')
        reject(new HoldfastError(message.code, message.message, message.fields));
      else if (message.kind === 'gather') send({ kind: 'gathered', ask: message.ask, all: await gather() });
      else {
        lastMetrics = message.metrics;
        if (message.ask !== null) asked.get(message.ask)?.(lastMetrics);
      }
    });
    void gone.then((end) => reject(endedAtStart(end)));
  });
  // Who starts it waits for it; that it ends later is told by `gone`.
  ready.catch(() => {});
  // A handle that can't be passed on to a worker that is just ending: the supervisor gives it to another.
  worker.on('error', () => {});

  return {
    number: order.number,
    pid: child.pid ?? 0,
    ready,
    gone,
    startedAt: performance.now(),
    get lastMetrics() {
      return lastMetrics;
    },
    metrics(withinMs) {
      if (!isReady) return Promise.resolve(lastMetrics);
      const ask = asks++;
      return new Promise((resolve) => {
        const give = (metrics: MetricsJson): void => {
          clearTimeout(timer);
          asked.delete(ask);
          resolve(metrics);
        };
        const timer = setTimeout(() => give(lastMetrics), withinMs);
        asked.set(ask, give);
        void gone.then(() => give(lastMetrics));
        send({ kind: 'metrics', ask });
      });
    },
    tell: send,
    async end(how, withinMs) {
      send({ kind: how });
      await endWithin(child, withinMs);
    },
  };
}

const endedAtStart = (end: string): Error =>
  new UnavailableError(
    'serving.workers',
    `serve: a worker ended before it could answer (${end}); look at what it said above`,
    { end },
  );
