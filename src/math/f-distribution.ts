/**
 * Fisher's F: whether groups differ by more than the spread inside them (analysis of variance).
 *
 * fSurvival(f, d1, d2) = P(F > f), the p-value of an F test with d1 and d2 degrees of freedom. Relative error about 1e-13.
 * Reference: scipy.stats.f.sf.
 */
import { incompleteBeta } from './incomplete-beta.ts';

export function fSurvival(f: number, degrees1: number, degrees2: number): number {
  if (!(degrees1 > 0 && degrees2 > 0) || Number.isNaN(f)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  const total = degrees2 + degrees1 * f;
  return incompleteBeta(degrees2 / 2, degrees1 / 2, degrees2 / total, (degrees1 * f) / total);
}
