/**
 * Leaves out columns that say the same of every customer: they cannot tell who leaves.
 *
 * A column goes when all training rows hold one value, or none at all; a value in some rows and none in others
 * stays. Columns of every kind in, those that vary out, as they are. Row weights are ignored. O(rows x columns).
 *
 * Example: `dropConstant()` leaves out a column that is 0 in every row.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.feature_selection.VarianceThreshold.html
 * with threshold 0.
 */
import { z } from 'zod';
import { countOf, printable } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { type Column, columnKinds, columnLength, valueAt } from '../table/column.ts';
import { type KeptColumns, keptColumnsOut, keptOf, onlyKept } from './selection/kept-columns.ts';

export type DropConstantState = { readonly kept: KeptColumns; readonly dropped: readonly string[] };

export const dropConstant = defineTransformer({
  id: 'drop-constant',
  version: 1,
  title: 'Leaving out constant columns',
  params: z.strictObject({}),
  tags: { kinds: columnKinds, acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }],
  async fit(data, _params, ctx): Promise<DropConstantState> {
    const { columns } = data.table;
    const dropped = columns.filter(isConstant).map(({ name }) => name);
    for (const name of dropped) {
      ctx.note({
        code: 'drop-constant.dropped',
        message: `drop-constant: column ${printable(name)} holds the same value in every row and is left out`,
        column: name,
      });
    }
    return { kept: keptOf(columns.filter(({ name }) => !dropped.includes(name))), dropped };
  },
  transform: ({ kept }, table) => onlyKept('drop-constant', kept, table),
  columnsOut: ({ kept }) => keptColumnsOut(kept),
  describe: ({ dropped }) => `${countOf(dropped.length, 'constant column')} left out.`,
});

function isConstant(column: Column): boolean {
  const first = valueAt(column, 0);
  for (let row = 1, rows = columnLength(column); row < rows; row++)
    if (valueAt(column, row) !== first) return false;
  return true;
}
