/**
 * Turns yes / no answers into numbers that a model can add up: true is 1, false is 0.
 *
 * Boolean columns in, number columns of the same names out. Missing stays missing (NaN). Learns nothing but the
 * names; row weights are ignored. O(rows x columns).
 *
 * Example: `booleanToNumber()` turns true, false, missing into 1, 0, missing.
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { type NumberColumn, sharedFloats } from '../table/column.ts';
import { columnNames, createTable, requireColumn } from '../table/table.ts';

const params = z.strictObject({});

type State = { readonly columns: readonly string[] };

export const booleanToNumber = defineTransformer({
  id: 'boolean-to-number',
  version: 1,
  title: 'Boolean to number',
  params,
  tags: { kinds: ['boolean'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }],
  fit: async (data): Promise<State> => ({ columns: columnNames(data.table) }),
  transform: (state, table) =>
    createTable(
      state.columns.map((name): NumberColumn => {
        const source = requireColumn('boolean-to-number', table, name, 'boolean').values;
        const values = sharedFloats(source.length);
        for (let row = 0; row < source.length; row++)
          values[row] = source[row]! < 0 ? Number.NaN : source[row]!;
        return { name, kind: 'number', values };
      }),
      table.rowCount,
    ),
  columnsOut: (state) => state.columns.map((name) => ({ name, kind: 'number', from: [name] })),
  describe: (state) => `${countOf(state.columns.length, 'boolean column')} turned into 0 and 1.`,
});
