/** The values that the log keeps of a customer. Before `predictions`: those rows say which values are whose. */
import type { Kysely } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';
import { defineErasePlace } from '../../store/erase/erase-place.ts';
import { withPredictions } from '../log/tables.ts';

export const predictionValuesPlace = defineErasePlace({
  id: 'prediction-values',
  about: 'sets of logged values',
  tables: ['prediction_values'],
  async count(db, customerId) {
    const { count } = await withPredictions(db)
      .selectFrom(valuesOf(db, customerId).as('found'))
      .select((one) => one.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  },
  async erase(db, customerId, limit) {
    const rows = await valuesOf(db, customerId).limit(limit).execute();
    for (const { request_id, row_index } of rows)
      await withPredictions(db)
        .deleteFrom('prediction_values')
        .where('request_id', '=', request_id)
        .where('row_index', '=', row_index)
        .execute();
    return rows.length;
  },
});

/** Each once: a shadow's row stands beside the answer's, of the same values. From the index of customers. */
const valuesOf = (db: Kysely<StoreTables>, customerId: string) =>
  withPredictions(db)
    .selectFrom('prediction')
    .innerJoin('prediction_values', (join) =>
      join
        .onRef('prediction_values.request_id', '=', 'prediction.request_id')
        .onRef('prediction_values.row_index', '=', 'prediction.row_index'),
    )
    .where('prediction.customer_id', '=', customerId)
    .select(['prediction_values.request_id', 'prediction_values.row_index'])
    .distinct();
