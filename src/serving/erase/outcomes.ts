/** What became of the customer, told under the id or for one of the predictions. Before `predictions`, as those are. */
import type { Kysely } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';
import { defineErasePlace } from '../../store/erase/erase-place.ts';
import { withOutcomes } from '../outcomes/tables.ts';

export const outcomesPlace = defineErasePlace({
  id: 'outcomes',
  about: 'outcomes',
  tables: ['outcome'],
  async count(db, customerId) {
    const { count } = await withOutcomes(db)
      .selectFrom(outcomesOf(db, customerId).as('found'))
      .select((one) => one.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  },
  async erase(db, customerId, limit) {
    const rows = await outcomesOf(db, customerId).limit(limit).execute();
    if (rows.length > 0)
      await withOutcomes(db)
        .deleteFrom('outcome')
        .where(
          'seq',
          'in',
          rows.map(({ seq }) => seq),
        )
        .execute();
    return rows.length;
  },
});

/** Two looks into indexes, each outcome once. */
const outcomesOf = (db: Kysely<StoreTables>, customerId: string) =>
  withOutcomes(db)
    .selectFrom('outcome')
    .where('outcome.customer_id', '=', customerId)
    .select('outcome.seq')
    .union(
      withOutcomes(db)
        .selectFrom('prediction')
        .innerJoin('outcome', (join) =>
          join
            .onRef('outcome.request_id', '=', 'prediction.request_id')
            .onRef('outcome.row_index', '=', 'prediction.row_index'),
        )
        .where('prediction.customer_id', '=', customerId)
        .select('outcome.seq'),
    );
