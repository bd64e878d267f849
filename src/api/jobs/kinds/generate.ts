/** Synthetic customers from a stated causal model. */
import { z } from 'zod';
import { generateOptions } from '../../../data/generate/generate-customers.ts';
import { generatePaths } from '../../../tasks/generate-paths.ts';
import { nameArg, overwriteArg, pathArg } from '../job-args.ts';
import { defineJobKind } from '../job-kind.ts';

export const generate = defineJobKind({
  id: 'generate',
  about: 'Make synthetic customers to try things on.',
  args: generateOptions.extend({
    out: pathArg('the file to write, CSV or Parquet by its name'),
    truth: pathArg('where the truth goes; NAME.truth.EXT unless given').optional(),
    companions: z.array(nameArg('events, feedback, interactions or offers')).max(10).optional(),
    overwrite: overwriteArg(),
  }),
  example: { out: 'made.csv', rows: 1000 },
  paths: ({ overwrite, ...asked }) => ({ writes: generatePaths(asked).all, overwrite }),
  async run({ overwrite: _, truth, companions, snapshots, drift, driftFrom, driftSize, ...rest }, app) {
    const { generateFile } = await import('../../../tasks/generate.ts');
    return generateFile(
      {
        ...rest,
        ...(truth !== undefined && { truth }),
        ...(companions !== undefined && { companions }),
        ...(snapshots !== undefined && { snapshots }),
        ...(drift !== undefined && { drift }),
        ...(driftFrom !== undefined && { driftFrom }),
        ...(driftSize !== undefined && { driftSize }),
      },
      app,
    );
  },
});
