/**
 * What became of customers. Rows are only added: the newest of a customer and moment is valid, so a correction is a
 * further row and what was believed before stays there to be seen.
 */
import type { Generated, Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';
import type { PredictionTables } from '../log/tables.ts';

export type OutcomeTables = PredictionTables & {
  outcome: OutcomeTable;
  outcome_request: OutcomeRequestTable;
};

export interface OutcomeTable {
  /** Ascending in the order of writing. */
  seq: Generated<number>;
  /** Null where only a prediction was named, and it has no customer. */
  customer_id: string | null;
  /** Of the one prediction that is meant; null where a customer is. */
  request_id: string | null;
  row_index: number | null;
  /** 1: left at `happened_at`; 0: was still there then. */
  churned: number;
  happened_at: number;
  /** When the company knew of it. */
  known_at: number;
  /** `api` or `file`. */
  source: string;
  key_id: string | null;
}

/** Requests with an `Idempotency-Key`, and how they were answered. */
export interface OutcomeRequestTable {
  request_id: string;
  at: number;
  /** HMAC of the body under the client's key, which is kept nowhere: nobody can try customers out against it. */
  proof: string;
  /** JSON. */
  answer: string;
}

export const withOutcomes = (db: Kysely<StoreTables>) => db.withTables<OutcomeTables>();
export const withinOutcomes = (db: Transaction<StoreTables>) => db.withTables<OutcomeTables>();
