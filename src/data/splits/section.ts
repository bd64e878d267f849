/** The `split` section of a project file: how much is set aside, and how. */
import { z } from 'zod';
import { splitIds } from './all.ts';

const share = (part: string) => z.number().gt(0).max(0.5).default(0.15).describe(part);

export const splitSection = z
  .strictObject({
    test: share('Share of the rows kept for the one final judgement (the hold-out).'),
    validation: share('Share of the rows kept for calibration and threshold.'),
    by: z
      .enum(splitIds)
      .default('stratified')
      .describe('How rows are parted. stratified: the same share of leavers in each part.'),
    seed: z
      .int()
      .min(0)
      .max(4294967295)
      .default(42)
      .describe('Decides every random choice of a training run; the same seed gives the same model.'),
  })
  .refine(({ test, validation }) => test + validation < 0.9, {
    path: ['validation'],
    // Reads as a sentence after "split: validation must be".
    message: 'small enough that test + validation stay below 0.9',
  });
export type SplitSection = z.infer<typeof splitSection>;
