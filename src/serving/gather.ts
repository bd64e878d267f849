/**
 * Gathers what arrives within a few milliseconds and does it as one piece: one call of the model and one
 * transaction for many requests.
 *
 * A piece begins when the one before has ended and either its first item has waited `waitMs` or nobody else has come for
 * `quietMs`: under load many are done at once, and one who is alone does not wait for a crowd. The
 * number of items inside is bounded: past `mostWaiting` a new one is refused at once, so a slow disk makes
 * callers wait elsewhere and memory stays what it is.
 */
import { UnavailableError } from '../base/errors.ts';

export interface GatherOptions<Item> {
  /** How long the first item of a piece waits for others. 0: until this turn of the event loop ends. */
  readonly waitMs: number;
  /** How long a piece waits for the next item; `waitMs` by default. */
  readonly quietMs?: number;
  /** Weight at which a piece is full. */
  readonly mostInPiece: number;
  /** Weight of all that is inside at which new items are refused. */
  readonly mostWaiting: number;
  /** How much an item counts; 1 by default. */
  weigh?(item: Item): number;
  /** Whether all that waits ends with this error of a piece: it would fail as well, only later. */
  endsAll?(error: unknown): boolean;
}

export interface Gatherer<Item, Result> {
  /** Resolves with the item's own result; rejects with `serving.busy` when too much waits. */
  add(item: Item): Promise<Result>;
  /** Weight of what is inside. */
  readonly waiting: number;
  /** Ends when everything inside has ended. */
  drain(): Promise<void>;
}

interface Inside<Item, Result> {
  readonly item: Item;
  readonly weight: number;
  /** When it came, of `performance.now()`. */
  readonly atMs: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** `work` gives a result for each item, in order; when it throws, every item of the piece is rejected with that. */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  options: GatherOptions<Item>,
): Gatherer<Item, Result> {
  const { waitMs, mostInPiece, mostWaiting, weigh = () => 1, endsAll = () => false } = options;
  const quietMs = Math.min(options.quietMs ?? waitMs, waitMs);
  let queue: Inside<Item, Result>[] = [];
  let waiting = 0;
  let isWorking = false;
  let timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  let lastMs = 0;
  let idle: (() => void)[] = [];

  /** Begins the next piece, now or when it is time. One timer a piece: most items pass without touching it. */
  const begin = (): void => {
    if (isWorking || queue.length === 0) return;
    const isFull = waiting >= mostInPiece;
    if (timer !== null && !isFull) return;
    const leftMs = Math.min(lastMs + quietMs, queue[0]!.atMs + waitMs) - performance.now();
    // Timers count in whole milliseconds.
    if (isFull || leftMs < 0.5) {
      if (timer !== null) clearTimeout(timer as NodeJS.Timeout);
      timer = null;
      void run(takePiece(queue, mostInPiece));
      return;
    }
    timer = setTimeout(timed, leftMs);
  };
  const timed = (): void => {
    timer = null;
    begin();
  };

  const run = async (piece: Inside<Item, Result>[]): Promise<void> => {
    queue = queue.slice(piece.length);
    isWorking = true;
    try {
      const results = await work(piece.map(({ item }) => item));
      for (const [i, { resolve }] of piece.entries()) resolve(results[i]!);
    } catch (error) {
      if (endsAll(error)) {
        piece.push(...queue);
        queue = [];
      }
      for (const { reject } of piece) reject(error);
    }
    for (const { weight } of piece) waiting -= weight;
    isWorking = false;
    if (waiting === 0) {
      for (const resolve of idle) resolve();
      idle = [];
    }
    begin();
  };

  return {
    get waiting() {
      return waiting;
    },
    add(item) {
      const weight = weigh(item);
      // A single item above the limit is let in when nothing else waits: it could never enter otherwise.
      if (waiting > 0 && waiting + weight > mostWaiting) {
        return Promise.reject(
          new UnavailableError(
            'serving.busy',
            `serving: ${waiting} customers wait already, at most ${mostWaiting} may; try again in a second`,
            { waiting, most: mostWaiting },
          ),
        );
      }
      waiting += weight;
      lastMs = performance.now();
      return new Promise<Result>((resolve, reject) => {
        queue.push({ item, weight, atMs: lastMs, resolve, reject });
        if (waitMs > 0) begin();
        else if (!isWorking) timer ??= setImmediate(timed);
      });
    },
    drain: () => (waiting === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}

function takePiece<Item, Result>(
  queue: readonly Inside<Item, Result>[],
  most: number,
): Inside<Item, Result>[] {
  let weight = 0;
  let count = 0;
  while (count < queue.length) {
    weight += queue[count]!.weight;
    if (count > 0 && weight > most) break;
    count++;
  }
  return queue.slice(0, count);
}
