/**
 * The value of a metric alone, for who asks thousands of times: equal to `compute` on a prepared sample, several times sooner.
 *
 * ROC-AUC and PR-AUC need the scores of both outcomes in order, not whole rows; log loss needs no order. Their values are
 * those of the metrics to the bit, the log loss but for the order of its sum; every other metric goes its usual way, at
 * threshold 0.5. Scores are probabilities, which is not checked; rows of one outcome are refused with `data.one-class`.
 * Cost: O(rows log rows), O(rows) for the log loss.
 */
import { churnedCount } from '../table/dataset.ts';
import type { Metric } from './definition.ts';
import { logLossOf, prepareSample } from './sample.ts';

export type QuickMeasure = (labels: Uint8Array, scores: Float64Array) => number;

export function quickMeasure(metric: Metric): QuickMeasure {
  const usual: QuickMeasure = (labels, scores) => metric.compute(prepareSample(labels, scores, 0.5));
  const quick = quickly.get(metric.id);
  if (!quick) return usual;
  return (labels, scores) => {
    const churned = churnedCount(labels);
    // The usual way says what is wrong with rows of one outcome.
    return churned > 0 && churned < labels.length ? quick(labels, scores, churned) : usual(labels, scores);
  };
}

const quickly = new Map<string, (labels: Uint8Array, scores: Float64Array, churned: number) => number>([
  ['roc-auc', areaUnderRoc],
  ['pr-auc', averagePrecision],
  ['log-loss', meanLogLoss],
]);

/** The scores of those who left and of those who stayed, each in rising order. */
function sortedApart(labels: Uint8Array, scores: Float64Array, churned: number) {
  const left = new Float64Array(churned);
  const stayed = new Float64Array(labels.length - churned);
  let lefts = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) left[lefts++] = scores[row]!;
    else stayed[row - lefts] = scores[row]!;
  }
  return { left: inOrder(left), stayed: inOrder(stayed) };
}

/** More than so many in one bucket are better sorted by comparing. */
const MOST_IN_BUCKET = 32;

/**
 * Numbers from 0 to 1 in rising order: put into as many buckets as there are numbers, which leaves them nearly sorted, and
 * then each moved the few places that are left. Scores of trees, thousands of them alike, are sorted as usual.
 */
function inOrder(values: Float64Array): Float64Array {
  const buckets = values.length;
  const starts = new Uint32Array(buckets + 2);
  for (let i = 0; i < values.length; i++) starts[bucketOf(values[i]!, buckets) + 2]!++;
  for (let bucket = 2; bucket < starts.length; bucket++) {
    if (starts[bucket]! > MOST_IN_BUCKET) return values.sort();
    starts[bucket]! += starts[bucket - 1]!;
  }
  const sorted = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) sorted[starts[bucketOf(values[i]!, buckets) + 1]!++] = values[i]!;
  for (let i = 1; i < sorted.length; i++) {
    const value = sorted[i]!;
    let at = i;
    for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = value;
  }
  return sorted;
}

/** The last bucket takes the scores of 1. */
const bucketOf = (score: number, buckets: number): number => Math.min(buckets - 1, (score * buckets) | 0);

function areaUnderRoc(labels: Uint8Array, scores: Float64Array, churned: number): number {
  const { left, stayed } = sortedApart(labels, scores, churned);
  // Stayers below the score of each churner, and those not above it: a tie counts half.
  let below = 0;
  let notAbove = 0;
  let halves = 0;
  for (const score of left) {
    while (below < stayed.length && stayed[below]! < score) below++;
    while (notAbove < stayed.length && stayed[notAbove]! <= score) notAbove++;
    halves += below + notAbove;
  }
  return halves / 2 / (churned * stayed.length);
}

function averagePrecision(labels: Uint8Array, scores: Float64Array, churned: number): number {
  const { left, stayed } = sortedApart(labels, scores, churned);
  let area = 0;
  for (let found = 0, wasted = 0; found < churned; ) {
    const before = found;
    const score = left[churned - 1 - found]!;
    while (found < churned && left[churned - 1 - found] === score) found++;
    while (wasted < stayed.length && stayed[stayed.length - 1 - wasted]! >= score) wasted++;
    area += (found - before) * (found / (found + wasted));
  }
  return area / churned;
}

function meanLogLoss(labels: Uint8Array, scores: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += logLossOf(labels[row]!, scores[row]!);
  return sum / labels.length;
}
