/** What each model answered lately, of all processes together, as the prediction log has it. */
import type { Database } from '../../store/database/database.ts';
import { withPredictions } from '../log/tables.ts';

export interface SlotTraffic {
  readonly modelId: string;
  /** `live`, `canary`, `shadow`. */
  readonly slot: string;
  readonly answers: number;
  readonly meanScore: number;
  /** Share of the answers that were churn. */
  readonly churnShare: number;
  readonly meanMs: number;
  readonly slowestMs: number;
}

/** Answers since a moment of the models that are named. O(rows since then). */
export async function slotTraffic(
  { db }: Pick<Database, 'db'>,
  modelIds: readonly string[],
  since: number,
): Promise<readonly SlotTraffic[]> {
  if (modelIds.length === 0) return [];
  const log = withPredictions(db);
  // Rows are written in the order of their moments: from the newest back to the first that is too old.
  const older = await log
    .selectFrom('prediction')
    .select('seq')
    .where('at', '<', since)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const rows = await log
    .selectFrom('prediction')
    .select((one) => [
      'model_id',
      'slot',
      one.fn.countAll().as('answers'),
      one.fn.avg('score').as('mean_score'),
      one.fn.avg('churn').as('churn_share'),
      one.fn.avg('latency_us').as('mean_us'),
      one.fn.max('latency_us').as('slowest_us'),
    ])
    .where('seq', '>', older?.seq ?? 0)
    .where('at', '>=', since)
    .where('source', '=', 'api')
    .where('model_id', 'in', modelIds)
    .groupBy(['model_id', 'slot'])
    .execute();
  return rows.map((row) => ({
    modelId: row.model_id,
    slot: row.slot,
    // A server may give counts and means as text.
    answers: Number(row.answers),
    meanScore: Number(row.mean_score),
    churnShare: Number(row.churn_share),
    meanMs: Number(row.mean_us) / 1000,
    slowestMs: Number(row.slowest_us) / 1000,
  }));
}
