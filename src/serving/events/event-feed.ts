/**
 * Tells what happens to all who listen at one process: one look at the sources for all of them, and only while
 * somebody listens. Whoever fell behind, or comes back with the id of the last event that was heard, reads on from the
 * tables until level with the others, so nobody's slowness costs memory and no event is left out or told twice.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import type { EventSource } from './event.ts';
import { formatPositions, type Positions } from './positions.ts';
import { isBehind, type Readers, readOn, type Step, settledIn, type ToldEvent } from './read-on.ts';

/** Some events, or none while nothing happens. */
export interface EventBatch {
  readonly events: readonly ToldEvent[];
  /** Behind the last event: nothing up to here is left to tell. */
  readonly id: string;
}

export interface EventFeed {
  readonly sources: readonly EventSource[];
  /**
   * Listens from now on, or from the positions of an earlier event, until the signal comes or the feed stops. The first
   * batch only says where it begins. Throws `events.full`, `serving.stopping`, or what the database says.
   */
  listen(after: Positions | null, signal: AbortSignal): Promise<AsyncIterable<EventBatch>>;
  readonly listeners: number;
  /** Ends every listener at once. */
  stop(): void;
}

export interface EventFeedOptions {
  readonly database: Database;
  readonly sources: readonly EventSource[];
  readonly mostListeners?: number;
  /** How often the sources are looked at. */
  readonly everyMs?: number;
  /** After so long without an event an empty batch is told. */
  readonly quietMs?: number;
}

export function eventFeed(options: EventFeedOptions): EventFeed {
  const { database, sources, mostListeners = 100, everyMs = 300, quietMs = 15_000 } = options;
  const readers: Readers = Object.fromEntries(sources.map((one) => [one.mark, one.open(database)]));
  const stopping = new AbortController();
  const wakers = new Set<() => void>();
  let listeners = 0;
  /** Counts the times that nobody listened any more: a look that began before such a time is void. */
  let epoch = 0;
  /** Up to where the newest look has read; null while nobody listens. */
  let here: Positions | null = null;
  let last: Step | null = null;
  let looking: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** True when there is more to look at than one look takes. */
  const look = async (): Promise<boolean> => {
    const begun = epoch;
    const settled = await settledIn(readers);
    if (!settled || begun !== epoch) return false;
    here ??= settled;
    if (!isBehind(here, settled)) return false;
    const step = await readOn(readers, here, settled);
    if (begun !== epoch) return false;
    last = step;
    here = step.to;
    for (const wake of wakers) wake();
    return isBehind(here, settled);
  };
  /** Begins now, also when a look is under way: that one may have seen too little. */
  const freshLook = async (): Promise<boolean> => {
    await looking?.catch(() => {});
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
  const lookAgain = (delayMs: number): void => {
    timer = setTimeout(async () => {
      const begun = epoch;
      // A database that is away for a while is asked again; listeners wait.
      const hasMore = await freshLook().catch(() => false);
      if (begun === epoch && !stopping.signal.aborted) lookAgain(hasMore ? 0 : everyMs);
    }, delayMs);
    timer.unref();
  };
  const leave = (): void => {
    listeners--;
    if (listeners > 0) return;
    clearTimeout(timer);
    epoch++;
    here = null;
    last = null;
  };
  const enter = async (after: Positions | null): Promise<Positions> => {
    if (stopping.signal.aborted) throw stopped();
    if (listeners >= mostListeners) {
      throw new UnavailableError(
        'events.full',
        `events: ${listeners} streams are open, at most ${mostListeners} may be; close one, or try again later`,
        { open: listeners, most: mostListeners },
      );
    }
    if (listeners++ === 0) lookAgain(everyMs);
    try {
      for (;;) {
        await freshLook();
        if (stopping.signal.aborted) throw stopped();
        if (here !== null) return startOf(after, here);
        await pause(10);
      }
    } catch (error) {
      leave();
      throw error;
    }
  };

  async function* batches(start: Positions, signal: AbortSignal): AsyncGenerator<EventBatch> {
    let at = start;
    yield { events: [], id: formatPositions(at) };
    while (!signal.aborted) {
      if (here !== null && isBehind(at, here)) {
        const step = last?.from === at ? last : await readPatiently(readers, at, here, signal);
        if (!step) return;
        // The very object of the shared look, so that the next one is recognised as following on.
        at = isSame(step.to, here) ? here : step.to;
        yield { events: step.events, id: formatPositions(at) };
      } else if (!(await woken(wakers, quietMs, signal)) && !signal.aborted) {
        yield { events: [], id: formatPositions(at) };
      }
    }
  }

  return {
    sources,
    async listen(after, signal) {
      const start = await enter(after);
      const ended = AbortSignal.any([signal, stopping.signal]);
      if (ended.aborted) leave();
      else ended.addEventListener('abort', leave, { once: true });
      return batches(start, ended);
    },
    get listeners() {
      return listeners;
    },
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}

const stopped = () =>
  new UnavailableError('serving.stopping', 'serving: the server is stopping; try again', {});

/** A source that the earlier event did not know yet begins now; one that is not known any more is left out. */
const startOf = (after: Positions | null, here: Positions): Positions =>
  after === null
    ? here
    : Object.fromEntries(Object.entries(here).map(([mark, now]) => [mark, after[mark] ?? now]));

const isSame = (a: Positions, b: Positions): boolean =>
  Object.entries(b).every(([mark, position]) => a[mark] === position);

const pauseAfterFailureMs = 1000;

/** Null when the signal came first. */
async function readPatiently(
  readers: Readers,
  at: Positions,
  there: Positions,
  signal: AbortSignal,
): Promise<Step | null> {
  while (!signal.aborted) {
    try {
      return await readOn(readers, at, there);
    } catch {
      await pause(pauseAfterFailureMs, undefined, { signal }).catch(() => {});
    }
  }
  return null;
}

/** True when woken, false when the time was over or the signal came. */
function woken(wakers: Set<() => void>, withinMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isWoken: boolean) => () => {
      wakers.delete(wake);
      clearTimeout(timer);
      signal.removeEventListener('abort', give);
      resolve(isWoken);
    };
    const wake = end(true);
    const give = end(false);
    const timer = setTimeout(give, withinMs);
    timer.unref();
    wakers.add(wake);
    signal.addEventListener('abort', give, { once: true });
    if (signal.aborted) give();
  });
}
