/**
 * Customers as the metrics see them: sorted once, from the highest score down.
 *
 * In that order the customers called churners are a prefix, tied scores are neighbours, and every metric is one
 * pass. A bootstrap replicate changes nothing but `counts`, so nothing is sorted again. Ties are ordered by label
 * and weight: a sample, and all that is measured on it, does not depend on the order of the rows, to the last bit.
 *
 * Cost: O(rows log rows) once. Missing or out-of-range scores are refused, as are rows of one outcome only.
 */
import { ColumnError, DataError } from '../base/errors.ts';
import { log } from '../math/exp-log.ts';
import { argsort } from '../math/ranks.ts';

export interface Sample {
  readonly rowCount: number;
  /** `order[i]` is the row that stands at place i; the arrays below are in that order. */
  readonly order: Uint32Array;
  /** 1 = churned, 0 = stayed. */
  readonly labels: Uint8Array;
  /** Churn probabilities, never rising. */
  readonly scores: Float64Array;
  /** How often each row counts: 1, its weight, or its number of draws in a bootstrap replicate; may be 0. */
  readonly counts: Float64Array;
  /** Log loss of each row: kept because a logarithm costs more than the rest of a metric. */
  readonly logLosses: Float64Array;
  /** A score at or above it is called churn. */
  readonly threshold: number;
  /** How many rows, from the first on, are called churn. */
  readonly selected: number;
}

/** 1e-15 caps the log loss of one row at 34.5; scikit-learn clipped there for ten years. */
export const logLossClip = 1e-15;

/**
 * Rows ready to be measured. `weights` say how often each row counts; null = once each.
 * Throws `data.one-class`, `column.not-finite` or `learn.weights` in the name of `who`.
 */
export function prepareSample(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  weights: Float64Array | null = null,
  who = 'evaluation',
): Sample {
  const rowCount = labels.length;
  if (scores.length !== rowCount || (weights && weights.length !== rowCount))
    throw new RangeError(
      `${who}: ${rowCount} labels, ${scores.length} scores, ${weights?.length ?? rowCount} weights`,
    );
  refuseBadScores(who, scores);
  if (weights) refuseBadWeights(who, weights);
  refuseOneClass(who, labels, weights);

  const order = descendingOrder(labels, scores, weights);
  const sample = {
    rowCount,
    order,
    labels: Uint8Array.from(order, (row) => labels[row]!),
    scores: Float64Array.from(order, (row) => scores[row]!),
    counts: weights ? Float64Array.from(order, (row) => weights[row]!) : new Float64Array(rowCount).fill(1),
    logLosses: Float64Array.from(order, (row) => logLossOf(labels[row]!, scores[row]!)),
    threshold,
    selected: 0,
  };
  while (sample.selected < rowCount && sample.scores[sample.selected]! >= threshold) sample.selected++;
  return sample;
}

/** Log loss of one row: minus the logarithm of the probability given to what happened. */
export function logLossOf(label: number, score: number): number {
  const probability = label === 1 ? score : 1 - score;
  // 0 - x: a sure and right score costs 0, not -0.
  return 0 - log(Math.max(logLossClip, probability));
}

/** The place after the last row whose score ties with that at `from`. */
export function tieEnd(sample: Sample, from: number): number {
  let end = from + 1;
  while (end < sample.rowCount && sample.scores[end] === sample.scores[from]) end++;
  return end;
}

/** How much churned and stayed, counted. O(rows). */
export function classTotals(sample: Sample): { churned: number; stayed: number } {
  let churned = 0;
  let stayed = 0;
  for (let i = 0; i < sample.rowCount; i++) {
    // No branch: which way it goes can't be foreseen, and guessing wrong costs more than a product.
    churned += sample.labels[i]! * sample.counts[i]!;
    stayed += (1 - sample.labels[i]!) * sample.counts[i]!;
  }
  return { churned, stayed };
}

function descendingOrder(
  labels: Uint8Array,
  scores: Float64Array,
  weights: Float64Array | null,
): Uint32Array {
  const order = Uint32Array.from(argsort(scores)).reverse();
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    if (end - start > 1) {
      order
        .subarray(start, end)
        .sort((a, b) => labels[b]! - labels[a]! || (weights ? weights[b]! - weights[a]! : 0) || a - b);
    }
    start = end;
  }
  return order;
}

function refuseBadScores(who: string, scores: Float64Array): void {
  let bad = 0;
  for (let row = 0; row < scores.length; row++) if (!(scores[row]! >= 0 && scores[row]! <= 1)) bad++;
  if (bad === 0) return;
  throw new ColumnError(
    'column.not-finite',
    `${who}: the scores of ${bad} of ${scores.length} rows are no probabilities, numbers from 0 to 1 required; check the model that made them`,
    { who, rows: bad },
  );
}

function refuseBadWeights(who: string, weights: Float64Array): void {
  let bad = 0;
  for (let row = 0; row < weights.length; row++)
    if (!(weights[row]! >= 0 && weights[row]! < Number.POSITIVE_INFINITY)) bad++;
  if (bad === 0) return;
  throw new DataError(
    'learn.weights',
    `${who}: the weights of ${bad} of ${weights.length} rows are negative or not finite, 0 or more required`,
    { who, rows: bad },
  );
}

function refuseOneClass(who: string, labels: Uint8Array, weights: Float64Array | null): void {
  let churned = 0;
  let stayed = 0;
  for (let row = 0; row < labels.length; row++) {
    if (weights && weights[row] === 0) continue;
    if (labels[row] === 1) churned++;
    else stayed++;
  }
  if (churned > 0 && stayed > 0) return;
  const seen =
    labels.length === 0 ? 'there are no rows' : churned > 0 ? 'all rows churned' : 'no row churned';
  throw new DataError(
    'data.one-class',
    `${who}: ${seen}, both outcomes required; judge on rows of both outcomes`,
    { who, churned, stayed },
  );
}
