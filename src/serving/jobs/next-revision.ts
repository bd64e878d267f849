/** The number of a change of a job. Taken inside its transaction: whoever takes the next one waits for its end. */
import type { JobsDb } from './tables.ts';

export async function nextRevision(db: JobsDb): Promise<number> {
  const { revision } = await db
    .insertInto('job_counter')
    .values({ id: 1, revision: 1 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((one) => ({ revision: one('job_counter.revision', '+', 1) })),
    )
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}
