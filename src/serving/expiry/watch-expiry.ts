/**
 * Sees to it that a running server keeps nothing longer than its periods: at the start and every hour, in one process
 * of those that share the database.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { HoldfastError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import { releaseLease, takeLease } from '../../store/lease.ts';
import { type Expired, expireOlder } from './expire-older.ts';
import type { Periods } from './periods.ts';

export interface ExpiryWatchOptions {
  readonly database: Database;
  readonly periods: Periods;
  readonly clock: Clock;
  readonly everyMs?: number;
  /** Hears what was cleared, when that was anything. */
  readonly told: (expired: Expired) => void;
  /** Hears the code of what went wrong; the next round tries again. */
  readonly failed: (code: string) => void;
}

export interface ExpiryWatch {
  /** Ends after the piece that is under way. */
  stop(): Promise<void>;
}

const leaseMs = 60_000;
const actor = 'expiry';

export function watchExpiry(options: ExpiryWatchOptions): ExpiryWatch {
  const { database, periods, clock, told, failed, everyMs = 3_600_000 } = options;
  if (periods.valuesDays === null && periods.idsDays === null) return { stop: async () => {} };
  const holder = randomUUID();
  let isStopping = false;
  let round: Promise<void> | null = null;
  const lead = async (): Promise<boolean> =>
    !isStopping &&
    (await takeLease(database, { name: 'expiry', holder, now: clock.now(), lengthMs: leaseMs }));
  const look = async (): Promise<void> => {
    try {
      const expired = await expireOlder(database, periods, { actor, now: clock.now() }, lead);
      if (expired.values + expired.ids + expired.outcomes > 0) told(expired);
      await releaseLease(database, 'expiry', holder);
    } catch (error) {
      failed(error instanceof HoldfastError ? error.code : 'internal.defect');
    }
  };
  const begin = (): void => {
    round ??= look().finally(() => {
      round = null;
    });
  };
  begin();
  const timer = setInterval(begin, everyMs).unref();
  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await round;
    },
  };
}
