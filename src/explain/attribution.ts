/**
 * How much each business column pushes one customer's risk up or down. Additive, to rounding, for every row:
 * `base + sum of the row's values = link(P)`.
 *
 * - `exact-shap`, where the model has exact contributions (src/learn `contributions`): linear SHAP in log-odds, or
 *   path-dependent TreeSHAP on the scale on which its trees add up. Sources: Lundberg & Lee 2017; Lundberg et al. 2020.
 * - `sampled-shap`, for every other model: sampled against typical values whose columns are independent, in probability
 *   (`sampled-shap.ts`), with the standard error of each value.
 *
 * Derived columns are credited to the columns they are made of, in equal parts. Missing values count as values.
 * Cost: one scoring of the rows for `exact-shap`, at most `budget` scorings a row for `sampled-shap`.
 */
import { type Random, randomAt } from '../base/random.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { contributionSources, contributions } from '../learn/fit.ts';
import type { Table } from '../table/table.ts';
import { sampledShap } from './sampled-shap.ts';
import { scorerOf } from './score-table.ts';

export interface Attribution {
  readonly method: 'exact-shap' | 'sampled-shap';
  /** The scale of base and values. */
  readonly link: 'logit' | 'probability';
  /** Where the sum of a row starts: the average customer. */
  readonly base: number;
  /** Business columns: the inputs of the fitted value. */
  readonly columns: readonly string[];
  /** Row-major, rows x columns. */
  readonly values: Float64Array;
  /** Standard errors of the values, where they are sampled. */
  readonly errors?: Float64Array;
}

export interface AttributionOptions {
  /** For sampled values; by default the same stream for everybody, so that a customer is always told the same. */
  readonly random?: Random;
  /** Most scorings a row, for sampled values; `carefulBudget` where one customer is looked at. */
  readonly budget?: number;
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
  options: AttributionOptions = {},
): Attribution {
  return (
    exactAttribution(fitted, table, catalogue) ??
    sampledAttribution(fitted, table, background, catalogue, options)
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
  const sources = contributionSources(fitted, catalogue);
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
  return { method: 'exact-shap', link: exact.link, base: exact.base, columns, values };
}

export function sampledAttribution(
  fitted: FittedClassifier,
  table: Table,
  background: Table,
  catalogue: Catalogue,
  { random = randomAt('explain'), budget }: AttributionOptions = {},
): Attribution {
  const columns = fitted.inputs.map((input) => input.name);
  const { base, values, errors } = sampledShap(scorerOf(fitted, catalogue), table, background, columns, {
    random,
    ...(budget === undefined ? {} : { budget }),
  });
  return { method: 'sampled-shap', link: 'probability', base, columns, values, errors };
}
