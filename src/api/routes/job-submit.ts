/** Asks for work that takes longer than a request may: training, judging, lists. */
import { randomUUID } from 'node:crypto';
import { submitJob } from '../../serving/jobs/submit-job.ts';
import { actingIn } from '../acting.ts';
import { checkPaths } from '../jobs/check-paths.ts';
import { jobJson, jobSchema } from '../jobs/job-json.ts';
import { allJobKinds } from '../jobs/kinds/all.ts';
import { score } from '../jobs/kinds/score.ts';
import { defineRoute } from '../route.ts';

export const jobSubmit = defineRoute({
  id: 'job-submit',
  method: 'POST',
  url: '/v1/jobs',
  scope: 'operate',
  summary: 'Ask for a job',
  description:
    'Work that takes longer than a request: it waits its turn and runs in a process of its own, in the project folder, to \
which all paths are relative. Follow it at `location`, or listen to `job.progress` at /v1/events.',
  // A file that it reads is not there; one that it writes is.
  problems: [404, 409],
  schema: {
    body: {
      type: 'object',
      required: ['kind'],
      examples: [{ kind: score.id, args: score.example }],
      properties: { kind: { enum: allJobKinds.map(({ id }) => id) } },
      discriminator: { propertyName: 'kind' },
      oneOf: allJobKinds.map(({ id, about, schema, example }) => ({
        type: 'object',
        title: id,
        description: about,
        properties: { kind: { const: id }, args: schema },
        required: Array.isArray(schema.required) ? ['kind', 'args'] : ['kind'],
        additionalProperties: false,
        examples: [{ kind: id, args: example }],
      })),
    },
    response: { 202: jobSchema },
  },
  async handle(call, context) {
    const { request, reply } = call;
    const { database, jobs } = context;
    const { kind, args: given = {} } = request.body as { readonly kind: string; readonly args?: unknown };
    const { args, paths } = allJobKinds.find(({ id }) => id === kind)!.prepare(given);
    checkPaths(paths, jobs.workspace);
    const wanted = { id: randomUUID(), kind, args };
    const job = await submitJob(database, wanted, actingIn(call, context));
    jobs.wake();
    reply.code(202).header('location', `/v1/jobs/${job.id}`);
    return jobJson(job);
  },
});
