/** What the server and the process of a job tell each other. */
import type { Plain } from '../../base/plain.ts';
import type { JobError } from '../../serving/jobs/job.ts';
import type { JobProgress } from '../../serving/jobs/owned-job.ts';

/** The one message to the process. */
export interface JobOrder {
  readonly kind: string;
  readonly args: { readonly [name: string]: Plain };
  readonly actor: string;
}

export type JobReport =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly result: Plain }
  | { readonly type: 'failed'; readonly error: JobError; readonly defect?: readonly string[] };
