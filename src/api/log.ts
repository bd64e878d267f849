/**
 * The server's own log: one JSON line for an event on standard error, by the level of HOLDFAST_LOG_LEVEL.
 *
 * A line names request, route, status, time and the key's id. It never holds a body, an address with its query, a
 * customer's value, a key or the text of an unexpected error, which may quote any of them.
 */
import { type DestinationStream, pino } from 'pino';
import type { Clock } from '../base/clock.ts';
import { HoldfastError, ParamError } from '../base/errors.ts';
import { listNames, printable } from '../base/text.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a request was and how it ended. */
export interface RequestLine {
  readonly requestId: string;
  /** Id of the route; null for an address that nothing answers. */
  readonly route: string | null;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
  readonly keyId: string | null;
}

export interface ServerLog {
  /** A line a request, at level info. */
  answered(line: RequestLine): void;
  /** Why a request failed through no fault of its own. */
  failed(requestId: string, status: number, error: unknown): void;
  /** Something that happened to the server itself. */
  event(name: string, facts: Readonly<Record<string, string | number>>): void;
  /** Something that should not have happened to the server, and what was done about it is its business. */
  trouble(name: string, facts: Readonly<Record<string, string | number>>): void;
  /** Writes what is still in memory. */
  close(): void;
}

export const silentLog: ServerLog = {
  answered: () => {},
  failed: () => {},
  event: () => {},
  trouble: () => {},
  close: () => {},
};

/** The level of the environment; `warn` where nothing is said. */
export function logLevelOf(env: Readonly<Record<string, string | undefined>>): LogLevel {
  const text = env.HOLDFAST_LOG_LEVEL;
  if (text === undefined || text === '') return 'warn';
  const level = logLevels.find((one) => one === text);
  if (level) return level;
  throw new ParamError(
    'usage.argument',
    `HOLDFAST_LOG_LEVEL must be one of ${listNames(logLevels)}, got ${printable(text)}; unset it for warn`,
    { option: 'HOLDFAST_LOG_LEVEL' },
  );
}

/** When who reads standard error is slow, at most this much waits in memory, bytes; lines beyond are dropped. */
const mostWaiting = 8 * 1024 * 1024;

/** `to`: standard error unless given. */
export function serverLog(level: LogLevel, clock: Clock, to?: DestinationStream): ServerLog {
  const stream = to ?? pino.destination({ dest: 2, sync: false, maxLength: mostWaiting });
  const log = pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    },
    stream,
  );
  const sameReason = onceASecond(clock);
  return {
    answered: (line) => log.info(line, 'answered'),
    failed(requestId, status, error) {
      const code = error instanceof HoldfastError ? error.code : 'internal.defect';
      const isDefect = code === 'internal.defect';
      const line = { requestId, status, code, ...(isDefect && { stack: placesOf(error) }) };
      if (isDefect) return log.error(line, 'defect');
      const untold = sameReason(code);
      if (untold === null) return;
      // Its sentence is ours: it names what is missing, never a value.
      const { message: reason } = error as HoldfastError;
      log.warn({ ...line, reason, ...(untold > 0 && { untold }) }, 'unavailable');
    },
    event: (name, facts) => log.info(facts, name),
    trouble: (name, facts) => log.warn(facts, name),
    close() {
      if (!to) (stream as ReturnType<typeof pino.destination>).flushSync();
    },
  };
}

const tellEveryMs = 1000;

/**
 * While something is away every request fails for the same reason: it is told once a second. Gives how many were not
 * told since the last, or null for one that is not told either.
 */
function onceASecond(clock: Clock): (code: string) => number | null {
  const told = new Map<string, { readonly at: number; untold: number }>();
  return (code) => {
    const now = clock.now();
    const last = told.get(code);
    // A clock that was set back must not silence it.
    if (last && now >= last.at && now - last.at < tellEveryMs) {
      last.untold++;
      return null;
    }
    told.set(code, { at: now, untold: 0 });
    return last?.untold ?? 0;
  };
}

/** Where an error came from, without its text. */
function placesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...places.map((line) => line.trim())].slice(0, 20);
}
