/**
 * Student's t: how far a mean of few numbers may stray by chance alone.
 *
 * studentTCdf(t, k) = P(T <= t) for k > 0 degrees of freedom (not only whole ones, as Welch's test needs); the two-sided
 * p-value of a test is 2 studentTCdf(-|t|, k). studentTQuantile is the inverse. Relative error about 1e-13. NaN gives NaN.
 * Reference: scipy.special.stdtr, stdtrit.
 */
import { exp, log } from './exp-log.ts';
import { logGamma } from './gamma.ts';
import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/** The share of the distribution at or below t. */
export function studentTCdf(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t)) return Number.NaN;
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return t < 0 ? 0 : 1;
  const square = t * t;
  const total = degrees + square;
  const tail = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / total, square / total);
  return t < 0 ? tail : 1 - tail;
}

/** The point with the share p at or below it: infinite at 0 and 1, NaN outside. */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(degrees > 0 && p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (p > 0.5) return -studentTQuantile(1 - p, degrees);
  const logScale = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * log(degrees * Math.PI);
  // The t quantile lies beyond the normal one, on a side where the cdf is convex: Newton walks there without turning back
  // until rounding turns it, which is the end.
  let t = normalQuantile(p);
  for (let step = 0; step < 2000; step++) {
    const density = exp(logScale - ((degrees + 1) / 2) * log(1 + (t * t) / degrees));
    const next = t - (studentTCdf(t, degrees) - p) / density;
    if (!(next < t) && step > 0) return next;
    if (Math.abs(next - t) <= 1e-16 * Math.abs(t)) return next;
    t = next;
  }
  return t;
}
