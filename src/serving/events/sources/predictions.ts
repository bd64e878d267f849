/** Customers of high risk, from the prediction log: what customers were answered, not shadows and not lists. */
import type { Band } from '../../../evaluation/bands.ts';
import type { RegistryTables } from '../../../registry/tables.ts';
import { withPredictions } from '../../log/tables.ts';
import { defineEventSource } from '../event.ts';
import { settledPredictions } from '../settled-predictions.ts';

/** Rows of the log that one read passes over, so that a read is short however few of them are events. */
const longestWalk = 20_000;
const pageSize = 500;
const highest: Band = 'high';

export const predictions = defineEventSource({
  id: 'predictions',
  mark: 'p',
  types: [
    {
      type: 'prediction.high-risk',
      about: 'A customer was scored in the highest band; never the values of the customer.',
    },
  ],
  open: (database) => ({
    settled: settledPredictions(database),
    async read(after, upTo) {
      const until = Math.min(upTo, after + longestWalk);
      const rows = await withPredictions(database.db)
        .withTables<RegistryTables>()
        .selectFrom('prediction')
        .leftJoin('model_version', 'model_version.model_id', 'prediction.model_id')
        .select([
          'prediction.seq',
          'prediction.request_id',
          'prediction.row_index',
          'prediction.at',
          'prediction.customer_id',
          'prediction.score',
          'prediction.band',
          'prediction.certainty',
          'prediction.slot',
          'prediction.model_id',
          'prediction.model_label',
          'model_version.name',
          'model_version.version',
        ])
        .where('prediction.seq', '>', after)
        .where('prediction.seq', '<=', until)
        .where('prediction.band', '=', highest)
        .where('prediction.source', '=', 'api')
        .where('prediction.slot', 'in', ['live', 'canary'])
        .orderBy('prediction.seq')
        .limit(pageSize)
        .execute();
      return {
        events: rows.map((row) => ({
          type: 'prediction.high-risk',
          position: row.seq,
          at: row.at,
          models: [row.model_id, row.model_label, ...(row.name === null ? [] : [row.name])],
          data: {
            requestId: row.request_id,
            index: row.row_index,
            id: row.customer_id,
            churnProbability: row.score,
            band: row.band,
            certainty: row.certainty,
            slot: row.slot,
            model: { id: row.model_id, name: row.name, version: row.version, label: row.model_label },
          },
        })),
        position: rows.length === pageSize ? rows.at(-1)!.seq : until,
      };
    },
  }),
});
