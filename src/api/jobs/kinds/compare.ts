/** Is one model better than another? */
import { z } from 'zod';
import { cutoffArg, modelArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const compare = defineJobKind({
  id: 'compare',
  about: 'Compare two models, on the same customers where given.',
  args: z.strictObject({
    first: modelArg(),
    second: modelArg(),
    data: pathArg('customers with their outcome; those learned from are left out').optional(),
    cutoff: cutoffArg().optional(),
  }),
  example: { first: 'champion', second: 'latest' },
  paths: ({ first, second, data }) => ({ reads: [data], models: [first, second] }),
  async run({ first, second, data, cutoff }, app) {
    const { compareManifests, compareModels } = await import('../../../tasks/compare.ts');
    const models = [await app.models.load(first), await app.models.load(second)] as const;
    return data === undefined ? compareManifests(...models) : compareModels(...models, data, app, cutoff);
  },
});
