/** The log in SQLite, written by a thread of its own. */
import { Worker } from 'node:worker_threads';
import { type CodeOf, UnavailableError } from '../../base/errors.ts';
import { moduleUrl } from '../../base/module-url.ts';
import type { LogWriter } from './log-writer.ts';
import type { WriteReceipt } from './sqlite-thread.ts';

/** `path`: a migrated database file. Ready to write when it resolves. */
export async function sqliteLogWriter(path: string): Promise<LogWriter> {
  const worker = new Worker(moduleUrl('./sqlite-thread.ts', import.meta.url), {
    workerData: { path },
    // Batches live for milliseconds; room for more of them is memory and no time.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const open = new Map<number, { resolve(): void; reject(error: unknown): void }>();
  let orders = 0;
  let ended: Error | null = null;

  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  const fail = (cause?: unknown): void => {
    ended = new UnavailableError(
      'store.unavailable',
      'database holdfast.db: its writing thread has ended; start again',
      {},
      { cause },
    );
    for (const { reject } of open.values()) reject(ended);
    open.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail());
  worker.on('message', ({ order, error }: WriteReceipt) => {
    const waiting = open.get(order);
    open.delete(order);
    if (error) waiting?.reject(new UnavailableError(error.code as CodeOf<'UnavailableError'>, error.message));
    else waiting?.resolve();
  });
  return {
    write: (entries) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const order = orders++;
        open.set(order, { resolve, reject });
        worker.postMessage({ order, entries });
      }),
    async close() {
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      if (ended) return;
      worker.postMessage('close');
      await exited;
    },
  };
}
