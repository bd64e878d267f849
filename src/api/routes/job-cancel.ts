/** Ends a job that waits or runs. */
import { cancelJob } from '../../serving/jobs/cancel-job.ts';
import { jobJson, jobParameter, jobSchema } from '../jobs/job-json.ts';
import { defineRoute } from '../route.ts';

export const jobCancel = defineRoute({
  id: 'job-cancel',
  method: 'DELETE',
  url: '/v1/jobs/:id',
  scope: 'operate',
  summary: 'Cancel a job',
  description:
    'One that waits has ended with that. One that runs is asked to end, and is ended after five seconds, whichever process \
runs it; nothing is half-written.',
  problems: [409],
  schema: { params: jobParameter, response: { 202: jobSchema } },
  async handle({ request, reply }, { database, clock, jobs }) {
    const { id } = request.params as { readonly id: string };
    const cancelled = await cancelJob(database, id, clock.now());
    jobs.wake();
    reply.code(202);
    return jobJson(cancelled);
  },
});
