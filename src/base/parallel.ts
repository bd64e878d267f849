/** Doing many independent things, perhaps on several threads: the port. */

/**
 * Runs every job and returns the answers in the order of the jobs. `onDone` hears of each as it ends. The first error ends
 * it all, unless `spares` says true of it: then that job has no answer (its place is empty) and the others go on.
 */
export type ParallelMap<Job, Answer> = (
  jobs: readonly Job[],
  onDone?: (index: number, answer: Answer) => void,
  spares?: Spares,
) => Promise<Answer[]>;

/** Asked about a job that failed: whether the others may go on without it. */
export type Spares = (index: number, error: unknown) => boolean;

/** One after the other in this thread. Stops with the signal's reason between two jobs. */
export function sequentialMap<Job, Answer>(
  run: (job: Job) => Promise<Answer>,
  signal?: AbortSignal,
): ParallelMap<Job, Answer> {
  return async (jobs, onDone, spares) => {
    const answers: Answer[] = [];
    for (const [index, job] of jobs.entries()) {
      signal?.throwIfAborted();
      const done = await unlessSpared(run(job), index, spares);
      if (!done) continue;
      answers[index] = done.answer;
      onDone?.(index, done.answer);
    }
    return answers;
  };
}

/** The answer of a job; undefined where it failed and was spared. */
export async function unlessSpared<Answer>(
  work: Promise<Answer>,
  index: number,
  spares: Spares | undefined,
): Promise<{ readonly answer: Answer } | undefined> {
  try {
    return { answer: await work };
  } catch (error) {
    if (spares?.(index, error)) return undefined;
    throw error;
  }
}
