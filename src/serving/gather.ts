/**
 * Gathers what arrives within a few milliseconds and does it as one piece: one call of the model and one
 * transaction for many requests.
 *
 * A piece begins when the one before has ended and its first item has waited `waitMs`, or when it is full. The
 * number of items inside is bounded: past `mostWaiting` a new one is refused at once, so a slow disk makes
 * callers wait elsewhere and memory stays what it is.
 */
import { UnavailableError } from '../base/errors.ts';

export interface GatherOptions<Item> {
  /** How long the first item of a piece waits for others. 0: until this turn of the event loop ends. */
  readonly waitMs: number;
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
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** `work` gives a result for each item, in order; when it throws, every item of the piece is rejected with that. */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  options: GatherOptions<Item>,
): Gatherer<Item, Result> {
  const { waitMs, mostInPiece, mostWaiting, weigh = () => 1, endsAll = () => false } = options;
  let queue: Inside<Item, Result>[] = [];
  let waiting = 0;
  let isWorking = false;
  let isTimed = false;
  let idle: (() => void)[] = [];

  const start = (): void => {
    isTimed = false;
    if (!isWorking && queue.length > 0) void run();
  };

  const run = async (): Promise<void> => {
    isWorking = true;
    while (queue.length > 0) {
      const piece = takePiece(queue, mostInPiece);
      queue = queue.slice(piece.length);
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
    }
    isWorking = false;
    for (const resolve of idle) resolve();
    idle = [];
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
      return new Promise<Result>((resolve, reject) => {
        queue.push({ item, weight, resolve, reject });
        if (isWorking || isTimed) return;
        isTimed = true;
        if (waitMs === 0) setImmediate(start);
        else setTimeout(start, waitMs);
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
