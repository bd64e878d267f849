/** Doing many independent things, perhaps on several threads: the port. */

/** Runs every job and returns the answers in the order of the jobs. `onDone` hears of each as it ends. */
export type ParallelMap<Job, Answer> = (
  jobs: readonly Job[],
  onDone?: (index: number, answer: Answer) => void,
) => Promise<Answer[]>;

/** One after the other in this thread. Stops with the signal's reason between two jobs. */
export function sequentialMap<Job, Answer>(
  run: (job: Job) => Promise<Answer>,
  signal?: AbortSignal,
): ParallelMap<Job, Answer> {
  return async (jobs, onDone) => {
    const answers: Answer[] = [];
    for (const [index, job] of jobs.entries()) {
      signal?.throwIfAborted();
      const answer = await run(job);
      answers.push(answer);
      onDone?.(index, answer);
    }
    return answers;
  };
}
