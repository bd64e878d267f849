/**
 * What only one process may do at a time: it holds a lease with an end, and renews it while it lives.
 *
 * The clocks of processes that share a database must agree within a fraction of the lease's length.
 */
import { sql } from 'kysely';
import type { Database } from './database/database.ts';

export interface LeaseRequest {
  readonly name: string;
  /** Unique to the process. */
  readonly holder: string;
  readonly now: number;
  readonly lengthMs: number;
}

/** Takes or renews the lease; false while another holder's lease lasts. One statement: two can't both get it. */
export async function takeLease({ db }: Pick<Database, 'db'>, request: LeaseRequest): Promise<boolean> {
  const { name, holder, now, lengthMs } = request;
  const taken = await db
    .insertInto('lease')
    .values({ name, holder, expires_at: now + lengthMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, expires_at: now + lengthMs })
        .where((one) => one.or([one('lease.holder', '=', holder), one('lease.expires_at', '<=', now)])),
    )
    .returning(sql<number>`1`.as('taken'))
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives the lease up, if it is still the holder's. */
export async function releaseLease(
  { db }: Pick<Database, 'db'>,
  name: string,
  holder: string,
): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute();
}
