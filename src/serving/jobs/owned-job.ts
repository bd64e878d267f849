/** What the owner of a running job writes: that it lives, how far it came, how it ended. */
import type { Plain } from '../../base/plain.ts';
import type { Database } from '../../store/database/database.ts';
import type { JobError } from './job.ts';
import { nextRevision } from './next-revision.ts';
import { withinJobs, withJobs } from './tables.ts';

export interface Owner {
  readonly id: string;
  readonly owner: string;
}

export interface JobProgress {
  readonly step: string | null;
  readonly done: number | null;
  readonly total: number | null;
}

export type JobOutcome =
  | { readonly status: 'done'; readonly result: Plain }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'cancelled' }
  /** Its process makes room for another one, which begins it anew. */
  | { readonly status: 'queued' };

/** Whether the job is still the owner's, and whether somebody wants it to end. */
export async function lookAtJob(
  { db }: Pick<Database, 'db'>,
  { id, owner }: Owner,
): Promise<{ readonly isOwned: boolean; readonly cancelAsked: boolean }> {
  const row = await withJobs(db)
    .selectFrom('job')
    .select('cancel_asked')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return { isOwned: row !== undefined, cancelAsked: row?.cancel_asked === 1 };
}

/** Renews the lease; with `progress` also tells how far it came. False when the job is not the owner's any more. */
export async function keepJob(
  database: Database,
  { id, owner }: Owner,
  { now, leaseMs }: { readonly now: number; readonly leaseMs: number },
  progress?: JobProgress,
): Promise<boolean> {
  if (!progress) {
    const renewed = await withJobs(database.db)
      .updateTable('job')
      .set({ owned_until: now + leaseMs })
      .where('id', '=', id)
      .where('owner', '=', owner)
      .returning('seq')
      .executeTakeFirst();
    return renewed !== undefined;
  }
  return changeOwned(
    database,
    { id, owner },
    {
      ...progress,
      ...{ changed_at: now, owned_until: now + leaseMs },
    },
  );
}

/** Ends the job. False when it is not the owner's any more: then it has ended otherwise. */
export const endJob = (database: Database, job: Owner, outcome: JobOutcome, now: number): Promise<boolean> =>
  changeOwned(database, job, {
    status: outcome.status,
    ...(outcome.status === 'queued' ? { started_at: null } : { finished_at: now }),
    // Of one that failed or was cancelled the last step says how far it came.
    ...((outcome.status === 'queued' || outcome.status === 'done') && {
      step: null,
      done: null,
      total: null,
    }),
    changed_at: now,
    owner: null,
    owned_until: null,
    result: outcome.status === 'done' ? JSON.stringify(outcome.result) : null,
    error_code: outcome.status === 'failed' ? outcome.error.code : null,
    error_message: outcome.status === 'failed' ? outcome.error.message : null,
  });

function changeOwned(
  database: Database,
  { id, owner }: Owner,
  change: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const db = withinJobs(transaction);
    const revision = await nextRevision(db);
    const changed = await db
      .updateTable('job')
      .set({ ...change, revision })
      .where('id', '=', id)
      .where('owner', '=', owner)
      .returning('seq')
      .executeTakeFirst();
    return changed !== undefined;
  });
}
