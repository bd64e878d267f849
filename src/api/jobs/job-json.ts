/** A job as answers show it. */
import { isoTime } from '../../registry/version-json.ts';
import { type Job, jobStatuses } from '../../serving/jobs/job.ts';
import { allJobKinds } from './kinds/all.ts';

const timeOrNull = { type: ['string', 'null'] };
const countOrNull = { type: ['integer', 'null'] };

export const jobSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', examples: ['0c9a35e6-5a3e-4ad4-8f0e-2f3f5ae7b1c4'] },
    kind: { enum: allJobKinds.map(({ id }) => id) },
    args: {
      type: 'object',
      additionalProperties: true,
      examples: [allJobKinds[0]!.example],
      description: 'As they were given, with what was left out filled in.',
    },
    status: { enum: jobStatuses },
    by: { type: 'string', examples: ['api'], description: 'Id of the key that asked for it.' },
    created: { type: 'string', examples: ['2026-11-21T20:30:00.000Z'] },
    started: timeOrNull,
    finished: timeOrNull,
    progress: {
      type: ['object', 'null'],
      description: 'What it does, and so many of `total` parts of that; null when it is done.',
      properties: { step: { type: ['string', 'null'] }, done: countOrNull, total: countOrNull },
      required: ['step', 'done', 'total'],
    },
    cancelAsked: { type: 'boolean' },
    result: {
      description:
        'When it is done: what `holdfast KIND --json` prints. `{ tooLarge }`, a size in characters, where that is more than a megabyte.',
    },
    error: {
      type: ['object', 'null'],
      properties: { code: { type: 'string' }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
  },
  required: ['id', 'kind', 'args', 'status', 'by', 'created', 'cancelAsked'],
} as const;

export const jobParameter = {
  type: 'object',
  properties: { id: { type: 'string', maxLength: 100, description: 'Of the job.' } },
  required: ['id'],
} as const;

export function jobJson(job: Job) {
  const { id, kind, args, status, actor, createdAt, startedAt, finishedAt, step, done, total } = job;
  return {
    ...{ id, kind, args, status, by: actor },
    created: isoTime(createdAt),
    started: startedAt === null ? null : isoTime(startedAt),
    finished: finishedAt === null ? null : isoTime(finishedAt),
    progress: step === null ? null : { step, done, total },
    cancelAsked: job.cancelAsked,
    result: job.result,
    error: job.error,
  };
}
