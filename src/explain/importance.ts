/**
 * Which columns the model leans on: how much a measure of quality falls when one column is shuffled.
 *
 * Shuffling breaks the tie between column and outcome and keeps the column's distribution. Shuffled on rows the
 * model has not learned from; mean and standard deviation over repeats. Columns that carry the same information
 * share their importance and may each look small. Cost: columns x repeats scorings.
 * Source: Breiman 2001; https://scikit-learn.org/stable/modules/permutation_importance.html
 */
import type { Random } from '../base/random.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import { takeFromColumn } from '../table/column.ts';
import type { Dataset } from '../table/dataset.ts';
import { createTable, selectColumns } from '../table/table.ts';

export interface Importance {
  readonly column: string;
  /** Mean fall of the measure, in the measure's own unit; negative when shuffling helped by chance. */
  readonly value: number;
  /** Standard deviation over the repeats. */
  readonly sd: number;
}

/** Quality of scores for labels, higher is better. */
export type Quality = (labels: Uint8Array, scores: Float64Array) => number;

/** The importance of every input column, largest first. At most `mostRows` rows are used, evenly spaced. */
export function permutationImportance(
  fitted: FittedClassifier,
  data: Dataset,
  quality: Quality,
  random: Random,
  catalogue: Catalogue,
  { repeats = 5, mostRows = 5000 } = {},
): Importance[] {
  const rows = evenlySpaced(data.table.rowCount, mostRows);
  const names = fitted.inputs.map((input) => input.name);
  const whole = selectColumns(data.table, names, 'importance');
  const columns = whole.columns.map((column) => takeFromColumn(column, rows));
  const labels = Uint8Array.from(rows, (row) => data.labels[row]!);
  const baseline = quality(labels, score(fitted, createTable(columns), catalogue));
  const result = columns.map((column, at) => {
    const stream = random.fork(`shuffle:${column.name}`);
    const falls = Array.from({ length: repeats }, () => {
      const order = stream.shuffle(Int32Array.from(rows, (_, i) => i));
      const shuffled = columns.map((other, i) => (i === at ? takeFromColumn(column, order) : other));
      return baseline - quality(labels, score(fitted, createTable(shuffled), catalogue));
    });
    const value = falls.reduce((total, fall) => total + fall, 0) / repeats;
    const variance =
      falls.reduce((total, fall) => total + (fall - value) * (fall - value), 0) / Math.max(1, repeats - 1);
    return { column: column.name, value, sd: Math.sqrt(variance) };
  });
  return result.sort((a, b) => b.value - a.value);
}

function evenlySpaced(count: number, most: number): Int32Array {
  const taken = Math.min(count, most);
  return Int32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
