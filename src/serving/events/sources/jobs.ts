/**
 * Where jobs stand, from the job table. An event is the newest state of a job: who comes late hears how it ended, not
 * every step on the way.
 */
import { jobOf, withoutResult } from '../../jobs/job.ts';
import { withJobs } from '../../jobs/tables.ts';
import { defineEventSource } from '../event.ts';

const pageSize = 500;

export const jobs = defineEventSource({
  id: 'jobs',
  mark: 'j',
  types: [{ type: 'job.progress', about: 'A job was asked for, goes on, or has ended.' }],
  open: ({ db }) => ({
    async settled() {
      const counter = await withJobs(db).selectFrom('job_counter').select('revision').executeTakeFirst();
      return counter?.revision ?? 0;
    },
    async read(after, upTo) {
      const rows = await withJobs(db)
        .selectFrom('job')
        .select(withoutResult)
        .where('revision', '>', after)
        .where('revision', '<=', upTo)
        .orderBy('revision')
        .limit(pageSize)
        .execute();
      return {
        events: rows.map((row) => {
          const { id, kind, status, step, done, total, error } = jobOf(row);
          return {
            type: 'job.progress',
            position: row.revision,
            at: row.changed_at,
            models: [],
            data: { id, kind, status, step, done, total, error },
          };
        }),
        position: rows.length === pageSize ? rows.at(-1)!.revision : upTo,
      };
    },
  }),
});
