/**
 * Which columns the model leans on: how much a measure of quality falls when one column is shuffled.
 *
 * Shuffling breaks the tie between column and outcome and keeps the column's distribution. Shuffled on rows the
 * model has not learned from; mean and standard deviation over repeats. Columns that carry the same information
 * share their importance and may each look small. Of a wide table only the columns are measured that move scores most,
 * as one shuffle of a hundred rows shows. Cost: `mostColumns` x repeats scorings, and for a wide table one scoring of a
 * hundred rows a column.
 * Source: Breiman 2001; https://scikit-learn.org/stable/modules/permutation_importance.html
 */
import type { Random } from '../base/random.ts';
import { thinRows } from '../data/splits/thin-rows.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import { takeFromColumn } from '../table/column.ts';
import type { Dataset } from '../table/dataset.ts';
import { createTable, selectColumns, type Table, takeRows } from '../table/table.ts';

export interface Importance {
  readonly column: string;
  /** Mean fall of the measure, in the measure's own unit; negative when shuffling helped by chance. */
  readonly value: number;
  /** Standard deviation over the repeats. */
  readonly sd: number;
}

/** Quality of scores for labels, higher is better. */
export type Quality = (labels: Uint8Array, scores: Float64Array) => number;

/** Of more input columns so many are measured. */
export const mostMeasured = 100;
/** Rows that show which columns of a wide table are worth measuring. */
const screenedRows = 100;

/**
 * The importance of every input column, largest first. About `mostRows` rows are used at most, outcomes in proportion, and of more than
 * `mostColumns` input columns so many are measured.
 */
export function permutationImportance(
  fitted: FittedClassifier,
  data: Dataset,
  quality: Quality,
  random: Random,
  catalogue: Catalogue,
  { repeats = 5, mostRows = 5000, mostColumns = mostMeasured } = {},
): Importance[] {
  const rows = thinRows(data.labels, mostRows);
  const names = fitted.inputs.map((input) => input.name);
  const inputs = selectColumns(data.table, names, 'importance');
  const whole = takeRows(inputs, rows);
  const labels = Uint8Array.from(rows, (row) => data.labels[row]!);
  const scores = (table: Table): Float64Array => score(fitted, table, catalogue);
  const baseline = quality(labels, scores(whole));
  const places =
    names.length > mostColumns
      ? strongestColumns(
          takeRows(inputs, evenlySpaced(rows.length, screenedRows)),
          scores,
          random,
          mostColumns,
        )
      : names.map((_, at) => at);
  const result = places.map((at) => {
    const column = names[at]!;
    const stream = random.fork(`shuffle:${column}`);
    const falls = Array.from(
      { length: repeats },
      () => baseline - quality(labels, scores(shuffled(whole, at, stream))),
    );
    const value = falls.reduce((total, fall) => total + fall, 0) / repeats;
    const variance =
      falls.reduce((total, fall) => total + (fall - value) * (fall - value), 0) / Math.max(1, repeats - 1);
    return { column, value, sd: Math.sqrt(variance) };
  });
  return result.sort((a, b) => b.value - a.value);
}

/** The table with the values of one column in another order. */
function shuffled({ columns, rowCount }: Table, at: number, stream: Random): Table {
  const order = stream.shuffle(Int32Array.from({ length: rowCount }, (_, row) => row));
  return createTable(
    columns.map((column, c) => (c === at ? takeFromColumn(column, order) : column)),
    rowCount,
  );
}

/** The places, ascending, of the `most` columns whose shuffle moves the scores most; of equals the earlier. */
function strongestColumns(
  table: Table,
  scores: (table: Table) => Float64Array,
  random: Random,
  most: number,
): number[] {
  const before = scores(table);
  const moves = table.columns.map(({ name }, at) => {
    const after = scores(shuffled(table, at, random.fork(`screen:${name}`)));
    return after.reduce((total, score, row) => total + Math.abs(score - before[row]!), 0);
  });
  return moves
    .map((_, at) => at)
    .sort((a, b) => moves[b]! - moves[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

function evenlySpaced(count: number, most: number): Int32Array {
  const taken = Math.min(count, most);
  return Int32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
