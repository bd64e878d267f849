/**
 * Fills in what is not known about a customer with what is usual, or says openly that it is missing.
 *
 * Numbers get the median (of two middle values their mean), the mean, the most frequent value or a constant;
 * booleans the more frequent answer or a fixed one; categories a level of their own (`missing`) or the most frequent
 * level. Of equally frequent values the smallest wins, of levels the first by name. Number, boolean and category
 * columns in; the same names, kinds and units out, with nothing missing, whatever was missing in training. A column
 * without any value gets 0, false or the level `missing`, with a note. Row weights are ignored. O(rows x columns).
 *
 * Example: `impute({ number: 'median' })` turns 1, 2, missing, 9 into 1, 2, 2, 9.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.impute.SimpleImputer.html
 */
import { z } from 'zod';
import { countOf, printable } from '../base/text.ts';
import type { Context } from '../learn/context.ts';
import { defineTransformer } from '../learn/definition.ts';
import {
  type BooleanColumn,
  byCodeUnit,
  type CategoryColumn,
  type Column,
  type NumberColumn,
  sharedBytes,
  sharedCodes,
  sharedFloats,
} from '../table/column.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';
import { medianOf, momentsOf, mostFrequentOf, presentNumbers } from './number-columns/statistics.ts';

const params = z.strictObject({
  number: z
    .enum(['median', 'mean', 'most-frequent', 'constant'])
    .default('median')
    .describe('What a missing number becomes.'),
  constant: z.number().default(0).describe('The number used by number: constant.'),
  boolean: z
    .enum(['most-frequent', 'false', 'true'])
    .default('most-frequent')
    .describe('What a missing boolean becomes.'),
  category: z
    .enum(['missing', 'most-frequent'])
    .default('missing')
    .describe('What a missing level becomes: a level of its own, or the most frequent one.'),
  level: z.string().min(1).default('missing').describe('Name of the level that category: missing gives.'),
});

type Fill =
  | { readonly name: string; readonly kind: 'number'; readonly value: number }
  | { readonly name: string; readonly kind: 'boolean'; readonly value: boolean }
  | { readonly name: string; readonly kind: 'category'; readonly value: string };

/** What each column gets where a value is missing, in the unit of the column. */
export type ImputeState = { readonly fills: readonly Fill[] };

export const impute = defineTransformer({
  id: 'impute',
  version: 1,
  title: 'Imputing',
  params,
  tags: { kinds: ['number', 'boolean', 'category'], acceptsMissing: true, isRandom: false },
  examples: [
    { params: {} },
    { params: { number: 'mean', category: 'most-frequent' } },
    { params: { number: 'most-frequent', boolean: 'true' } },
    { params: { number: 'constant', constant: -1, boolean: 'false', level: 'not told' } },
  ],
  fit: async (data, chosen, ctx): Promise<ImputeState> => ({
    fills: data.table.columns.map((column) => fillOf(column, chosen, ctx)),
  }),
  transform: (state, table) =>
    createTable(
      state.fills.map((fill) => filled(fill, table)),
      table.rowCount,
    ),
  columnsOut: (state) => state.fills.map(({ name, kind }) => ({ name, kind, from: [name] })),
  describe: (state) => `Missing values filled in ${countOf(state.fills.length, 'column')}.`,
});

function fillOf(column: Column, chosen: z.infer<typeof params>, ctx: Context): Fill {
  const { name } = column;
  switch (column.kind) {
    case 'number': {
      const values = presentNumbers('impute', column);
      if (chosen.number === 'constant') return { name, kind: 'number', value: chosen.constant + 0 };
      if (values.length === 0) noteAllMissing(name, '0', ctx);
      return { name, kind: 'number', value: values.length === 0 ? 0 : usualNumber(values, chosen.number) };
    }
    case 'boolean': {
      if (chosen.boolean !== 'most-frequent')
        return { name, kind: 'boolean', value: chosen.boolean === 'true' };
      const counts = [0, 0];
      for (const value of column.values) if (value >= 0) counts[value]!++;
      if (counts[0] === 0 && counts[1] === 0) noteAllMissing(name, 'false', ctx);
      return { name, kind: 'boolean', value: counts[1]! > counts[0]! };
    }
    case 'category': {
      const frequent = chosen.category === 'missing' ? chosen.level : mostFrequentLevel(column);
      if (frequent === undefined) noteAllMissing(name, `the level ${printable(chosen.level)}`, ctx);
      return { name, kind: 'category', value: frequent ?? chosen.level };
    }
    default:
      // `fitTransformer` refuses other kinds with `column.kind` before a fit begins.
      throw new TypeError(`impute: no rule for kind ${column.kind}`);
  }
}

function usualNumber(values: Float64Array, method: 'median' | 'mean' | 'most-frequent'): number {
  if (method === 'mean') return momentsOf(values).mean;
  return method === 'median' ? medianOf(values) : mostFrequentOf(values);
}

function mostFrequentLevel(column: CategoryColumn): string | undefined {
  const counts = new Float64Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  let best: number | undefined;
  counts.forEach((count, code) => {
    if (count === 0) return;
    const lead = best === undefined ? 1 : count - counts[best]!;
    if (lead > 0 || (lead === 0 && byCodeUnit(column.levels[code]!, column.levels[best!]!) < 0)) best = code;
  });
  return best === undefined ? undefined : column.levels[best];
}

function noteAllMissing(name: string, value: string, ctx: Context): void {
  ctx.note({
    code: 'impute.all-missing',
    message: `impute: column ${printable(name)} is missing in every row and is filled with ${value}`,
    column: name,
  });
}

function filled(fill: Fill, table: Table): Column {
  switch (fill.kind) {
    case 'number':
      return filledNumbers(requireColumn('impute', table, fill.name, 'number'), fill.value);
    case 'boolean':
      return filledBooleans(requireColumn('impute', table, fill.name, 'boolean'), fill.value);
    case 'category':
      return filledLevels(requireColumn('impute', table, fill.name, 'category'), fill.value);
  }
}

function filledNumbers(column: NumberColumn, fill: number): NumberColumn {
  const source = column.values;
  let row = 0;
  while (row < source.length && !Number.isNaN(source[row])) row++;
  if (row === source.length) return column;
  const values = sharedFloats(source.length);
  for (row = 0; row < source.length; row++) {
    const value = source[row]!;
    values[row] = Number.isNaN(value) ? fill : value;
  }
  return { name: column.name, kind: 'number', values };
}

function filledBooleans(column: BooleanColumn, fill: boolean): BooleanColumn {
  if (!column.values.includes(-1)) return column;
  const values = sharedBytes(column.values.length);
  for (let row = 0; row < values.length; row++) {
    const value = column.values[row]!;
    values[row] = value < 0 ? Number(fill) : value;
  }
  return { name: column.name, kind: 'boolean', values };
}

function filledLevels(column: CategoryColumn, fill: string): CategoryColumn {
  // The level list grows even when no row needs it, so that it never depends on which rows are in the table.
  const at = column.levels.indexOf(fill);
  const levels = at < 0 ? [...column.levels, fill] : column.levels;
  if (!column.codes.includes(-1)) return { ...column, levels };
  const fillCode = at < 0 ? column.levels.length : at;
  const codes = sharedCodes(column.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[row]!;
    codes[row] = code < 0 ? fillCode : code;
  }
  return { name: column.name, kind: 'category', codes, levels };
}
