/**
 * How sure the ROC-AUC is, and whether one model's is really higher than another's.
 *
 * The placement of a churner is the share of stayers that score lower (ties half); that of a stayer the share of
 * churners that score higher. AUC is the mean placement; its variance is var(churners' placements) / churners +
 * var(stayers' placements) / stayers; of two models on the same rows the covariance goes the same way.
 * Weights count as repeated rows.
 *
 * The interval is symmetric on the logit scale, so it stays inside (0, 1). Where the variance says nothing (AUC 0
 * or 1, all scores tied, one row of an outcome) the AUC is treated as a share of the rarer outcome's rows, by
 * Wilson's interval: with k churners, AUC 1 goes down to k / (k + 3.84).
 *
 * Cost: O(rows) on a prepared sample. DeLong, DeLong and Clarke-Pearson (1988); Sun and Xu (2014).
 */
import { exp } from '../math/exp-log.ts';
import { type Interval, type MetricValue, wilsonInterval, z95 } from './interval.ts';
import { classTotals, prepareSample, type Sample, tieEnd } from './sample.ts';

/** Each row's placement, in the sample's order. */
export function placementsOf(sample: Sample): Float64Array {
  const { labels, counts } = sample;
  const { churned, stayed } = classTotals(sample);
  const placements = new Float64Array(sample.rowCount);
  let churnedAbove = 0;
  let stayedAbove = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    let churnedHere = 0;
    let stayedHere = 0;
    for (let i = start; i < end; i++) {
      if (labels[i] === 1) churnedHere += counts[i]!;
      else stayedHere += counts[i]!;
    }
    const ofChurners = (stayed - stayedAbove - stayedHere / 2) / stayed;
    const ofStayers = (churnedAbove + churnedHere / 2) / churned;
    for (let i = start; i < end; i++) placements[i] = labels[i] === 1 ? ofChurners : ofStayers;
    churnedAbove += churnedHere;
    stayedAbove += stayedHere;
    start = end;
  }
  return placements;
}

/** DeLong's variance of the ROC-AUC; NaN with a single row of an outcome. */
export function rocAucVariance(sample: Sample): number {
  const placements = placementsOf(sample);
  return placementCovariance(sample.labels, sample.counts, placements, placements);
}

/** The 95% interval of the ROC-AUC. */
export function rocAucInterval(sample: Sample): Interval {
  const placements = placementsOf(sample);
  const auc = meanPlacement(sample.labels, sample.counts, placements);
  const variance = placementCovariance(sample.labels, sample.counts, placements, placements);
  if (!(variance > 0) || auc <= 0 || auc >= 1) {
    const { churned, stayed } = classTotals(sample);
    return wilsonInterval(auc, Math.min(churned, stayed));
  }
  const reach = (z95 * Math.sqrt(variance)) / (auc * (1 - auc));
  return { low: shiftLogit(auc, -reach), high: shiftLogit(auc, reach) };
}

/** The first model's ROC-AUC less the second's, with a paired 95% interval. */
export interface RocAucDifference extends MetricValue {
  readonly first: number;
  readonly second: number;
  readonly standardError: number;
}

/**
 * Compares two models on the same customers. Paired: what makes both err alike cancels, so a difference shows on
 * far fewer rows than two separate intervals would need. Equal placements give the interval [0, 0].
 */
export function compareRocAuc(
  labels: Uint8Array,
  firstScores: Float64Array,
  secondScores: Float64Array,
  weights: Float64Array | null = null,
): RocAucDifference {
  const counts = weights ?? new Float64Array(labels.length).fill(1);
  const firstPlacements = placementsByRow(labels, firstScores, weights);
  const secondPlacements = placementsByRow(labels, secondScores, weights);
  const first = meanPlacement(labels, counts, firstPlacements);
  const second = meanPlacement(labels, counts, secondPlacements);
  // The variance of the difference is the variance of the differences of placements.
  const apart = firstPlacements.map((placement, row) => placement - secondPlacements[row]!);
  const variance = placementCovariance(labels, counts, apart, apart);
  const value = first - second;
  // A single row of an outcome leaves everything open.
  const standardError = Number.isNaN(variance) ? 1 : Math.sqrt(variance);
  const reach = z95 * standardError;
  return {
    value,
    low: Math.max(-1, value - reach),
    high: Math.min(1, value + reach),
    first,
    second,
    standardError,
  };
}

/** Covariance of two AUCs from their placements on the same rows in the same order. */
export function placementCovariance(
  labels: Uint8Array,
  counts: Float64Array,
  a: Float64Array,
  b: Float64Array,
): number {
  let covariance = 0;
  for (const label of [1, 0]) {
    let total = 0;
    let sumA = 0;
    let sumB = 0;
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== label) continue;
      total += counts[i]!;
      sumA += counts[i]! * a[i]!;
      sumB += counts[i]! * b[i]!;
    }
    if (!(total > 1)) return Number.NaN;
    const meanA = sumA / total;
    const meanB = sumB / total;
    let products = 0;
    for (let i = 0; i < labels.length; i++)
      if (labels[i] === label) products += counts[i]! * (a[i]! - meanA) * (b[i]! - meanB);
    covariance += products / (total - 1) / total;
  }
  return covariance;
}

function meanPlacement(labels: Uint8Array, counts: Float64Array, placements: Float64Array): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 1) continue;
    total += counts[i]!;
    sum += counts[i]! * placements[i]!;
  }
  return sum / total;
}

function placementsByRow(
  labels: Uint8Array,
  scores: Float64Array,
  weights: Float64Array | null,
): Float64Array {
  const sample = prepareSample(labels, scores, 0.5, weights, 'compare');
  const sorted = placementsOf(sample);
  const byRow = new Float64Array(sample.rowCount);
  for (let i = 0; i < sample.rowCount; i++) byRow[sample.order[i]!] = sorted[i]!;
  return byRow;
}

/** The share whose logit lies `shift` from that of `share`. */
const shiftLogit = (share: number, shift: number): number => share / (share + (1 - share) * exp(-shift));
