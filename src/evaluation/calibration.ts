/**
 * Do the probabilities mean what they say? Customers in ten bins by score, each as heavy as the next, and in each
 * bin the mean score beside the share who left.
 *
 * A row belongs to bin floor(10 x weight below the middle of its tie / all weight), counted from the lowest score:
 * tied scores always share a bin, so bins don't depend on the order of the rows, a row of weight 2 does what the row
 * twice would do, and without ties the bins differ by at most one row. Heavy ties leave bins empty.
 *
 * Cost: O(rows) on a prepared sample.
 */
import { classTotals, type Sample, tieEnd } from './sample.ts';

export const calibrationBins = 10;

export interface CalibrationBin {
  /** Lowest and highest score in it. */
  readonly from: number;
  readonly to: number;
  readonly meanScore: number;
  readonly churned: number;
  /** Rows, counted. */
  readonly count: number;
}

/** The bins that hold rows, from the lowest score up. */
export function equalMassBins(sample: Sample, bins = calibrationBins): CalibrationBin[] {
  const { churned, stayed } = classTotals(sample);
  const total = churned + stayed;
  const found = Array.from({ length: bins }, () => ({ from: 1, to: 0, scoreSum: 0, churned: 0, count: 0 }));
  let above = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    let churnedHere = 0;
    let here = 0;
    for (let i = start; i < end; i++) {
      here += sample.counts[i]!;
      if (sample.labels[i] === 1) churnedHere += sample.counts[i]!;
    }
    if (here > 0) {
      // Weights in parts may add up to a little less than nothing at the lowest score.
      const middle = Math.max(0, total - above - here / 2);
      const bin = found[Math.min(bins - 1, Math.floor((bins * middle) / total))]!;
      const score = sample.scores[start]!;
      bin.from = Math.min(bin.from, score);
      bin.to = Math.max(bin.to, score);
      bin.scoreSum += here * score;
      bin.churned += churnedHere;
      bin.count += here;
    }
    above += here;
    start = end;
  }
  return found
    .filter((bin) => bin.count > 0)
    .map(({ scoreSum, ...bin }) => ({ ...bin, meanScore: scoreSum / bin.count }));
}

/** The mean distance between score and churn rate over the bins, weighted by their rows. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  let total = 0;
  let sum = 0;
  for (const bin of bins) {
    total += bin.count;
    sum += Math.abs(bin.count * bin.meanScore - bin.churned);
  }
  return sum / total;
}
