/**
 * Do the probabilities mean what they say? Customers in ten bins by score, each as heavy as the next, and in each
 * bin the mean score beside the share who left.
 *
 * A row belongs to bin floor(10 x weight below the middle of its tie / all weight), counted from the lowest score:
 * tied scores always share a bin, so bins don't depend on the order of the rows, a row of weight 2 does what the row
 * twice would do, and without ties the bins differ by at most one row. Heavy ties leave bins empty.
 *
 * Cost: O(rows) on a prepared sample; the interval O(1,000 x bins).
 */
import type { Random } from '../base/random.ts';
import { median } from '../math/quantile.ts';
import type { Interval } from './interval.ts';
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
      const middle = total - above - here / 2;
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

/** A calibration error without the share that chance adds, and its 95% interval. */
export interface TrueCalibrationError extends Interval {
  readonly debiased: number;
}

/**
 * What the calibration error would be on endless data, by noise inversion.
 *
 * The plain error can't be 0: in each bin chance moves the churn rate away from the mean score, and distances only
 * add up. A bootstrap adds that noise a second time, so its interval lies above the truth. Instead: take the gaps
 * seen in the bins, shrink or stretch all of them by one factor, add the noise of that many customers, and ask how
 * often the error comes out at least as large as seen. The factors at which that happens in 2.5%, 50% and 97.5% of
 * 1,000 draws give low, debiased and high. Low is 0 when a perfectly calibrated model would reach the error seen in
 * more than 2.5% of cases. An error smaller than the middle of what a perfectly calibrated model shows is luck, not
 * evidence: high is then taken from that middle.
 *
 * The noise is normal with the variance of a share: good from about 300 rows on.
 */
export function trueCalibrationError(bins: readonly CalibrationBin[], random: Random): TrueCalibrationError {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const noise = Array.from({ length: noiseDraws * bins.length }, () => random.normal());
  const seen = calibrationError(bins);
  const shape = bins.map((bin) => {
    if (seen > 1e-12) return bin.churned / bin.count - bin.meanScore;
    // Without any gap there is nothing to stretch: one standard error a bin, towards the side with more room.
    return standardError(bin, bin.meanScore) * (bin.meanScore < 0.5 ? 1 : -1);
  });
  const gapsAt = (factor: number): number[] => bins.map((bin, b) => possibleGap(bin, factor * shape[b]!));
  const errorAt = (factor: number): number =>
    gapsAt(factor).reduce((sum, gap, b) => sum + bins[b]!.count * Math.abs(gap), 0) / total;
  const drawnErrors = (factor: number): Float64Array => {
    const gaps = gapsAt(factor);
    const spread = bins.map((bin, b) => standardError(bin, bin.meanScore + gaps[b]!));
    return new Float64Array(noiseDraws).map((_, draw) => {
      let sum = 0;
      for (let b = 0; b < bins.length; b++)
        sum += bins[b]!.count * Math.abs(gaps[b]! + spread[b]! * noise[draw * bins.length + b]!);
      return sum / total;
    });
  };
  /** The largest error at which `reached` is reached in at most this share of draws. */
  const errorWhere = (share: number, reached: number): number => {
    const isRarer = (factor: number): boolean =>
      drawnErrors(factor).reduce((count, error) => count + (error >= reached ? 1 : 0), 0) <=
      share * noiseDraws;
    if (!isRarer(0)) return 0;
    let below = 0;
    let above = 1;
    while (isRarer(above) && errorAt(above) < errorAt(2 * above)) above *= 2;
    for (let step = 0; step < 30; step++) {
      const middle = (below + above) / 2;
      if (isRarer(middle)) below = middle;
      else above = middle;
    }
    return errorAt(above);
  };
  return {
    low: errorWhere(0.025, seen),
    debiased: errorWhere(0.5, seen),
    high: errorWhere(0.975, Math.max(seen, median(drawnErrors(0)))),
  };
}

/** As many as the bootstrap's replicates. */
const noiseDraws = 1000;

/** The gap, cut where the churn rate would leave [0, 1]. */
const possibleGap = (bin: CalibrationBin, gap: number): number =>
  Math.max(-bin.meanScore, Math.min(1 - bin.meanScore, gap));

/** Of a churn rate around `rate`; half a row more of each outcome keeps it above 0 at rates of 0 and 1. */
function standardError(bin: CalibrationBin, rate: number): number {
  const cautious = (rate * bin.count + 0.5) / (bin.count + 1);
  return Math.sqrt((cautious * (1 - cautious)) / bin.count);
}
