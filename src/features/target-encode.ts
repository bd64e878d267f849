/**
 * Gives every answer the churn rate of those who gave it, pulled towards the general rate where they are few.
 *
 * For a level with n rows, churn rate m and within-level variance v, and the general rate p with variance s:
 * `w m + (1 - w) p` with `w = s n / (s n + v)` (`smooth: 'auto'`, empirical Bayes), or `(n m + smooth p) / (n + smooth)`
 * for a number. A missing value or unseen level gets p. The training rows themselves are encoded by rates of the
 * rows outside their inner fold (`folds`, whole groups or drawn within each outcome), so no row is described by its own label;
 * all later rows by the rates of all training rows. Category columns in, number columns 0 to 1 of the same names
 * out. Row weights are ignored. O(rows x columns x folds).
 *
 * Example: of 100 customers 20 left, of the 50 in Oslo 15 (0.3): with `smooth: 50` Oslo becomes 0.25.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.TargetEncoder.html
 */
import { z } from 'zod';
import type { Random } from '../base/random.ts';
import { countOf } from '../base/text.ts';
import { dealGroups } from '../data/splits/deal-groups.ts';
import { defineTransformer } from '../learn/definition.ts';
import { type CategoryColumn, type NumberColumn, sharedFloats } from '../table/column.ts';
import { type Dataset, takeDatasetRows } from '../table/dataset.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';
import { levelCounts } from './categories/level-counts.ts';

const params = z.strictObject({
  smooth: z
    .union([z.literal('auto'), z.number().min(0).max(1e9)])
    .default('auto')
    .describe('How many rows at the general rate stand beside those of each level; auto asks the data.'),
  folds: z
    .int()
    .min(2)
    .max(100)
    .default(5)
    .describe('Parts of the training rows, each encoded by the others.'),
});

/** Shares of churned rows, 0 to 1; levels by name. */
export type TargetEncodeState = {
  readonly columns: readonly Encoding[];
};
type Encoding = {
  readonly name: string;
  readonly prior: number;
  readonly levels: readonly string[];
  readonly rates: readonly number[];
};

export const targetEncode = defineTransformer({
  id: 'target-encode',
  version: 1,
  title: 'Target encoding',
  params,
  // The state is not random; the inner folds of the training rows are.
  tags: { kinds: ['category'], acceptsMissing: true, isRandom: true },
  examples: [{ params: {} }, { params: { smooth: 10, folds: 3 } }],
  fit: async (data, { smooth }): Promise<TargetEncodeState> => encodings(data, smooth),
  async fitTransform(data, { smooth, folds }, ctx) {
    const state = encodings(data, smooth);
    const foldOfRow = innerFolds(data, folds, ctx.random);
    const columns = state.columns.map(({ name }) => emptyColumn(name, data.table.rowCount));
    for (let fold = 0; fold < folds; fold++) {
      const own = rowsWhere(foldOfRow, (each) => each === fold);
      const others = takeDatasetRows(
        data,
        rowsWhere(foldOfRow, (each) => each !== fold),
      );
      encodings(others, smooth).columns.forEach((encoding, c) => {
        const column = requireColumn('target-encode', data.table, encoding.name, 'category');
        const rates = rateOfCode(encoding, column);
        for (const row of own) columns[c]!.values[row] = rateAt(column, row, rates, encoding.prior);
      });
    }
    return { state, table: createTable(columns, data.table.rowCount) };
  },
  transform: ({ columns }, table): Table =>
    createTable(
      columns.map((encoding) => {
        const column = requireColumn('target-encode', table, encoding.name, 'category');
        const rates = rateOfCode(encoding, column);
        const made = emptyColumn(encoding.name, table.rowCount);
        for (let row = 0; row < table.rowCount; row++)
          made.values[row] = rateAt(column, row, rates, encoding.prior);
        return made;
      }),
      table.rowCount,
    ),
  columnsOut: (state) => state.columns.map(({ name }) => ({ name, kind: 'number', from: [name] })),
  describe: (state) =>
    `${countOf(state.columns.length, 'category column')} encoded as the churn rate of each level.`,
});

/**
 * The inner fold of each training row: whole groups where there are at least as many as folds, so that no row is described by
 * another of its customer; else rows of each outcome in drawn order, dealt round.
 */
export function innerFolds(
  { labels, groups }: Pick<Dataset, 'labels' | 'groups'>,
  folds: number,
  random: Random,
): Int32Array {
  if (groups && new Set(groups).size >= folds)
    return dealGroups(labels, groups, new Array<number>(folds).fill(1 / folds), random.fork('groups'));
  const foldOfRow = new Int32Array(labels.length);
  let dealt = 0;
  for (const outcome of [0, 1]) {
    const rows = rowsWhere(labels, (label) => label === outcome);
    for (const row of random.fork('fold', outcome).shuffle(rows)) foldOfRow[row] = dealt++ % folds;
  }
  return foldOfRow;
}

function rowsWhere(of: ArrayLike<number>, holds: (value: number) => boolean): Int32Array {
  const rows = new Int32Array(of.length);
  let count = 0;
  for (let row = 0; row < of.length; row++) if (holds(of[row]!)) rows[count++] = row;
  return rows.slice(0, count);
}

function encodings({ table, labels }: Dataset, smooth: 'auto' | number): TargetEncodeState {
  let churned = 0;
  for (const label of labels) churned += label;
  // The fold of a table of one row leaves no others to learn from: nothing is known either way.
  const prior = labels.length === 0 ? 0.5 : churned / labels.length;
  return {
    columns: table.columns.map(({ name }) => {
      const column = requireColumn('target-encode', table, name, 'category');
      const counts = levelCounts(column);
      const churnedOf = new Map<string, number>();
      column.codes.forEach((code, row) => {
        const level = column.levels[code];
        if (level !== undefined) churnedOf.set(level, (churnedOf.get(level) ?? 0) + labels[row]!);
      });
      const rates = counts.map(([level, rows]) => smoothed(churnedOf.get(level)!, rows, prior, smooth));
      return { name, prior, levels: counts.map(([level]) => level), rates };
    }),
  };
}

function smoothed(churned: number, rows: number, prior: number, smooth: 'auto' | number): number {
  if (smooth !== 'auto') return (churned + smooth * prior) / (rows + smooth);
  const rate = churned / rows;
  const between = prior * (1 - prior) * rows;
  const within = rate * (1 - rate);
  // All training rows of one outcome: the rate is the prior.
  if (between + within === 0) return prior;
  const weight = between / (between + within);
  return weight * rate + (1 - weight) * prior;
}

function rateOfCode({ levels, rates, prior }: Encoding, column: CategoryColumn): Float64Array {
  const rateOf = new Map(levels.map((level, i) => [level, rates[i]!]));
  return Float64Array.from(column.levels, (level) => rateOf.get(level) ?? prior);
}

function rateAt(column: CategoryColumn, row: number, rates: Float64Array, prior: number): number {
  const code = column.codes[row]!;
  return code < 0 ? prior : rates[code]!;
}

const emptyColumn = (name: string, rows: number): NumberColumn => ({
  name,
  kind: 'number',
  values: sharedFloats(rows),
});
