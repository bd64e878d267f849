/**
 * How much a metric would move with other customers of the same kind: the metric on samples redrawn from the sample.
 *
 * Each replicate draws as many rows as there are, with replacement, and differs from the sample only in how often
 * each row counts. All metrics are computed on the same replicates. A replicate without churners or without stayers
 * is drawn again. Cost: O(rows x metrics) a replicate.
 * Efron and Tibshirani (1993), chapter 13.
 */
import type { Random } from '../base/random.ts';
import { quantiles } from '../math/quantile.ts';
import type { Metric } from './definition.ts';
import type { Interval } from './interval.ts';
import type { Sample } from './sample.ts';

/** Rows x replicates: about a second of work. */
export const bootstrapBudget = 20_000_000;

/** 1,000 replicates; above 20,000 rows fewer, by the budget; never fewer than 200, which give the ends two digits. */
export const replicateCount = (rowCount: number): number =>
  Math.max(200, Math.min(1000, Math.floor(bootstrapBudget / Math.max(1, rowCount))));

/** The values of each metric over the replicates, in the order drawn: `result[metric][replicate]`. */
export function bootstrap(
  sample: Sample,
  metrics: readonly Metric[],
  random: Random,
  replicates = replicateCount(sample.rowCount),
): Float64Array[] {
  const values = metrics.map(() => new Float64Array(replicates));
  if (metrics.length === 0) return values;
  const draws = new Uint16Array(sample.rowCount);
  const counts = new Float64Array(sample.rowCount);
  const replicate: Sample = { ...sample, counts };
  for (let r = 0; r < replicates; r++) {
    do redraw(sample, draws, counts, random);
    while (isOneClass(replicate));
    metrics.forEach((metric, m) => {
      values[m]![r] = metric.compute(replicate);
    });
  }
  return values;
}

/** The middle 95% of the replicates. */
export function percentileInterval(values: Float64Array): Interval {
  const [low, high] = quantiles(values, [0.025, 0.975]);
  return { low: low!, high: high! };
}

/** Draws are counted in a small array of their own, which stays in the processor's cache. */
function redraw(sample: Sample, draws: Uint16Array, counts: Float64Array, random: Random): void {
  const rowCount = sample.rowCount;
  // Multiplying favours no row by more than rows / 2^32, and is several times faster than `random.integer`.
  const scale = rowCount / 4294967296;
  draws.fill(0);
  for (let draw = 0; draw < rowCount; draw++) draws[Math.floor(random.uint32() * scale)]!++;
  for (let i = 0; i < rowCount; i++) counts[i] = draws[i]! * sample.counts[i]!;
}

function isOneClass({ labels, counts }: Sample): boolean {
  let isChurnedSeen = false;
  let isStayedSeen = false;
  for (let i = 0; i < labels.length && !(isChurnedSeen && isStayedSeen); i++) {
    if (counts[i]! > 0 && labels[i] === 1) isChurnedSeen = true;
    else if (counts[i]! > 0) isStayedSeen = true;
  }
  return !(isChurnedSeen && isStayedSeen);
}
