/** Predictions with what became of their customers: what a model is held against at work. */
import type { Database } from '../../store/database/database.ts';
import { type LoggedPrediction, readPredictions } from '../log/read-predictions.ts';
import { joinOutcomes, type Outcome } from './join-outcomes.ts';

export interface LabelledFilter {
  /** Id of the model. */
  readonly model: string;
  /** Predictions from this moment on, and before the other; epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** How far its predictions look ahead, milliseconds. */
  readonly horizonMs: number;
  readonly now: number;
}

export interface LabelledPrediction {
  readonly prediction: LoggedPrediction;
  readonly outcome: Outcome | null;
  /** The horizon is over: had the customer left, one could know. */
  readonly isMature: boolean;
}

export const isMature = (at: number, horizonMs: number, now: number): boolean => now - at >= horizonMs;

const pageSize = 1000;

/** Pages in the order of the log, shadows too. */
export async function* readLabelled(
  database: Pick<Database, 'db'>,
  { model, since, until, horizonMs, now }: LabelledFilter,
): AsyncGenerator<readonly LabelledPrediction[]> {
  const wanted = { model, ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
  for (let after: number | null = null; ; ) {
    const { entries, hasMore } = await readPredictions(database, wanted, {
      limit: pageSize,
      after,
      order: 'oldest',
    });
    const outcomes = await joinOutcomes(
      database,
      entries,
      new Map(entries.map((one) => [one.modelId, horizonMs])),
    );
    yield entries.map((prediction) => ({
      prediction,
      outcome: outcomes.get(prediction.seq) ?? null,
      isMature: isMature(prediction.at, horizonMs, now),
    }));
    if (!hasMore) return;
    after = entries.at(-1)!.seq;
  }
}
