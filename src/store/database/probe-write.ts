/** Whether the database can be written now: a disk that is full still answers every question. */
import type { Database } from './database.ts';

const name = 'write-probe';

/** Writes one row over and over; throws what a customer's write would. */
export async function probeWrite({ db }: Pick<Database, 'db'>, now: number): Promise<void> {
  await db
    .insertInto('lease')
    .values({ name, holder: name, expires_at: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ expires_at: now }))
    .execute();
}
