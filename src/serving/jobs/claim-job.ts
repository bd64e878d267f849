/**
 * A process takes up the job that has waited longest. It owns the job for the length of a lease and renews that while
 * it lives; a job whose owner let it pass is over: nobody knows how far it came, so it is not begun again.
 */
import type { Database } from '../../store/database/database.ts';
import { type Job, jobOf } from './job.ts';
import { nextRevision } from './next-revision.ts';
import { type JobsDb, withinJobs, withJobs } from './tables.ts';

export interface Claim {
  /** Unique to the process. */
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
  /** Jobs that may run at a time, in all processes of the database together. */
  readonly mostRunning: number;
}

/** The job, which is the owner's now; null when none waits or enough run. Two processes never get the same one. */
export async function claimJob(
  database: Database,
  { owner, now, leaseMs, mostRunning }: Claim,
): Promise<Job | null> {
  // Most looks find nothing, and looking must not take the lock of writers.
  if (!(await isAnythingToDo(database, now))) return null;
  return database.transaction(async (transaction) => {
    const db = withinJobs(transaction);
    await giveUpLost(db, now);
    const { running } = await db
      .selectFrom('job')
      .select((one) => one.fn.countAll<number>().as('running'))
      .where('status', '=', 'running')
      .executeTakeFirstOrThrow();
    if (running >= mostRunning) return null;
    const next = await db
      .selectFrom('job')
      .select('id')
      .where('status', '=', 'queued')
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (!next) return null;
    const row = await db
      .updateTable('job')
      .set({
        ...{ status: 'running', owner },
        owned_until: now + leaseMs,
        started_at: now,
        changed_at: now,
        revision: await nextRevision(db),
      })
      .where('id', '=', next.id)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst();
    return row ? jobOf(row) : null;
  });
}

async function isAnythingToDo({ db }: Pick<Database, 'db'>, now: number): Promise<boolean> {
  const some = await withJobs(db)
    .selectFrom('job')
    .select('seq')
    .where((one) =>
      one.or([
        one('status', '=', 'queued'),
        one.and([one('status', '=', 'running'), one('owned_until', '<=', now)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return some !== undefined;
}

async function giveUpLost(db: JobsDb, now: number): Promise<void> {
  const lost = await db
    .selectFrom('job')
    .select(['id', 'cancel_asked'])
    .where('status', '=', 'running')
    .where('owned_until', '<=', now)
    .execute();
  for (const { id, cancel_asked } of lost) {
    const ended = cancel_asked === 1 ? { status: 'cancelled' } : lostJob;
    await db
      .updateTable('job')
      .set({
        ...ended,
        ...{ finished_at: now, changed_at: now, owner: null, owned_until: null },
        revision: await nextRevision(db),
      })
      .where('id', '=', id)
      .execute();
  }
}

const lostJob = {
  status: 'failed',
  error_code: 'job.lost',
  error_message: 'the process that ran the job has ended; ask for it again',
};
