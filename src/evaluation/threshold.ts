/**
 * From which churn probability on a customer is called a churner.
 *
 * `f1`: the score of the validation part at which F1 is highest. A score itself, no middle between two, so "score at
 * or above the threshold" picks exactly the customers that gave the best F1. Of equally good scores the highest is
 * taken: fewer calls for the same F1, and everybody is called only when that is strictly best.
 * `fixed`: the number that a person wrote. Cost: O(rows log rows).
 */

import { classTotals, prepareSample, tieEnd } from './sample.ts';
import type { ThresholdSection } from './section.ts';

export interface Threshold {
  readonly value: number;
  readonly by: ThresholdSection['by'];
}

/** Throws `data.one-class` when a threshold is to be learned from rows of one outcome. */
export function chooseThreshold(
  labels: Uint8Array,
  scores: Float64Array,
  section: ThresholdSection,
  weights: Float64Array | null = null,
): Threshold {
  if (section.by === 'fixed') return { value: section.value, by: 'fixed' };
  return { value: bestF1Score(labels, scores, weights), by: 'f1' };
}

function bestF1Score(labels: Uint8Array, scores: Float64Array, weights: Float64Array | null): number {
  const sample = prepareSample(labels, scores, 0.5, weights, 'threshold');
  const { churned } = classTotals(sample);
  let called = 0;
  let found = 0;
  let best = -1;
  let bestScore = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    for (let i = start; i < end; i++) {
      called += sample.counts[i]!;
      if (sample.labels[i] === 1) found += sample.counts[i]!;
    }
    const f1 = (2 * found) / (called + churned);
    if (f1 > best) {
      best = f1;
      bestScore = sample.scores[start]!;
    }
    start = end;
  }
  return bestScore;
}
