/** Reads the prediction log page by page. Values of customers stay where they are; this is what was answered. */
import type { Database } from '../../store/database/database.ts';
import { withPredictions } from './tables.ts';

export interface LoggedPrediction {
  /** Its place in the log, ascending in the order of writing. */
  readonly seq: number;
  readonly requestId: string;
  readonly index: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly modelId: string;
  readonly modelLabel: string;
  readonly slot: string;
  readonly customerId: string | null;
  readonly score: number | null;
  readonly churn: boolean | null;
  readonly band: string | null;
  readonly certainty: string | null;
  readonly latencyMs: number | null;
  readonly status: number;
  readonly errorCode: string | null;
  readonly keyId: string | null;
  /** What was imputed, missing, clipped and unseen; null when nothing was. */
  readonly handled: unknown;
}

export interface PredictionFilter {
  readonly customerId?: string;
  /** Id or label of a model. */
  readonly model?: string;
  /** Not before, epoch milliseconds. */
  readonly since?: number;
  /** Before, epoch milliseconds. */
  readonly until?: number;
}

export interface PredictionPage {
  readonly limit: number;
  /** Entries beyond this place only; null for the first page. */
  readonly after: number | null;
  readonly order: 'oldest' | 'newest';
}

/** At most `limit` entries, and whether there are more. Cost: a walk along the log until the page is full. */
export async function readPredictions(
  { db }: Pick<Database, 'db'>,
  { customerId, model, since, until }: PredictionFilter,
  { limit, after, order }: PredictionPage,
): Promise<{ readonly entries: readonly LoggedPrediction[]; readonly hasMore: boolean }> {
  let query = withPredictions(db)
    .selectFrom('prediction')
    .selectAll()
    .orderBy('seq', order === 'oldest' ? 'asc' : 'desc')
    // One more tells whether another page follows.
    .limit(limit + 1);
  if (after !== null) query = query.where('seq', order === 'oldest' ? '>' : '<', after);
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (since !== undefined) query = query.where('at', '>=', since);
  if (until !== undefined) query = query.where('at', '<', until);
  if (model !== undefined)
    query = query.where((one) => one.or([one('model_id', '=', model), one('model_label', '=', model)]));
  const rows = await query.execute();
  return {
    entries: rows.slice(0, limit).map(
      (row): LoggedPrediction => ({
        seq: row.seq,
        requestId: row.request_id,
        index: row.row_index,
        at: row.at,
        source: row.source,
        modelId: row.model_id,
        modelLabel: row.model_label,
        slot: row.slot,
        customerId: row.customer_id,
        score: row.score,
        churn: row.churn === null ? null : row.churn === 1,
        band: row.band,
        certainty: row.certainty,
        latencyMs: row.latency_us === null ? null : row.latency_us / 1000,
        status: row.status,
        errorCode: row.error_code,
        keyId: row.key_id,
        handled: row.handled === null ? null : JSON.parse(row.handled),
      }),
    ),
    hasMore: rows.length > limit,
  };
}
