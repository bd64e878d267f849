/** Judges a model on customers it has not seen. */
import { z } from 'zod';
import { cutoffArg, modelArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const evaluate = defineJobKind({
  id: 'evaluate',
  about: 'Judge a model on customers it has not seen.',
  args: z.strictObject({
    model: modelArg(),
    data: pathArg('customers with their outcome'),
    cutoff: cutoffArg().optional(),
    allowTrainingRows: z
      .boolean()
      .default(false)
      .describe('go on although the model was trained on some of them; the result is marked'),
  }),
  example: { model: 'champion', data: 'next-month.csv' },
  paths: ({ model, data }) => ({ reads: [data], models: [model] }),
  async run({ model, data, cutoff, allowTrainingRows }, app) {
    const { evaluateModel } = await import('../../../tasks/evaluate.ts');
    return evaluateModel(await app.models.load(model), data, allowTrainingRows, app, cutoff);
  },
});
