/** The `preprocess` section of the project file: what is done to columns before a model sees them. */
import { z } from 'zod';

const numeric = z
  .strictObject({
    impute: z
      .union([z.enum(['median', 'mean', 'zero']), z.strictObject({ constant: z.number() })])
      .default('median')
      .describe('What a missing number becomes: median, mean, zero or { constant: N }.'),
    outliers: z
      .union([
        z.strictObject({
          rule: z.literal('iqr').default('iqr').describe('Clip beyond the quartiles.'),
          factor: z
            .number()
            .min(0)
            .max(1000)
            .default(1.5)
            .describe('How many quartile distances beyond the quartiles a value may lie.'),
        }),
        z.literal('none'),
      ])
      .default({ rule: 'iqr', factor: 1.5 })
      .describe('Put extreme numbers on a bound learned in training, or none.'),
    scale: z
      .enum(['standard', 'min-max', 'robust', 'none'])
      .default('standard')
      .describe('Bring numbers to one footing: by mean and deviation, by range, by quartiles, or not.'),
  })
  .prefault({})
  .describe('Number columns, and booleans as 0 and 1, which are neither clipped nor scaled.');

const categorical = z
  .strictObject({
    impute: z
      .enum(['missing', 'most-frequent'])
      .default('missing')
      .describe('What a missing level becomes: a level of its own, or the most frequent one.'),
    encode: z.enum(['one-hot']).default('one-hot').describe('How levels become numbers.'),
    unknown: z
      .enum(['ignore', 'rare'])
      .default('ignore')
      .describe(
        'A level training did not see: 0 in every column, or counted as rare where there are rare levels.',
      ),
    rareBelow: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Levels in a smaller share of the training rows share one column.'),
    maxLevels: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('Most columns that one category becomes; the rarest levels share one.'),
  })
  .prefault({})
  .describe('Category columns.');

export const preprocessSection = z
  .strictObject({ numeric, categorical })
  .prefault({})
  .describe('What is done to columns before a model sees them, learned inside each fold.');

export type PreprocessSection = z.infer<typeof preprocessSection>;
