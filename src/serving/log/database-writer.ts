/** The log in PostgreSQL: a few long statements in one transaction. */
import type { Database } from '../../store/database/database.ts';
import type { LogEntry, LogWriter } from './log-writer.ts';
import { withPredictions } from './tables.ts';

/** A statement takes at most 65,535 values. */
const rowsAStatement = 2000;

export function databaseLogWriter(database: Database): LogWriter {
  const db = withPredictions(database.db);
  return {
    async write(entries) {
      await db.transaction().execute(async (transaction) => {
        for (let from = 0; from < entries.length; from += rowsAStatement) {
          const part = entries.slice(from, from + rowsAStatement);
          await transaction.insertInto('prediction').values(part.map(rowOf)).execute();
          const values = part.filter(({ input }) => input !== null);
          if (values.length === 0) continue;
          await transaction
            .insertInto('prediction_values')
            .values(values.map((e) => ({ request_id: e.requestId, row_index: e.rowIndex, input: e.input! })))
            .execute();
        }
      });
    },
    close: async () => {},
  };
}

const rowOf = (e: LogEntry) => ({
  request_id: e.requestId,
  row_index: e.rowIndex,
  at: e.at,
  source: e.source,
  model_id: e.modelId,
  model_label: e.modelLabel,
  slot: e.slot,
  customer_id: e.customerId,
  features_hash: e.featuresHash,
  score: e.score,
  churn: e.churn === null ? null : Number(e.churn),
  band: e.band,
  certainty: e.certainty,
  latency_us: e.latencyUs,
  status: e.status,
  error_code: e.errorCode,
  key_id: e.keyId,
  handled: e.handled,
});
