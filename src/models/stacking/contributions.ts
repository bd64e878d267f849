/**
 * What explains the score of a stack whose last model is linear: the parts of its models, each times its weight.
 *
 * log-odds = intercept + sum_m weight_m z_m, z_m the clamped log-odds of model m. Where a model adds up in log-odds its
 * parts are z_m's, so the sum is exact; where it adds up in probability, or its log-odds are clamped, its parts are
 * stretched to add up to z_m (`rescaled.ts`). O(rows x columns x models) besides the parts of the models.
 */
import type { Contributions } from '../../learn/definition.ts';
import { logit } from '../../math/sigmoid.ts';
import { rescaled } from '../shared/rescaled.ts';
import { clampLogOdds } from './log-odds-table.ts';

/** A last model that is linear: its log-odds at zero, and what each model's log-odds count. */
export interface LinearEnd {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** The line behind the contributions of a linear model at two rows: all zeros, then all ones. */
export function linearEnd({ base, columns, values }: Contributions): LinearEnd {
  const width = columns.length;
  let intercept = base;
  for (let m = 0; m < width; m++) intercept += values[m]!;
  return { intercept, weights: Float64Array.from(columns, (_, m) => values[width + m]! - values[m]!) };
}

/** `parts`: of each model, in the columns that come in. */
export function stackContributions(
  { intercept, weights }: LinearEnd,
  parts: readonly Contributions[],
  most: number,
): Contributions {
  const { columns, values: first } = parts[0]!;
  const values = new Float64Array(first.length);
  let base = intercept;
  for (const [m, inner] of parts.entries()) {
    const own = rescaled(inner, 'logit', (scale) =>
      clampLogOdds(inner.link === 'logit' ? scale : logit(Math.max(0, Math.min(1, scale))), most),
    );
    const weight = weights[m]!;
    base += weight * own.base;
    for (let at = 0; at < values.length; at++) values[at]! += weight * own.values[at]!;
  }
  return { link: 'logit', base, columns, values };
}
