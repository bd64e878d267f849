/** What each column of a customer table is, and what is wrong with it. */
import { z } from 'zod';
import { nameArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const inspect = defineJobKind({
  id: 'inspect',
  about: 'Look a customer table over for leaks and faults.',
  args: z.strictObject({
    data: pathArg('the customer table'),
    target: nameArg('the column that says who left'),
    churned: z
      .union([z.string().max(200), z.number(), z.boolean()])
      .optional()
      .describe('its value for those who left; guessed when it is plain'),
    id: nameArg('the column that names a customer; guessed when it is plain').optional(),
  }),
  example: { data: 'customers.csv', target: 'churned' },
  paths: ({ data }) => ({ reads: [data] }),
  async run({ data, target, churned, id }, app) {
    const { inspectData } = await import('../../../tasks/inspect.ts');
    return inspectData(
      {
        ...{ path: data, target },
        ...(churned !== undefined && { churned }),
        ...(id !== undefined && { id }),
      },
      app,
    );
  },
});
