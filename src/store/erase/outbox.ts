/** Messages to the outside that name the customer and have not been sent: they are not sent any more. */
import type { Kysely } from 'kysely';
import type { StoreTables } from '../database/tables.ts';
import { defineErasePlace } from './erase-place.ts';
import { namesCustomer } from './names-customer.ts';

export const outboxPlace = defineErasePlace({
  id: 'outbox',
  about: 'messages not sent yet',
  tables: ['outbox'],
  count: async (db, customerId) => (await idsOf(db, customerId)).length,
  async erase(db, customerId, limit) {
    const ids = (await idsOf(db, customerId)).slice(0, limit);
    if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute();
    return ids.length;
  },
});

const pageSize = 500;

/** O(messages that wait). */
async function idsOf(db: Kysely<StoreTables>, customerId: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('outbox')
      .select(['id', 'idempotency_key', 'payload'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    for (const { id, idempotency_key, payload } of page)
      if (idempotency_key === customerId || namesCustomer(payload, customerId)) found.push(id);
    if (page.length < pageSize) return found;
    after = page.at(-1)!.id;
  }
}
