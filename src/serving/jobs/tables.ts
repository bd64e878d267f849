/** Jobs as queries see them. Moments are epoch milliseconds, truths 0 or 1, JSON is text. */
import type { Generated, Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';

export type JobTables = {
  job: JobTable;
  job_counter: JobCounterTable;
};

export interface JobTable {
  /** Ascending in the order in which jobs were asked for. */
  seq: Generated<number>;
  id: string;
  kind: string;
  /** JSON object. */
  args: string;
  /** One of `jobStatuses`. */
  status: string;
  /** Who asked for it, as the history names them. */
  actor: string;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** Of the newest revision. */
  changed_at: number;
  /** What it does now, in words. */
  step: string | null;
  /** So many of `total` parts of the step. */
  done: number | null;
  total: number | null;
  /** JSON. */
  result: string | null;
  error_code: string | null;
  error_message: string | null;
  /** The process that runs it, and until when it is believed to live. */
  owner: string | null;
  owned_until: number | null;
  cancel_asked: number;
  /** Ascends with every change of any job. */
  revision: number;
}

export interface JobCounterTable {
  /** Always 1. */
  id: number;
  revision: number;
}

export const withJobs = (db: Kysely<StoreTables>) => db.withTables<JobTables>();
export const withinJobs = (db: Transaction<StoreTables>) => db.withTables<JobTables>();
export type JobsDb = ReturnType<typeof withinJobs>;
