/**
 * A measured number with the range that chance leaves open: 95% intervals.
 *
 * Wilson's interval is for shares: `hits` of `trials`. Unlike the share plus or minus two standard errors it
 * stays in [0, 1] and keeps a width when all or none of the trials hit.
 * Wilson (1927); Brown, Cai and DasGupta (2001).
 */

import { type Interval, wilsonInterval as intervalOfCounts } from '../math/binomial-interval.ts';

export type { Interval };

/** How every metric is reported: low <= value <= high. */
export interface MetricValue extends Interval {
  readonly value: number;
}

/** The 0.975 quantile of the normal distribution: 95% lie within so many standard errors. */
export const z95 = 1.959963984540054;

/** Wilson's 95% interval of a share seen in `trials` trials; without trials all is open. O(1). */
export const wilsonInterval = (share: number, trials: number): Interval =>
  trials > 0 ? intervalOfCounts(share * trials, trials) : { low: 0, high: 1 };

/** The value with its interval, stretched where needed so that the value lies inside. */
export const withInterval = (value: number, { low, high }: Interval): MetricValue => ({
  value,
  low: Math.min(low, value),
  high: Math.max(high, value),
});

/** A share of trials with Wilson's interval; 0 of 0 is 0, and open. */
export function shareOf(hits: number, trials: number): MetricValue {
  const value = trials > 0 ? hits / trials : 0;
  return withInterval(value, wilsonInterval(value, trials));
}
