/**
 * How much each business column pushes one customer's risk up or down.
 *
 * - `linear-shap`, where the model has exact contributions (src/learn `contributions`): additive in log-odds,
 *   `base + sum of a row's values = logit(P)`. Source: Lundberg & Lee 2017, Corollary 1 (linear SHAP).
 * - `permutation`, for every other model: the mean change of P(churn) when the column alone is replaced by
 *   typical values (`background`): `value = P(x) - mean over b of P(x with column = b)`. It answers "what if only
 *   this were typical"; interactions are not shared out, so the values need not add up.
 *
 * Derived columns are credited to the columns they are made of, in equal parts. Missing values count as values.
 * Cost: one scoring of the rows for `linear-shap`, columns x background rows scorings for `permutation`.
 */
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { contributions, score } from '../learn/fit.ts';
import { type PipelineState, pipeline, sourcesOf } from '../learn/pipeline.ts';
import { type Column, columnLength, takeFromColumn, valueAt } from '../table/column.ts';
import { createTable, requireColumn, selectColumns, type Table } from '../table/table.ts';

export interface Attribution {
  readonly method: 'linear-shap' | 'permutation';
  /** The scale of the values. */
  readonly link: 'logit' | 'probability';
  /** Where the sum of a row starts: the average customer. */
  readonly base: number;
  /** Business columns: the inputs of the fitted value. */
  readonly columns: readonly string[];
  /** Row-major, rows x columns. */
  readonly values: Float64Array;
}

/**
 * Attributions of every row. `background` holds typical values of each column, each column on its own: its rows
 * are not customers.
 */
export function attribute(
  fitted: FittedClassifier,
  table: Table,
  background: Table,
  catalogue: Catalogue,
): Attribution {
  return (
    exactAttribution(fitted, table, catalogue) ?? permutationAttribution(fitted, table, background, catalogue)
  );
}

/** Exact additive attributions, or undefined where the model has none. */
export function exactAttribution(
  fitted: FittedClassifier,
  table: Table,
  catalogue: Catalogue,
): Attribution | undefined {
  const exact = contributions(fitted, table, catalogue);
  if (!exact) return undefined;
  const columns = fitted.inputs.map((input) => input.name);
  const place = new Map(columns.map((name, index) => [name, index]));
  const sources = fitted.id === pipeline.id ? sourcesOf(fitted.state as PipelineState, catalogue) : undefined;
  const credits = exact.columns.map((name) => {
    const from = (sources?.get(name) ?? [name]).filter((source) => place.has(source));
    return from.map((source) => ({ at: place.get(source)!, share: 1 / from.length }));
  });
  const values = new Float64Array(table.rowCount * columns.length);
  for (let row = 0; row < table.rowCount; row++) {
    credits.forEach((parts, made) => {
      const value = exact.values[row * exact.columns.length + made]!;
      for (const { at, share } of parts) values[row * columns.length + at]! += value * share;
    });
  }
  return { method: 'linear-shap', link: exact.link, base: exact.base, columns, values };
}

export function permutationAttribution(
  fitted: FittedClassifier,
  table: Table,
  background: Table,
  catalogue: Catalogue,
): Attribution {
  const columns = fitted.inputs.map((input) => input.name);
  const inputs = selectColumns(table, columns, 'explain');
  const scores = score(fitted, inputs, catalogue);
  const values = new Float64Array(table.rowCount * columns.length);
  columns.forEach((name, at) => {
    const typical = requireColumn('explain', background, name);
    for (const { row: source, share } of distinctValues(typical)) {
      const replaced = takeFromColumn(typical, new Int32Array(table.rowCount).fill(source));
      const changed = createTable(
        inputs.columns.map((column) => (column.name === name ? replaced : column)),
        table.rowCount,
      );
      const changedScores = score(fitted, changed, catalogue);
      for (let row = 0; row < table.rowCount; row++) {
        values[row * columns.length + at]! += (scores[row]! - changedScores[row]!) * share;
      }
    }
  });
  const base = scores.length > 0 ? scores.reduce((total, p) => total + p, 0) / scores.length : 0;
  return { method: 'permutation', link: 'probability', base, columns, values };
}

/** Each different value of a column once, with its share of the rows: a level that is typical thrice is scored once. */
function distinctValues(column: Column): { row: number; share: number }[] {
  const rows = columnLength(column);
  const found = new Map<unknown, { row: number; count: number }>();
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    const known = found.get(value);
    if (known) known.count++;
    else found.set(value, { row, count: 1 });
  }
  return [...found.values()].map(({ row, count }) => ({ row, share: count / rows }));
}
