/**
 * Gives every answer a whole number, for answers that stand in an order: basic 0, plus 1, premium 2.
 *
 * A level's number is its place in the order: that given in `levels` for the column (levels seen in training that the
 * list leaves out follow by name), else by name (UTF-16 code units), or `order: 'frequency'`: the most frequent is 0, of
 * equals the earlier name. A level that is in neither list nor training is -1, or missing with `unknown: 'missing'`;
 * a missing value stays missing. Category columns in, number columns of the same names out. Row weights are ignored.
 * O(rows x columns).
 *
 * Example: `ordinalEncode({ levels: { plan: ['basic', 'plus', 'premium'] } })` turns plus into 1.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.OrdinalEncoder.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { type CategoryColumn, type NumberColumn, sharedFloats } from '../table/column.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { levelCounts } from './categories/level-counts.ts';

const params = z.strictObject({
  order: z
    .enum(['name', 'frequency'])
    .default('name')
    .describe('Order of the levels of columns that `levels` does not name.'),
  levels: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('By column: its levels in their order, the lowest first.'),
  unknown: z
    .enum(['minus-one', 'missing'])
    .default('minus-one')
    .describe('What a level becomes that is neither listed nor seen in training.'),
});

/** Each column's levels, in the order of their numbers. */
export type OrdinalEncodeState = {
  readonly unknown: 'minus-one' | 'missing';
  readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
};

export const ordinalEncode = defineTransformer({
  id: 'ordinal-encode',
  version: 1,
  title: 'Ordinal encoding',
  params,
  tags: { kinds: ['category'], acceptsMissing: true, isRandom: false, givesMissing: true },
  examples: [
    { params: {} },
    { params: { order: 'frequency', unknown: 'missing' } },
    { params: { levels: { contract: ['two-year', 'one-year'] } } },
  ],
  async fit(data, { order, levels, unknown }): Promise<OrdinalEncodeState> {
    const columns = data.table.columns.map(({ name }) => {
      const counts = levelCounts(requireColumn('ordinal-encode', data.table, name, 'category'));
      const given = Object.hasOwn(levels, name) ? levels[name]! : undefined;
      const usual = order === 'frequency' && !given ? counts.toSorted(([, a], [, b]) => b - a) : counts;
      return { name, levels: [...new Set([...(given ?? []), ...usual.map(([level]) => level)])] };
    });
    return { unknown, columns };
  },
  transform: ({ unknown, columns }, table) =>
    createTable(
      columns.map(({ name, levels }) =>
        numbered(
          requireColumn('ordinal-encode', table, name, 'category'),
          levels,
          unknown === 'missing' ? Number.NaN : -1,
        ),
      ),
      table.rowCount,
    ),
  columnsOut: (state) => state.columns.map(({ name }) => ({ name, kind: 'number', from: [name] })),
  describe: (state) => `${countOf(state.columns.length, 'category column')} encoded as numbers in order.`,
});

function numbered(column: CategoryColumn, levels: readonly string[], unknown: number): NumberColumn {
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const places = column.levels.map((level) => placeOf.get(level) ?? unknown);
  const values = sharedFloats(column.codes.length);
  for (let row = 0; row < values.length; row++) {
    const code = column.codes[row]!;
    values[row] = code < 0 ? Number.NaN : places[code]!;
  }
  return { name: column.name, kind: 'number', values };
}
