/**
 * How sure is a score? The outcomes that are likely at it: leaving, staying, both or neither.
 *
 * Mondrian conformal sets: each outcome has a limit of its own, learned on customers the model did not learn from. A
 * score from `churn` on is high enough for leaving to be likely, one up to `stay` low enough for staying to be. Of n
 * leavers the limit is the m-th lowest score with m = floor((n + 1) (1 - coverage)): a new leaver, the (n + 1)-th of
 * an exchangeable row, lies below it with probability m / (n + 1) at most. The same from above for stayers. So for
 * leavers and stayers alike the true outcome is among the likely ones in at least `coverage` of cases, whatever the model
 * and however few customers: with m = 0 the limit is the end of the scale, and nothing is ruled out.
 *
 * Only the order of the scores counts: a calibration that keeps the order, or joins neighbours, may have been learned on
 * the same customers. What is said holds for customers of the same kind; drift is not covered.
 * Cost: O(rows log rows). Vovk, Gammerman and Shafer (2005), section 4.5; Vovk (2013), conditional validity.
 */
import { DataError } from '../base/errors.ts';
import { type MetricValue, shareOf } from './interval.ts';

export interface Conformal {
  readonly coverage: number;
  /** Staying is likely up to this score. */
  readonly stay: number;
  /** Leaving is likely from this score on. */
  readonly churn: number;
  /** Customers it was learned on. */
  readonly rows: number;
}

/** `sure`: exactly one outcome is likely. */
export type Certainty = 'sure' | 'unsure';

/** Learns the limits. Throws `data.one-class` without leavers or without stayers. */
export function fitConformal(labels: Uint8Array, scores: Float64Array, coverage: number): Conformal {
  const ofLeavers = scores.filter((_, row) => labels[row] === 1).sort();
  const ofStayers = scores.filter((_, row) => labels[row] === 0).sort();
  if (ofLeavers.length === 0 || ofStayers.length === 0)
    throw new DataError(
      'data.one-class',
      `conformal: ${ofLeavers.length} leavers and ${ofStayers.length} stayers, at least one of each required; use more rows`,
      { who: 'conformal', churned: ofLeavers.length, stayed: ofStayers.length },
    );
  const leaversOut = ruledOut(ofLeavers.length, coverage);
  const stayersOut = ruledOut(ofStayers.length, coverage);
  return {
    coverage,
    stay: stayersOut === 0 ? 1 : ofStayers[ofStayers.length - stayersOut]!,
    churn: leaversOut === 0 ? 0 : ofLeavers[leaversOut - 1]!,
    rows: labels.length,
  };
}

/** floor((n + 1) (1 - coverage)), and not one less because 1 - 0.9 is a hair below 0.1. */
const ruledOut = (count: number, coverage: number): number => Math.floor((count + 1) * (1 - coverage) + 1e-9);

/** Which outcomes are likely at a score. */
export const likelyOutcomes = (score: number, { stay, churn }: Conformal) => ({
  churn: score >= churn,
  stay: score <= stay,
});

export function certaintyOf(score: number, conformal: Conformal): Certainty {
  const likely = likelyOutcomes(score, conformal);
  return likely.churn === likely.stay ? 'unsure' : 'sure';
}

/** What the sets do on customers they were not learned on. */
export interface ConformalMeasures {
  readonly rows: number;
  /** How often the true outcome was among the likely ones, of leavers and of stayers; null without any. */
  readonly coverage: { readonly churn: MetricValue | null; readonly stay: MetricValue | null };
  /** The share of scores at which exactly one outcome is likely. */
  readonly sure: MetricValue;
  /** Scores at which both outcomes are likely, and at which neither is. */
  readonly both: number;
  readonly neither: number;
}

export function measureConformal(
  labels: Uint8Array,
  scores: Float64Array,
  conformal: Conformal,
): ConformalMeasures {
  const covered = [0, 0];
  const seen = [0, 0];
  let both = 0;
  let neither = 0;
  for (let row = 0; row < labels.length; row++) {
    const likely = likelyOutcomes(scores[row]!, conformal);
    const label = labels[row]!;
    seen[label]!++;
    if (label === 1 ? likely.churn : likely.stay) covered[label]!++;
    if (likely.churn && likely.stay) both++;
    if (!likely.churn && !likely.stay) neither++;
  }
  const coverageOf = (label: number): MetricValue | null =>
    seen[label] === 0 ? null : shareOf(covered[label]!, seen[label]!);
  return {
    rows: labels.length,
    coverage: { churn: coverageOf(1), stay: coverageOf(0) },
    sure: shareOf(labels.length - both - neither, labels.length),
    both,
    neither,
  };
}
