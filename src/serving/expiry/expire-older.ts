/** Clears all that is older than the periods allow, and tells the history when that was anything. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../store/database/database.ts';
import { appendHistory } from '../../store/history.ts';
import type { Acting } from '../../store/keys.ts';
import { type Expiring, expirePiece } from './expire.ts';
import { dayMs, type Periods } from './periods.ts';

export interface Expired {
  /** Rows of the log whose values, and whose ids, were removed. */
  readonly values: number;
  readonly ids: number;
  /** Outcomes that were looked at; those that named a customer were removed. */
  readonly outcomes: number;
}

/** `goOn` is asked before each piece; false ends the work, which goes on another time. */
export async function expireOlder(
  database: Database,
  { valuesDays, idsDays }: Periods,
  { actor, now }: Acting,
  goOn: () => Promise<boolean> | boolean = () => true,
): Promise<Expired> {
  const cleared = { values: 0, ids: 0, outcomes: 0 };
  const clear = async (what: Expiring, days: number | null): Promise<void> => {
    if (days === null) return;
    const before = now - days * dayMs;
    while (await goOn()) {
      const rows = await expirePiece(database, { what, before, now });
      if (rows === 0) return;
      cleared[what] += rows;
      // Requests come first.
      await nextTurn();
    }
  };
  await clear('values', valuesDays);
  await clear('ids', idsDays);
  await clear('outcomes', idsDays);
  if (cleared.values + cleared.ids + cleared.outcomes > 0)
    await database.transaction((db) =>
      appendHistory(db, {
        at: now,
        actor,
        event: 'log.expired',
        subject: 'prediction-log',
        details: { valuesDays, idsDays, ...cleared },
      }),
    );
  return cleared;
}
