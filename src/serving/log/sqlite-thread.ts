/** The thread that owns the writing connection: waiting for the disk holds no request. */
import { parentPort, workerData } from 'node:worker_threads';
import type { HoldfastError } from '../../base/errors.ts';
import { databaseError } from '../../store/database/database-error.ts';
import { openSqliteFile } from '../../store/database/sqlite-file.ts';
import type { LogEntry } from './log-writer.ts';
import { sqliteInserts } from './sqlite-inserts.ts';

/** A batch to write. */
export interface WriteOrder {
  readonly order: number;
  readonly entries: readonly LogEntry[];
}

/** What became of it; `error` in parts, since an error loses its class between threads. */
export interface WriteReceipt {
  readonly order: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const { path } = workerData as { readonly path: string };
const file = openSqliteFile(path, 5000);
const insert = sqliteInserts(file);

parentPort!.on('message', (message: WriteOrder | 'close') => {
  if (message === 'close') {
    file.close();
    parentPort!.close();
    return;
  }
  parentPort!.postMessage({ order: message.order, error: attempt(message.entries) } satisfies WriteReceipt);
});
parentPort!.postMessage('ready');

function attempt(entries: readonly LogEntry[]): WriteReceipt['error'] {
  try {
    insert(entries);
    return null;
  } catch (cause) {
    const { code, message }: HoldfastError = databaseError('holdfast.db', cause);
    return { code, message };
  }
}
