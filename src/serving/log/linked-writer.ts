/**
 * A log writer whose writing is done elsewhere, in a thread or a process that can die. Whoever waits then is told at
 * once, and so is whoever comes until it is back; looking for it goes on for as long as the server runs.
 */
import { type CodeOf, UnavailableError } from '../../base/errors.ts';
import type { LogWriter, WriteOutcome } from './log-writer.ts';
import { packEntries, type WriteOrder, type WriteReceipt } from './write-order.ts';

/** An open way to whoever writes. */
export interface WriterLink {
  send(order: WriteOrder): void;
  /** Ends when the other side has written what it took. */
  close(): Promise<void>;
}

export interface LinkListener {
  receipt(receipt: WriteReceipt): void;
  /** The other side has ended; told at most once, and never before the link is open. */
  gone(cause?: unknown): void;
}

export type OpenLink = (listener: LinkListener) => Promise<WriterLink>;

export interface LinkedLogWriter extends LogWriter {
  /** False while what writes is away; writing is refused then. */
  readonly isThere: boolean;
}

/** Pauses between attempts to find it again: doubling from the first to the longest. */
const firstPauseMs = 25;
const longestPauseMs = 1000;

interface Waiting {
  resolve(outcome: WriteOutcome): void;
  reject(error: unknown): void;
}

/** Ready to write when it resolves; rejects when the first attempt fails. */
export async function linkedLogWriter(open: OpenLink): Promise<LinkedLogWriter> {
  const waiting = new Map<number, Waiting>();
  let orders = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const receipt = ({ order, error, repeated }: WriteReceipt): void => {
    const one = waiting.get(order);
    waiting.delete(order);
    if (error) one?.reject(new UnavailableError(error.code as CodeOf<'UnavailableError'>, error.message));
    else one?.resolve({ repeated: new Set(repeated) });
  };
  const tellWaiting = (cause?: unknown): void => {
    for (const { reject } of waiting.values()) reject(writerAway(cause));
    waiting.clear();
  };
  const gone = (cause?: unknown): void => {
    link = null;
    tellWaiting(cause);
    lookAgain(firstPauseMs);
  };
  const lookAgain = (pauseMs: number): void => {
    if (isClosed) return;
    timer = setTimeout(async () => {
      try {
        const found = await open({ receipt, gone });
        if (isClosed) await found.close();
        else link = found;
      } catch {
        lookAgain(Math.min(2 * pauseMs, longestPauseMs));
      }
    }, pauseMs).unref();
  };

  let link: WriterLink | null = await open({ receipt, gone });
  return {
    get isThere() {
      return link !== null;
    },
    write: (entries) =>
      new Promise((resolve, reject) => {
        if (link === null) return reject(writerAway());
        const order = orders++;
        waiting.set(order, { resolve, reject });
        link.send({ order, entries: packEntries(entries) });
      }),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await link?.close();
      tellWaiting();
    },
  };
}

const writerAway = (cause?: unknown) =>
  new UnavailableError(
    'store.unavailable',
    'database holdfast.db: what writes the log has ended and is being started again; try again in a second',
    {},
    { cause },
  );
