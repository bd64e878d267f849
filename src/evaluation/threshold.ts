/**
 * From which churn probability on a customer is called a churner.
 *
 * `f1`, `cost` and `expected-profit` take the score of the validation part at which F1 is highest, mistakes cost least
 * or contacting earns most (`profit.ts`). `capacity` takes the lowest score at which no more are called than allowed.
 * `fixed` is the number that a person wrote.
 *
 * A score itself, no middle between two, so "score at or above the threshold" picks exactly the customers that were
 * judged; tied customers are called together or not at all. Of equally good scores the highest is taken: fewer calls for
 * the same result. When nobody should be called (contacts never pay, or the highest tie is larger than the capacity)
 * the threshold lies just above the highest score seen: a customer who stands out more may still be called.
 * Cost: O(rows log rows).
 */

import { callValue } from './profit.ts';
import { requireProfit } from './profit-metrics.ts';
import { classTotals, prepareSample, type Sample, tieEnd } from './sample.ts';
import type { ProfitSection, ThresholdSection } from './section.ts';

export interface Threshold {
  readonly value: number;
  readonly by: ThresholdSection['by'];
}

/** What some rules need beside scores. */
export interface ThresholdFacts {
  /** The profit section; `expected-profit` needs it. */
  readonly profit?: ProfitSection | undefined;
  /** Length of the list that `capacity.customers` is a part of; by default as many as there are rows. */
  readonly population?: number;
}

/** Throws `data.one-class` when a threshold is to be learned from rows of one outcome. */
export function chooseThreshold(
  labels: Uint8Array,
  scores: Float64Array,
  section: ThresholdSection,
  weights: Float64Array | null = null,
  { profit, population = labels.length }: ThresholdFacts = {},
): Threshold {
  const { by } = section;
  if (by === 'fixed') return { value: section.value, by };
  const sample = prepareSample(labels, scores, 0.5, weights, 'threshold');
  const { churned, stayed } = classTotals(sample);
  switch (by) {
    case 'f1':
      return { value: bestCut(sample, (called, found) => (2 * found) / (called + churned)), by };
    case 'cost': {
      const { falsePositive, falseNegative } = section;
      const saved = (called: number, found: number) =>
        falseNegative * found - falsePositive * (called - found);
      return { value: bestCut(sample, saved), by };
    }
    case 'expected-profit': {
      const { ofLeaver, ofStayer } = callValue(requireProfit(`train.threshold.by: ${by}`, profit));
      return {
        value: bestCut(sample, (called, found) => ofLeaver * found + ofStayer * (called - found)),
        by,
      };
    }
    case 'capacity': {
      const share = section.share ?? section.customers! / population;
      // 0.07 x 100 is 7.000000000000001: a hair more is no call more.
      const allowed = share * (churned + stayed) * (1 + 1e-12);
      return { value: bestCut(sample, (called) => (called <= allowed ? called : -1)), by };
    }
  }
}

/**
 * The score from which on to call for the highest worth, which for calling nobody is 0. Of equally good ones the highest,
 * so that nobody is called in vain.
 */
function bestCut(sample: Sample, worth: (called: number, found: number) => number): number {
  let called = 0;
  let found = 0;
  let best = 0;
  let bestScore = justAbove(sample.scores[0]!);
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    for (let i = start; i < end; i++) {
      called += sample.counts[i]!;
      if (sample.labels[i] === 1) found += sample.counts[i]!;
    }
    const here = worth(called, found);
    if (here > best) {
      best = here;
      bestScore = sample.scores[start]!;
    }
    start = end;
  }
  return bestScore;
}

/** The next numbers after a score: one that the score itself does not reach. */
const justAbove = (score: number): number => Math.max(score * (1 + Number.EPSILON), score + Number.MIN_VALUE);
