/** The `preprocess` section of the project file: what is done to columns before a model sees them. */
import { z } from 'zod';
import { categoryImpute, encodings, numberImpute, outliers, scales } from '../data/column-methods.ts';

const numeric = z
  .strictObject({
    impute: numberImpute
      .default('median')
      .describe('What a missing number becomes: median, mean, most-frequent, zero or { constant: N }.'),
    outliers: outliers
      .default({ rule: 'iqr', factor: 1.5 })
      .describe('Put extreme numbers on a bound learned in training, or none.'),
    scale: z
      .enum(scales)
      .default('standard')
      .describe('Bring numbers to one footing: by mean and deviation, by range, by quartiles, or not.'),
  })
  .prefault({})
  .describe('Number columns, and booleans as 0 and 1, which are neither clipped nor scaled.');

const categorical = z
  .strictObject({
    impute: categoryImpute
      .default('missing')
      .describe(
        'What a missing level becomes: a level of its own, the most frequent one or { constant: LEVEL }.',
      ),
    encode: z
      .enum(encodings)
      .default('one-hot')
      .describe('How levels become numbers: a column each, their place in an order, or their churn rate.'),
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

const select = z
  .strictObject({
    constant: z.boolean().default(false).describe('Leave out columns that hold one value in training.'),
    correlationAbove: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('Leave out a column whose correlation with one before it is larger in size.'),
    top: z.int().min(1).max(100_000).optional().describe('Keep so many columns, the most important to `by`.'),
    by: z
      .enum(['random-forest', 'decision-tree', 'logistic-regression'])
      .default('random-forest')
      .describe('The model whose importances choose the top columns.'),
  })
  .optional()
  .describe('Which of the columns made reach the model; by default all. In this order.');

const reduce = z
  .strictObject({
    pca: z
      .strictObject({
        components: z.int().min(1).max(10_000).optional().describe('How many components.'),
        variance: z
          .number()
          .gt(0)
          .max(1)
          .default(0.95)
          .describe('Without `components`: the share of the variance they must pass.'),
      })
      .describe('Principal components in place of the columns.'),
  })
  .optional()
  .describe('Replace many columns by a few; by default not.');

export const preprocessSection = z
  .strictObject({ numeric, categorical, select, reduce })
  .prefault({})
  .describe('What is done to columns before a model sees them, learned inside each fold.');

export type PreprocessSection = z.infer<typeof preprocessSection>;
