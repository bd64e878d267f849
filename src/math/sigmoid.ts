/**
 * From a score on the log-odds scale to a probability and back, and the loss between them.
 *
 * sigmoid(z) = 1 / (1 + exp(-z)); logit(p) = ln(p / (1 - p)); log1pExp(z) = ln(1 + exp(z)).
 * The log loss of one row is log1pExp(-z) when it churned and log1pExp(z) when it stayed.
 * None overflows or loses digits at either end; NaN gives NaN. Built on `exp-log.ts`, so equal to the bit everywhere.
 * Reference: scipy.special.expit, logit, log_expit.
 */
import { exp, log, log1p } from './exp-log.ts';

/** P(churn) from log-odds, in [0, 1]. */
export function sigmoid(z: number): number {
  // exp of the negative size never overflows; the two branches meet at 1/2.
  if (z >= 0) return 1 / (1 + exp(-z));
  const e = exp(z);
  return e / (1 + e);
}

/** Log-odds from a probability: -Infinity at 0, Infinity at 1, NaN outside. */
export function logit(p: number): number {
  // Near 1/2 the quotient is near 1, where its rounding would be all that log sees; 2 p - 1 is exact there.
  if (p > 0.3 && p < 0.7) return log1p((2 * p - 1) / (1 - p));
  return log(p / (1 - p));
}

/** ln(1 + exp(z)), the soft plus. */
export function log1pExp(z: number): number {
  return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}
