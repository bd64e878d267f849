/**
 * Is one model really better than another? Any metric of both on the same customers, and the difference.
 *
 * Every replicate redraws customers, the same for both models: what makes both err alike cancels, so a difference shows
 * on far fewer rows than two separate intervals would need. The interval is the middle 95% of the differences; one that
 * holds 0 proves nothing. Metrics of decisions take a threshold of each model. For the ROC-AUC alone `compareRocAuc`
 * answers without drawing. The plain ECE is lifted by chance in both models, about alike: its difference is sound where the
 * two errors are of like size.
 * Cost: O(rows x replicates).
 */
import type { Random } from '../base/random.ts';
import { percentileInterval, replicateCount } from './bootstrap.ts';
import type { Metric } from './definition.ts';
import { type MetricValue, withInterval } from './interval.ts';
import { prepareSample, type Sample } from './sample.ts';

/** The first model's metric less the second's. */
export interface PairedDifference extends MetricValue {
  readonly metric: string;
  readonly first: number;
  readonly second: number;
}

export interface PairedOptions {
  /** From which score on each model calls churn. */
  readonly thresholds?: readonly [first: number, second: number];
  readonly replicates?: number;
}

/** Throws `data.one-class` when all rows have the same outcome. */
export function comparePaired(
  labels: Uint8Array,
  firstScores: Float64Array,
  secondScores: Float64Array,
  metric: Metric,
  random: Random,
  { thresholds = [0.5, 0.5], replicates = replicateCount(labels.length) }: PairedOptions = {},
): PairedDifference {
  const one = prepareSample(labels, firstScores, thresholds[0], null, 'compare');
  const other = prepareSample(labels, secondScores, thresholds[1], null, 'compare');
  const draws = new Float64Array(labels.length);
  const ofFirst: Sample = { ...one, counts: new Float64Array(labels.length) };
  const ofSecond: Sample = { ...other, counts: new Float64Array(labels.length) };
  const differences = new Float64Array(replicates).map(() => {
    do redraw(draws, random);
    while (isOneClass(labels, draws));
    for (let i = 0; i < draws.length; i++) {
      ofFirst.counts[i] = draws[one.order[i]!]!;
      ofSecond.counts[i] = draws[other.order[i]!]!;
    }
    return metric.compute(ofFirst) - metric.compute(ofSecond);
  });
  const first = metric.compute(one);
  const second = metric.compute(other);
  return {
    metric: metric.id,
    first,
    second,
    ...withInterval(first - second, percentileInterval(differences)),
  };
}

function redraw(draws: Float64Array, random: Random): void {
  const scale = draws.length / 4294967296;
  draws.fill(0);
  for (let draw = 0; draw < draws.length; draw++) draws[Math.floor(random.uint32() * scale)]!++;
}

function isOneClass(labels: Uint8Array, draws: Float64Array): boolean {
  let churned = 0;
  let drawn = 0;
  for (let row = 0; row < labels.length; row++) {
    drawn += draws[row]!;
    churned += draws[row]! * labels[row]!;
  }
  return churned === 0 || churned === drawn;
}
