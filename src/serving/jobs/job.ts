/** A job: work that was asked for over HTTP, where it stands and how it ended. */
import type { Selectable } from 'kysely';
import { NotFoundError } from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import { printable } from '../../base/text.ts';
import type { Database } from '../../store/database/database.ts';
import { type JobTable, withJobs } from './tables.ts';

export const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export interface Job {
  /** Ascending in the order in which jobs were asked for. */
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly args: { readonly [name: string]: Plain };
  readonly status: JobStatus;
  readonly actor: string;
  /** Epoch milliseconds, as the two below. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly step: string | null;
  readonly done: number | null;
  readonly total: number | null;
  readonly result: Plain;
  readonly error: JobError | null;
  readonly cancelAsked: boolean;
}

export interface JobError {
  readonly code: string;
  /** Never a customer's values. */
  readonly message: string;
}

/** Of lists: results may be large, and nobody is told them there. */
export const withoutResult = [
  'seq',
  'id',
  'kind',
  'args',
  'status',
  'actor',
  'created_at',
  'started_at',
  'finished_at',
  'changed_at',
  'step',
  'done',
  'total',
  'error_code',
  'error_message',
  'cancel_asked',
  'revision',
] as const satisfies readonly (keyof JobTable)[];

type JobRow = Pick<Selectable<JobTable>, (typeof withoutResult)[number]> & {
  readonly result?: string | null;
};

export const jobOf = ({ result = null, ...row }: JobRow): Job => ({
  seq: row.seq,
  id: row.id,
  kind: row.kind,
  args: JSON.parse(row.args) as Job['args'],
  status: row.status as JobStatus,
  actor: row.actor,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  step: row.step,
  done: row.done,
  total: row.total,
  result: result === null ? null : (JSON.parse(result) as Plain),
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  cancelAsked: row.cancel_asked === 1,
});

/** Throws `job.not-found`. */
export async function findJob({ db }: Pick<Database, 'db'>, id: string): Promise<Job> {
  const row = await withJobs(db).selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return jobOf(row);
  throw new NotFoundError(
    'job.not-found',
    `job ${printable(id)}: there is none; GET /v1/jobs lists them`,
    {},
  );
}

export interface JobPage {
  readonly limit: number;
  /** Jobs asked for before this one only; null for the first page. */
  readonly after: number | null;
  readonly status?: JobStatus;
}

/** Newest first, without what came of them. */
export async function listJobs(
  { db }: Pick<Database, 'db'>,
  { limit, after, status }: JobPage,
): Promise<{ readonly jobs: readonly Job[]; readonly hasMore: boolean }> {
  let query = withJobs(db)
    .selectFrom('job')
    .select(withoutResult)
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (after !== null) query = query.where('seq', '<', after);
  if (status !== undefined) query = query.where('status', '=', status);
  const rows = await query.execute();
  return { jobs: rows.slice(0, limit).map(jobOf), hasMore: rows.length > limit };
}
