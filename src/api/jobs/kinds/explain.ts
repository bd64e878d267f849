/** Why one customer of a table has this score, as a page or a picture. */
import { z } from 'zod';
import { cutoffArg, modelArg, overwriteArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const explain = defineJobKind({
  id: 'explain',
  about:
    'Tell why the customer in a row of a table has this score. The explanation holds values of the customer, so it goes into a file and not into the result of the job.',
  args: z.strictObject({
    model: modelArg(),
    data: pathArg('the table that holds the customer'),
    row: z.int().min(1).describe('the number of the row, from 1'),
    out: pathArg('a page, a picture or the figures: .html, .svg or .json').regex(/\.(html|svg|json)$/),
    reasons: z.int().min(0).max(50).default(3).describe('reasons in words'),
    lime: z.boolean().default(false).describe('also a straight-line summary'),
    target: z.number().min(0).max(1).optional().describe('the score to get below; by default the threshold'),
    cutoff: cutoffArg().optional(),
    overwrite: overwriteArg(),
  }),
  example: { model: 'champion', data: 'customers.csv', row: 12, out: 'customer.html' },
  paths: ({ model, data, out, overwrite }) => ({
    ...{ reads: [data], writes: [out], overwrite },
    models: [model],
  }),
  async run({ model, data, row, out, reasons, lime, target, cutoff }, app) {
    const { checkOutput } = await import('../../../tasks/check-output.ts');
    const { explainCustomer } = await import('../../../tasks/explain.ts');
    const { explanationFile } = await import('../../../tasks/draw-explanation.ts');
    const { writeWholeFile } = await import('../../../store/whole-file.ts');
    await checkOutput(out, { inputs: [data] });
    const loaded = await app.models.load(model);
    const { contract } = loaded.manifest;
    // As `score` takes a log that it is given.
    const until = cutoff ?? (contract.events === undefined ? undefined : 'latest');
    const explained = await explainCustomer(
      { model: loaded, data, cutoff: until, customer: { row }, reasons, lime, target },
      app,
    );
    const text = out.endsWith('.json')
      ? `${JSON.stringify(explained, null, 2)}\n`
      : await explanationFile(out, explained, contract);
    await writeWholeFile(out, text);
    return { model: explained.model, row, file: out };
  },
});
