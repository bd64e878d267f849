/** The log in PostgreSQL: a few long statements in one transaction. */
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../store/database/database.ts';
import { firstOfRequest, idsToLookFor } from './first-of-request.ts';
import type { LogEntry, LogWriter } from './log-writer.ts';
import { type PredictionTables, withPredictions } from './tables.ts';

/** A statement takes at most 65,535 values. */
const rowsAStatement = 2000;

export function databaseLogWriter(database: Database): LogWriter {
  const db = withPredictions(database.db);
  return {
    async write(entries) {
      return db.transaction().execute(async (transaction) => {
        // Before the first row number: by this readers know which numbers can still appear (events/settled-predictions.ts).
        if (database.engine === 'postgres') await sql`select pg_current_xact_id()`.execute(transaction);
        const first = firstOfRequest(await answered(transaction, idsToLookFor(entries)));
        const there = await rowsThere(transaction, entries);
        const fresh = entries.filter(
          (entry) => first.isNew(entry) && !(entry.again && there.has(placeOf(entry))),
        );
        for (let from = 0; from < fresh.length; from += rowsAStatement) {
          const part = fresh.slice(from, from + rowsAStatement);
          await transaction.insertInto('prediction').values(part.map(rowOf)).execute();
          const values = part.filter(({ input }) => input !== null);
          if (values.length === 0) continue;
          await transaction
            .insertInto('prediction_values')
            .values(values.map((e) => ({ request_id: e.requestId, row_index: e.rowIndex, input: e.input! })))
            .execute();
        }
        return first;
      });
    },
    close: async () => {},
  };
}

/**
 * Those of the ids that have an answer. Whoever brings the same id at the same moment waits here until this
 * transaction has ended, and then finds it.
 */
async function answered(
  transaction: Transaction<PredictionTables>,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  await sql`select pg_advisory_xact_lock(lock) from unnest(${ids.map(lockOf)}::bigint[]) as lock`.execute(
    transaction,
  );
  const found: string[] = [];
  for (let from = 0; from < ids.length; from += rowsAStatement) {
    const rows = await transaction
      .selectFrom('prediction')
      .select('request_id')
      .distinct()
      .where('request_id', 'in', ids.slice(from, from + rowsAStatement))
      // What a shadow wrote is no answer.
      .where('slot', '<>', 'shadow')
      .execute();
    found.push(...rows.map(({ request_id }) => request_id));
  }
  return found;
}

/** Of the entries that are written again those whose row is there. */
async function rowsThere(
  transaction: Transaction<PredictionTables>,
  entries: readonly LogEntry[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(entries.filter(({ again }) => again).map(({ requestId }) => requestId))];
  const there = new Set<string>();
  for (let from = 0; from < ids.length; from += rowsAStatement) {
    const rows = await transaction
      .selectFrom('prediction')
      .select(['request_id as requestId', 'row_index as rowIndex', 'slot'])
      .where('request_id', 'in', ids.slice(from, from + rowsAStatement))
      .execute();
    for (const row of rows) there.add(placeOf(row));
  }
  return there;
}

const placeOf = ({ requestId, rowIndex, slot }: Pick<LogEntry, 'requestId' | 'rowIndex' | 'slot'>): string =>
  `${requestId} ${rowIndex} ${slot}`;

/** 48 bits of the id, which are those of a hash. */
const lockOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

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
