/**
 * Brings every number to the same footing: 0 is the average customer, 1 is one standard deviation above.
 *
 * `(x - mean) / sd` with the mean and the standard deviation (divisor: number of values) of the training rows;
 * a constant column is only centred. Number columns in, the same names out, without a unit. Missing values are
 * ignored in learning and stay missing; row weights are ignored. O(rows x columns).
 *
 * Example: `standardScale()` turns 10, 20, 30 into -1.2247, 0, 1.2247.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.StandardScaler.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { affineColumnsOut, learnAffine, scaled } from './number-columns/affine.ts';
import { momentsOf } from './number-columns/statistics.ts';

const params = z.strictObject({
  center: z.boolean().default(true).describe('Subtract the mean.'),
  scale: z.boolean().default(true).describe('Divide by the standard deviation.'),
});

export const standardScale = defineTransformer({
  id: 'standard-scale',
  version: 1,
  title: 'Standard scaling',
  params,
  tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }, { params: { center: false } }, { params: { scale: false } }],
  fit: async (data, { center, scale }, ctx) =>
    learnAffine('standard-scale', data, ctx, (values) => {
      const { mean, sd, isConstant } = momentsOf(values);
      return { center: center ? mean : 0, scale: scale && !isConstant ? sd : 1 };
    }),
  transform: (state, table) => scaled('standard-scale', state, table),
  columnsOut: affineColumnsOut,
  describe: (state) =>
    `${countOf(state.columns.length, 'number column')} scaled by mean and standard deviation.`,
});
