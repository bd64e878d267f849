/**
 * Brings every number to the range from 0, the smallest value seen in training, to 1, the largest.
 *
 * `(x - min) / (max - min)`; a constant column is only shifted to 0. Values beyond what training saw fall outside
 * 0 and 1 unless `clip` is set. Number columns in, the same names out, without a unit. Missing values are ignored
 * in learning and stay missing; row weights are ignored. O(rows x columns).
 *
 * Example: `minMaxScale()` turns 10, 15, 30 into 0, 0.25, 1.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.MinMaxScaler.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { createTable, type Table } from '../table/table.ts';
import { type AffineState, affineColumnsOut, learnAffine, scaled } from './number-columns/affine.ts';
import { clipped } from './number-columns/clip.ts';

const params = z.strictObject({
  clip: z.boolean().default(false).describe('Cut values beyond the training range at 0 and 1.'),
});

type State = AffineState & { readonly clip: boolean };

export const minMaxScale = defineTransformer({
  id: 'min-max-scale',
  version: 1,
  title: 'Min-max scaling',
  params,
  tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }, { params: { clip: true } }],
  fit: async (data, { clip }, ctx): Promise<State> => ({
    ...learnAffine('min-max-scale', data, ctx, rangeOf),
    clip,
  }),
  transform(state, table): Table {
    const made = scaled('min-max-scale', state, table);
    if (!state.clip) return made;
    return createTable(
      made.columns.map((column) => (column.kind === 'number' ? clipped(column, 0, 1) : column)),
      table.rowCount,
    );
  },
  columnsOut: (state) => affineColumnsOut(state),
  describe: (state) =>
    `${countOf(state.columns.length, 'number column')} scaled to 0 to 1 of the training range.`,
});

function rangeOf(values: Float64Array): { center: number; scale: number } {
  let low = values[0]!;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: low + 0, scale: high - low };
}
