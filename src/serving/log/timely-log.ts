/**
 * A log that answers in time or not at all. While a write is overdue no other is begun: what can't be written must not
 * pile up behind it, and whoever asks is told at once. A write that was overdue may still reach the disk later; its
 * customers were refused, not answered.
 */
import { UnavailableError } from '../../base/errors.ts';
import type { LogWriter } from './log-writer.ts';

export interface TimelyLog extends Pick<LogWriter, 'write'> {
  /** What the last write ended with; null when it succeeded. */
  readonly failure: unknown;
}

/** How long an answer may wait for the log. */
const writeWithinMs = 5000;

export function timelyLog(log: Pick<LogWriter, 'write'>, withinMs: number = writeWithinMs): TimelyLog {
  let failure: unknown = null;
  let overdue = 0;
  return {
    get failure() {
      return failure;
    },
    write(entries) {
      if (overdue > 0) return Promise.reject(tooSlow(withinMs));
      return new Promise((resolve, reject) => {
        let isLate = false;
        const fail = (error: unknown): void => {
          failure = error;
          reject(error);
        };
        const timer = setTimeout(() => {
          isLate = true;
          overdue++;
          fail(tooSlow(withinMs));
        }, withinMs);
        const end = (): void => {
          clearTimeout(timer);
          if (isLate) overdue--;
        };
        log.write(entries).then(
          (outcome) => {
            end();
            failure = null;
            resolve(outcome);
          },
          (error: unknown) => {
            end();
            fail(error);
          },
        );
      });
    },
  };
}

const tooSlow = (limitMs: number): Error =>
  new UnavailableError(
    'store.unavailable',
    `prediction log: the database did not confirm within ${limitMs / 1000} s; check that it runs and can be reached, then try again`,
    { limitMs },
  );
