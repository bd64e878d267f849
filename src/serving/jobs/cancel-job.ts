/** Somebody wants a job to end: one that waits has ended with that, one that runs is told by the process that runs it. */
import { ConflictError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import { findJob, type Job } from './job.ts';
import { nextRevision } from './next-revision.ts';
import { withinJobs } from './tables.ts';

/** Throws `job.not-found`, and `job.ended` where there is nothing left to cancel. Asking twice is asking once. */
export function cancelJob(database: Database, id: string, now: number): Promise<Job> {
  return database.transaction(async (transaction) => {
    const db = withinJobs(transaction);
    const job = await findJob({ db: transaction }, id);
    if (job.status === 'cancelled' || (job.status === 'running' && job.cancelAsked)) return job;
    if (job.status !== 'queued' && job.status !== 'running') {
      throw new ConflictError(
        'job.ended',
        `job ${job.id}: it has ended (${job.status}), so there is nothing to cancel`,
        { job: job.id, status: job.status },
      );
    }
    const ended = job.status === 'queued' ? { status: 'cancelled', finished_at: now } : {};
    await db
      .updateTable('job')
      .set({ ...ended, cancel_asked: 1, changed_at: now, revision: await nextRevision(db) })
      .where('id', '=', id)
      .execute();
    return findJob({ db: transaction }, id);
  });
}
