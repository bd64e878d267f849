/** The process that owns the writing connection to SQLite, as the supervisor keeps it alive. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HoldfastError, UnavailableError } from '../../base/errors.ts';
import { moduleUrl } from '../../base/module-url.ts';
import type { ServerLog } from '../log.ts';
import { endOf, endWithin, pauseBefore, settledMs, tell } from './child.ts';
import type { FailedMessage } from './messages.ts';

export interface WriterProcess {
  readonly address: string;
  /** How often it was started again. */
  readonly restarts: number;
  /** Lets it write what it has, and ends it. */
  stop(withinMs: number): Promise<void>;
}

/** What its process is started with: the one argument, as JSON. */
export interface WriterOrders {
  /** A migrated database file. */
  readonly path: string;
  readonly address: string;
}

/** Listens when it resolves. */
export async function startWriterProcess(path: string, log: ServerLog): Promise<WriterProcess> {
  const isPipe = process.platform === 'win32';
  // The folder is this user's alone, and so is the socket in it.
  const folder = isPipe ? null : mkdtempSync(join(tmpdir(), 'holdfast-'));
  const address = folder ? join(folder, 'writer.sock') : `\\\\.\\pipe\\holdfast-${randomUUID()}`;
  let isStopping = false;
  let restarts = 0;
  let failures = 0;

  const start = async (): Promise<ChildProcess> => {
    const child = fork(fileURLToPath(moduleUrl('./writer.ts', import.meta.url)), [
      JSON.stringify({ path, address } satisfies WriterOrders),
    ]);
    await new Promise<void>((resolve, reject) => {
      child.once('message', (message: 'ready' | FailedMessage) =>
        message === 'ready'
          ? resolve()
          : reject(new HoldfastError(message.code, message.message, message.fields)),
      );
      void endOf(child).then((end) => reject(endedAtStart(end)));
    });
    const startedAt = performance.now();
    void endOf(child).then((end) => {
      if (isStopping) return;
      failures = performance.now() - startedAt < settledMs ? failures + 1 : 0;
      log.trouble('writer.ended', { pid: child.pid ?? 0, end });
      void restart();
    });
    return child;
  };
  const restart = async (): Promise<void> => {
    for (; !isStopping; failures++) {
      await pause(pauseBefore(failures));
      if (isStopping) return;
      try {
        current = await start();
        // It was asked to end while this one began.
        if (isStopping) return tell(current, 'stop');
        restarts++;
        log.event('writer.started', { pid: current.pid ?? 0 });
        return;
      } catch (error) {
        log.trouble('writer.failed', {
          code: error instanceof HoldfastError ? error.code : 'internal.defect',
        });
      }
    }
  };

  const removeFolder = (): void => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
  let current: ChildProcess;
  try {
    current = await start();
  } catch (error) {
    removeFolder();
    throw error;
  }
  return {
    address,
    get restarts() {
      return restarts;
    },
    async stop(withinMs) {
      isStopping = true;
      tell(current, 'stop');
      await endWithin(current, withinMs);
      removeFolder();
    },
  };
}

const endedAtStart = (end: string): Error =>
  new UnavailableError(
    'serving.workers',
    `serve: the process that writes the log ended before it could begin (${end}); look at what it said above`,
    { end },
  );
