/** Where a job stands, and what came out of it. */
import { findJob } from '../../serving/jobs/job.ts';
import { jobJson, jobParameter, jobSchema } from '../jobs/job-json.ts';
import { defineRoute } from '../route.ts';

export const job = defineRoute({
  id: 'job',
  method: 'GET',
  url: '/v1/jobs/:id',
  scope: 'operate',
  summary: 'One job',
  schema: { params: jobParameter, response: { 200: jobSchema } },
  handle: async ({ request }, { database }) =>
    jobJson(await findJob(database, (request.params as { readonly id: string }).id)),
});
