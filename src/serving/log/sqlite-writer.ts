/** The log in SQLite, written by a thread of its own that is started again when it ends. */
import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../../base/module-url.ts';
import {
  type LinkedLogWriter,
  type LinkListener,
  linkedLogWriter,
  type WriterLink,
} from './linked-writer.ts';
import type { WriteReceipt } from './write-order.ts';

/** `path`: a migrated database file. Ready to write when it resolves. */
export const sqliteLogWriter = (path: string): Promise<LinkedLogWriter> =>
  linkedLogWriter((listener) => threadLink(path, listener));

export async function threadLink(
  path: string,
  { receipt, gone }: LinkListener,
): Promise<WriterLink & { readonly thread: Worker }> {
  const thread = new Worker(moduleUrl('./sqlite-thread.ts', import.meta.url), {
    workerData: { path },
    // Batches live for milliseconds; room for more of them is memory and no time.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
    thread.once('exit', reject);
  });
  let cause: unknown;
  let isClosing = false;
  thread.on('error', (error) => {
    cause = error;
  });
  // Comes after every receipt that the thread has sent.
  thread.once('exit', () => {
    if (!isClosing) gone(cause);
  });
  thread.on('message', (one: WriteReceipt) => receipt(one));
  return {
    thread,
    send: (order) => thread.postMessage(order),
    async close() {
      isClosing = true;
      const exited = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('close');
      await exited;
    },
  };
}
