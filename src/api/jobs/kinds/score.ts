/** A churn probability for every customer of a file. */
import { z } from 'zod';
import { cutoffArg, modelArg, overwriteArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const score = defineJobKind({
  id: 'score',
  about: 'Give every customer of a file a churn probability.',
  args: z.strictObject({
    model: modelArg(),
    data: pathArg('the customers: CSV, JSON, Excel or Parquet'),
    out: pathArg('the scored list, CSV or Parquet by its name'),
    reasons: z.int().min(0).max(50).default(0).describe('the loudest reasons of each score'),
    cutoff: cutoffArg().optional(),
    overwrite: overwriteArg(),
  }),
  example: { model: 'champion', data: 'new-customers.csv', out: 'scored.csv', reasons: 3 },
  paths: ({ model, data, out, overwrite }) => ({
    ...{ reads: [data], writes: [out], overwrite },
    models: [model],
  }),
  async run({ model, data, out, reasons, cutoff }, app) {
    const { scoreFile } = await import('../../../tasks/score.ts');
    const loaded = await app.models.load(model);
    return scoreFile({ model: loaded, input: data, output: out, reasons, cutoff }, app);
  },
});
