/** The `split` section of a project file: how much is set aside, and how. */
import { z } from 'zod';
import { days } from '../events/section.ts';
import { allSplits, splitIds } from './all.ts';

const share = (part: string) => z.number().gt(0).max(0.5).default(0.15).describe(part);

export const splitSection = z
  .strictObject({
    test: share('Share of the rows kept for the one final judgement (the hold-out).'),
    validation: share('Share of the rows kept for calibration and threshold.'),
    by: z
      .enum(splitIds)
      .default('stratified')
      .describe(`How rows are parted. ${allSplits.map(({ id, title }) => `${id}: ${title}`).join(' ')}`),
    group: z
      .string()
      .min(1)
      .optional()
      .describe('For grouped: the column, of the contract or the id, whose rows of one value stay together.'),
    time: z
      .string()
      .min(1)
      .optional()
      .describe('For time: the time column of the contract, use: none or not, by which rows are ordered.'),
    gap: days
      .optional()
      .describe(
        'For time: how far the parts lie apart, 30d or 4w; rows within are left out and counted. At least as far as a label looks ahead.',
      ),
    validationFrom: z.iso
      .date()
      .optional()
      .describe('For time: the validation part begins on this day (midnight UTC), whatever its share.'),
    testFrom: z.iso
      .date()
      .optional()
      .describe('For time: the hold-out begins on this day (midnight UTC), whatever its share.'),
    seed: z
      .int()
      .min(0)
      .max(4294967295)
      .default(42)
      .describe(
        'Decides every random choice of a training run; the same seed, data, file and version give the same model, where no budget cut its search.',
      ),
  })
  .refine(({ test, validation }) => test + validation < 0.9, {
    path: ['validation'],
    // Reads as a sentence after "split: validation must be".
    message: 'small enough that test + validation stay below 0.9',
  })
  .superRefine(({ by, group, time, ...more }, ctx) => {
    const refuse = (key: string, message: string): void =>
      ctx.addIssue({ code: 'custom', path: [key], message });
    if (by === 'grouped' && group === undefined)
      refuse('group', 'a column of the contract, as split.by is grouped');
    if (by === 'stratified' && group !== undefined) refuse('group', 'left out, or split.by grouped or time');
    if (by === 'time' && time === undefined)
      refuse('time', 'a time column of the contract, as split.by is time');
    if (by === 'time') {
      const { validationFrom, testFrom } = more;
      if (validationFrom !== undefined && testFrom !== undefined && validationFrom >= testFrom)
        refuse('validationFrom', 'a day before split.testFrom');
      return;
    }
    if (time !== undefined) refuse('time', 'left out, or split.by time');
    for (const key of ['gap', 'validationFrom', 'testFrom'] as const)
      if (more[key] !== undefined) refuse(key, 'left out, or split.by time');
  });
export type SplitSection = z.infer<typeof splitSection>;
