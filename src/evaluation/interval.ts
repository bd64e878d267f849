/**
 * A measured number with the range that chance leaves open: 95% intervals.
 *
 * Wilson's interval is for shares: `hits` of `trials`. Unlike the share plus or minus two standard errors it
 * stays in [0, 1] and keeps a width when all or none of the trials hit.
 * Wilson (1927); Brown, Cai and DasGupta (2001).
 */

/** The ends of a 95% interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How every metric is reported: low <= value <= high. */
export interface MetricValue extends Interval {
  readonly value: number;
}

/** The 0.975 quantile of the normal distribution: 95% lie within so many standard errors. */
export const z95 = 1.959963984540054;

/** Wilson's 95% interval of a share seen in `trials` trials; without trials all is open. O(1). */
export function wilsonInterval(share: number, trials: number): Interval {
  if (!(trials > 0)) return { low: 0, high: 1 };
  const square = (z95 * z95) / trials;
  const centre = share + square / 2;
  const reach = Math.sqrt(square * (share * (1 - share) + square / 4));
  return {
    low: share === 0 ? 0 : Math.max(0, (centre - reach) / (1 + square)),
    high: share === 1 ? 1 : Math.min(1, (centre + reach) / (1 + square)),
  };
}

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
