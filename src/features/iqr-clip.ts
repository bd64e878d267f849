/**
 * Puts extreme numbers back on the edge of what is usual, so that a few odd customers don't steer the model.
 *
 * Clips to `[q1 - factor x iqr, q3 + factor x iqr]` with `iqr = q3 - q1` and the quartiles (numpy's linear rule) of
 * the training rows. Number columns in, the same names and units out. Missing values are ignored in learning and
 * stay missing; row weights are ignored. O(rows x columns).
 *
 * Deviation from the plain rule: where `iqr` is 0 (a 0 / 1 column of few ones, a column of mostly zeros) the rule
 * would turn the column into a constant. Such a column is kept as it is, with a note; `whenDegenerate: 'clip'`
 * gives the plain rule.
 *
 * Example: `iqrClip({ factor: 1.5 })` on 1, 2, 3, 4, 100 (quartiles 2 and 4) turns 100 into 7.
 * Matches https://numpy.org/doc/stable/reference/generated/numpy.percentile.html with `numpy.clip`.
 */
import { z } from 'zod';
import { countOf, printable } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { clipped } from './number-columns/clip.ts';
import { presentNumbers, quartilesOf } from './number-columns/statistics.ts';

const params = z.strictObject({
  factor: z
    .number()
    .min(0)
    .max(1000)
    .default(1.5)
    .describe('How many quartile distances beyond the quartiles a value may lie.')
    .meta({ search: { type: 'linear', low: 1, high: 3 } }),
  whenDegenerate: z
    .enum(['keep', 'clip'])
    .default('keep')
    .describe('A column whose quartiles are equal: keep it as it is, or clip it to one value.'),
});

/** Bounds in the unit of each column; null is no bound. */
export type IqrClipState = {
  readonly columns: readonly {
    readonly name: string;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
};

export const iqrClip = defineTransformer({
  id: 'iqr-clip',
  version: 1,
  title: 'Outlier clipping',
  params,
  tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }, { params: { factor: 0.5 } }, { params: { whenDegenerate: 'clip' } }],
  async fit(data, { factor, whenDegenerate }, ctx): Promise<IqrClipState> {
    const columns = data.table.columns.map(({ name }) => {
      const values = presentNumbers('iqr-clip', requireColumn('iqr-clip', data.table, name, 'number'));
      const free = { name, lower: null, upper: null };
      if (values.length === 0) {
        ctx.note({
          code: 'iqr-clip.all-missing',
          message: `iqr-clip: column ${printable(name)} is missing in every row and gets no bounds`,
          column: name,
        });
        return free;
      }
      const { q1, q3 } = quartilesOf(values);
      const iqr = q3 - q1;
      if (iqr === 0 && whenDegenerate === 'keep') {
        // A column of one value alone loses nothing either way: nobody needs to hear of it.
        if (values.some((value) => value !== q1)) {
          ctx.note({
            code: 'iqr-clip.degenerate',
            message: `iqr-clip: column ${printable(name)} keeps its outliers: half of its rows or more hold one value (imputed ones count), and clipping would make it constant`,
            column: name,
          });
        }
        return free;
      }
      return { name, lower: bound(q1 - factor * iqr), upper: bound(q3 + factor * iqr) };
    });
    return { columns };
  },
  transform: (state, table) =>
    createTable(
      state.columns.map(({ name, lower, upper }) =>
        clipped(requireColumn('iqr-clip', table, name, 'number'), lower, upper),
      ),
      table.rowCount,
    ),
  columnsOut: (state) => state.columns.map(({ name }) => ({ name, kind: 'number', from: [name] })),
  describe(state) {
    const bounded = state.columns.filter(({ lower, upper }) => lower !== null || upper !== null).length;
    return `${countOf(bounded, 'number column')} of ${state.columns.length} clipped to their usual range.`;
  },
});

/** Beyond the largest number there is nothing to clip; adding 0 turns -0 into the 0 that JSON keeps. */
const bound = (value: number): number | null => (Number.isFinite(value) ? value + 0 : null);
