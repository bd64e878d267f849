/** Jobs that were asked for by naming the customer: their arguments and results. One that still waits fails then. */
import type { Kysely } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';
import { defineErasePlace } from '../../store/erase/erase-place.ts';
import { namesCustomer } from '../../store/erase/names-customer.ts';
import { withJobs } from '../jobs/tables.ts';

export const jobsPlace = defineErasePlace({
  id: 'jobs',
  about: 'jobs (their arguments and results)',
  tables: ['job'],
  count: async (db, customerId) => (await placesOf(db, customerId)).length,
  async erase(db, customerId, limit) {
    const places = (await placesOf(db, customerId)).slice(0, limit);
    if (places.length > 0)
      await withJobs(db)
        .updateTable('job')
        .set({ args: '{}', result: null })
        .where('seq', 'in', places)
        .execute();
    return places.length;
  },
});

const pageSize = 500;

/** O(jobs). */
async function placesOf(db: Kysely<StoreTables>, customerId: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (let after = 0; ; ) {
    const page = await withJobs(db)
      .selectFrom('job')
      .select(['seq', 'args', 'result'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    for (const { seq, args, result } of page)
      if (namesCustomer(args, customerId) || (result !== null && namesCustomer(result, customerId)))
        found.push(seq);
    if (page.length < pageSize) return found;
    after = page.at(-1)!.seq;
  }
}
