/**
 * Between which bounds a rate lies of which we saw `successes` among `trials`.
 *
 * `wilsonInterval`: the normal test turned round; close to its level on average, never leaves [0, 1].
 * `exactInterval` (Clopper-Pearson): covers at least its level, whatever the rate; wider.
 * No trials: [0, 1], since nothing is known.
 * References: Wilson (1927); Clopper and Pearson (1934); scipy.stats.binomtest(...).proportion_ci.
 */
import { betaQuantile } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Successes may be fractional: weighted counts. */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const z = normalQuantile(0.5 + level / 2);
  const rate = successes / trials;
  const share = (z * z) / trials;
  const centre = (rate + share / 2) / (1 + share);
  const half = (z / (1 + share)) * Math.sqrt((rate * (1 - rate)) / trials + share / (4 * trials));
  // At no or all successes the bound is 0 or 1; rounding must not put it beside.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

export function exactInterval(successes: number, trials: number, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(successes, trials - successes + 1, tail),
    high: successes === trials ? 1 : betaQuantile(successes + 1, trials - successes, 1 - tail),
  };
}
