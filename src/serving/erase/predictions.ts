/**
 * The rows of the prediction log. What a model answered stays, so that its history is whole; whom it answered goes,
 * with the hash that tells equal customers.
 */
import { defineErasePlace } from '../../store/erase/erase-place.ts';
import { withPredictions } from '../log/tables.ts';
import { predictionValuesPlace } from './prediction-values.ts';

export const predictionsPlace = defineErasePlace({
  id: 'predictions',
  about: 'predictions (the scores stay, without id and hash of values)',
  tables: ['prediction'],
  async count(db, customerId) {
    const { count } = await withPredictions(db)
      .selectFrom('prediction')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('customer_id', '=', customerId)
      .executeTakeFirstOrThrow();
    return count;
  },
  async erase(db, customerId, limit) {
    const rows = await withPredictions(db)
      .selectFrom('prediction')
      .select('seq')
      .where('customer_id', '=', customerId)
      .limit(limit)
      .execute();
    if (rows.length === 0) return 0;
    // Of predictions that came after their values were looked for: without the id nobody would find those again.
    while ((await predictionValuesPlace.erase(db, customerId, limit)) > 0);
    await withPredictions(db)
      .updateTable('prediction')
      .set({ customer_id: null, features_hash: null })
      .where(
        'seq',
        'in',
        rows.map(({ seq }) => seq),
      )
      .execute();
    return rows.length;
  },
});
