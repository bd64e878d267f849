/** What the log has of one request: the answer that was given, whoever looks later. */
import type { Database } from '../../store/database/database.ts';
import { withPredictions } from './tables.ts';

export interface LoggedAnswer {
  readonly index: number;
  readonly modelId: string;
  readonly slot: 'live' | 'canary';
  readonly customerId: string | null;
  /** Null after erasing. */
  readonly featuresHash: string | null;
  readonly score: number;
  readonly churn: boolean;
  readonly band: 'high' | 'medium' | 'low';
  readonly certainty: 'sure' | 'unsure';
}

/** In the order of the request, empty when it was not answered. What a shadow said was no answer. */
export async function readFirstAnswer(
  { db }: Pick<Database, 'db'>,
  requestId: string,
): Promise<readonly LoggedAnswer[]> {
  const rows = await withPredictions(db)
    .selectFrom('prediction')
    .select(['row_index', 'model_id', 'slot', 'customer_id', 'features_hash'])
    .select(['score', 'churn', 'band', 'certainty'])
    .where('request_id', '=', requestId)
    .where('slot', '<>', 'shadow')
    .where('status', '=', 200)
    .orderBy('row_index')
    .execute();
  return rows.map((row) => ({
    index: row.row_index,
    modelId: row.model_id,
    slot: row.slot as LoggedAnswer['slot'],
    customerId: row.customer_id,
    featuresHash: row.features_hash,
    score: row.score!,
    churn: row.churn === 1,
    band: row.band as LoggedAnswer['band'],
    certainty: row.certainty as LoggedAnswer['certainty'],
  }));
}
