/** What was asked for: jobs, newest first. */
import type { FieldProblem } from '../../serving/customer-reader.ts';
import { type JobStatus, jobStatuses, listJobs } from '../../serving/jobs/job.ts';
import { jobJson, jobSchema } from '../jobs/job-json.ts';
import { cursorAt, pageParameters, readPage } from '../page-query.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';

const { result: _, ...withoutResult } = jobSchema.properties;

interface Query {
  readonly limit?: string;
  readonly after?: string;
  readonly status?: JobStatus;
}

export const jobs = defineRoute({
  id: 'jobs',
  method: 'GET',
  url: '/v1/jobs',
  scope: 'operate',
  summary: 'Jobs, newest first',
  problems: [409],
  schema: {
    querystring: {
      type: 'object',
      properties: { ...pageParameters, status: { enum: jobStatuses, description: 'Only such.' } },
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          jobs: { type: 'array', items: { ...jobSchema, properties: withoutResult } },
          next: { type: 'string', description: 'Hand it back as `after`; absent on the last page.' },
        },
        required: ['jobs'],
      },
    },
  },
  async handle({ request }, { database }) {
    const query = request.query as Query;
    const problems: FieldProblem[] = [];
    const { status } = query;
    const list = { list: 'jobs', status: status ?? null };
    const page = readPage(query, list, problems);
    if (problems.length > 0) throw new FieldsError(problems);
    const found = await listJobs(database, { ...page, ...(status !== undefined && { status }) });
    return {
      jobs: found.jobs.map((job) => {
        const { result: _, ...told } = jobJson(job);
        return told;
      }),
      ...(found.hasMore && { next: cursorAt(found.jobs.at(-1)!.seq, list) }),
    };
  },
});
