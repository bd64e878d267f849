/**
 * How the mean score changes when one column is set to a value for everybody: the model's answer to "on average, what does
 * this column do?".
 *
 * For each value v of the grid: mean over the rows of P(x with column = v), and the 10% and 90% quantiles of the single rows'
 * answers (the spread of the ICE curves): where these lie far apart, the column acts differently on different customers.
 * The grid is the different typical values of the column: quantiles of a number, the levels of a category, missing last
 * where it is typical. Rows may become customers who do not exist (tenure 1 with total charges 5,000); a curve tells what
 * the model reacts to, not what would happen. Cost: grid x rows scorings.
 * Sources: Friedman 2001; Goldstein et al. 2015 (ICE).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.inspection.partial_dependence.html (method brute)
 */
import { quantiles } from '../math/quantile.ts';
import { mean } from '../math/sum.ts';
import { columnLength, takeFromColumn, valueAt } from '../table/column.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';
import { distinctRows } from './place-among.ts';
import type { ScoreTable } from './score-table.ts';

export interface DependencePoint {
  /** As JSON holds it: number, level, true or false, ISO time; null for a missing value. */
  readonly value: string | number | boolean | null;
  /** Mean P(churn) over the rows. */
  readonly mean: number;
  /** 10% and 90% quantile over the rows. */
  readonly low: number;
  readonly high: number;
}

export interface PartialDependence {
  readonly column: string;
  readonly kind: string;
  readonly rows: number;
  readonly points: readonly DependencePoint[];
}

/** At most `mostRows` rows are used, evenly spaced. */
export function partialDependence(
  score: ScoreTable,
  table: Table,
  typical: Table,
  column: string,
  { mostRows = 500 } = {},
): PartialDependence {
  const taken = Math.min(table.rowCount, mostRows);
  const rows = Int32Array.from({ length: taken }, (_, i) => Math.floor((i * table.rowCount) / taken));
  const { kind } = requireColumn('partial dependence', table, column);
  const others = table.columns.map((other) => takeFromColumn(other, rows));
  const grid = requireColumn('partial dependence', typical, column, kind);
  const points = Array.from(distinctRows(grid), (place): DependencePoint => {
    const fixed = takeFromColumn(grid, new Int32Array(taken).fill(place));
    const scores = score(
      createTable(
        others.map((other) => (other.name === column ? fixed : other)),
        taken,
      ),
    );
    const [low, high] = quantiles(scores, [0.1, 0.9]);
    return { value: valueAt(grid, place), mean: mean(scores), low: low!, high: high! };
  });
  return { column, kind, rows: taken, points: columnLength(grid) === 0 ? [] : points };
}
