/**
 * Brings numbers to the same footing without letting a few extreme customers decide it.
 *
 * `(x - median) / (q3 - q1)` with the quartiles of the training rows; where the quartiles are equal the column is
 * only centred. Number columns in, the same names out, without a unit. Missing values are ignored in learning and
 * stay missing; row weights are ignored. O(rows x columns).
 *
 * Example: `robustScale()` turns 1, 2, 3, 4, 100 into -1, -0.5, 0, 0.5, 48.5.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.RobustScaler.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { affineColumnsOut, learnAffine, scaled } from './number-columns/affine.ts';
import { medianOf, quartilesOf } from './number-columns/statistics.ts';

const params = z.strictObject({
  center: z.boolean().default(true).describe('Subtract the median.'),
  scale: z.boolean().default(true).describe('Divide by the distance of the quartiles.'),
});

export const robustScale = defineTransformer({
  id: 'robust-scale',
  version: 1,
  title: 'Robust scaling',
  params,
  tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }, { params: { center: false } }, { params: { scale: false } }],
  fit: async (data, { center, scale }, ctx) =>
    learnAffine('robust-scale', data, ctx, (values) => {
      const { q1, q3 } = quartilesOf(values);
      return { center: center ? medianOf(values) : 0, scale: scale ? q3 - q1 : 1 };
    }),
  transform: (state, table) => scaled('robust-scale', state, table),
  columnsOut: affineColumnsOut,
  describe: (state) => `${countOf(state.columns.length, 'number column')} scaled by median and quartiles.`,
});
