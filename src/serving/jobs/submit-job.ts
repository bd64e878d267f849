/** A job is asked for: it waits in the table until a process takes it up. */
import { UnavailableError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import type { Acting } from '../../store/keys.ts';
import { type Job, jobOf } from './job.ts';
import { nextRevision } from './next-revision.ts';
import { type JobsDb, withinJobs } from './tables.ts';

export interface JobWanted {
  /** Unique. */
  readonly id: string;
  readonly kind: string;
  readonly args: Job['args'];
}

export interface JobLimits {
  /** Jobs that may wait. */
  readonly mostQueued?: number;
  /** Ended jobs that are kept; older ones are forgotten. */
  readonly mostKept?: number;
}

/** Throws `job.full` when too many wait already. */
export function submitJob(
  database: Database,
  { id, kind, args }: JobWanted,
  { actor, now }: Acting,
  { mostQueued = 100, mostKept = 1000 }: JobLimits = {},
): Promise<Job> {
  return database.transaction(async (transaction) => {
    const db = withinJobs(transaction);
    const revision = await nextRevision(db);
    const { queued } = await db
      .selectFrom('job')
      .select((one) => one.fn.countAll<number>().as('queued'))
      .where('status', '=', 'queued')
      .executeTakeFirstOrThrow();
    if (queued >= mostQueued) {
      throw new UnavailableError(
        'job.full',
        `jobs: ${queued} wait already, at most ${mostQueued} may; try again when some have ended, or cancel some`,
        { queued, most: mostQueued },
      );
    }
    await forgetOld(db, mostKept);
    const row = await db
      .insertInto('job')
      .values({
        ...{ id, kind, actor, revision },
        args: JSON.stringify(args),
        status: 'queued',
        created_at: now,
        changed_at: now,
        cancel_asked: 0,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return jobOf(row);
  });
}

async function forgetOld(db: JobsDb, mostKept: number): Promise<void> {
  const oldest = await db
    .selectFrom('job')
    .select('seq')
    .where('status', 'in', ['done', 'failed', 'cancelled'])
    .orderBy('seq', 'desc')
    .offset(mostKept)
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return;
  await db
    .deleteFrom('job')
    .where('status', 'in', ['done', 'failed', 'cancelled'])
    .where('seq', '<=', oldest.seq)
    .execute();
}
