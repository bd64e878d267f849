/** The prediction log: what was asked and answered, when and by which model. Moments are epoch milliseconds. */
import type { Generated, Kysely } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';

export type PredictionTables = {
  prediction: PredictionTable;
  prediction_values: PredictionValuesTable;
};

/** The database as this room sees it. */
export const withPredictions = (db: Kysely<StoreTables>) => db.withTables<PredictionTables>();

export interface PredictionTable {
  /** Ascending in the order of writing; never given out twice. */
  seq: Generated<number>;
  request_id: string;
  /** Of the customer within the request, from 0. */
  row_index: number;
  at: number;
  /** `api` or `batch`. */
  source: string;
  model_id: string;
  model_label: string;
  /** Which place in the deployment answered: `live`, `canary`, `shadow`. */
  slot: string;
  customer_id: string | null;
  /** SHA-256 of the model's input values; null after erasing. */
  features_hash: string | null;
  score: number | null;
  churn: number | null;
  band: string | null;
  certainty: string | null;
  /** From the arrival of the request to its scoring, microseconds. */
  latency_us: number | null;
  /** HTTP status answered. */
  status: number;
  error_code: string | null;
  key_id: string | null;
  /** JSON of what was imputed, missing, clipped and unseen; null when nothing was. */
  handled: string | null;
}

/** Values of the columns that the contract lets be logged. Erased without touching the log. */
export interface PredictionValuesTable {
  request_id: string;
  row_index: number;
  /** JSON object. */
  input: string;
}
