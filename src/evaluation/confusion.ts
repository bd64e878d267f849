/** The four kinds of right and wrong at the threshold. */
import type { Sample } from './sample.ts';

export interface Confusion {
  /** Called churn and churned. */
  readonly truePositives: number;
  /** Called churn and stayed: effort for nothing. */
  readonly falsePositives: number;
  /** Not called and churned: missed. */
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** The confusion matrix at the sample's threshold, counted. O(rows). */
export function sampleConfusion(sample: Sample): Confusion {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  let trueNegatives = 0;
  // No branch on the label: which way it goes can't be foreseen, and guessing wrong costs more than a product.
  for (let i = 0; i < sample.selected; i++) {
    truePositives += sample.labels[i]! * sample.counts[i]!;
    falsePositives += (1 - sample.labels[i]!) * sample.counts[i]!;
  }
  for (let i = sample.selected; i < sample.rowCount; i++) {
    falseNegatives += sample.labels[i]! * sample.counts[i]!;
    trueNegatives += (1 - sample.labels[i]!) * sample.counts[i]!;
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/** The confusion matrix of scores at a threshold, each row counted once; rows of one outcome are welcome. O(rows). */
export function confusionOf(labels: Uint8Array, scores: Float64Array, threshold: number): Confusion {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < labels.length; row++)
    counts[2 * labels[row]! + (scores[row]! >= threshold ? 1 : 0)]!++;
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = counts;
  return {
    truePositives: truePositives!,
    falsePositives: falsePositives!,
    falseNegatives: falseNegatives!,
    trueNegatives: trueNegatives!,
  };
}

/** A share that is 0 when there is nothing to share, as scikit-learn's `zero_division=0`. */
export const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
