/**
 * What the charts draw: ROC, precision-recall, calibration, gain and profit, from a prepared sample.
 *
 * Tied scores are one point: nobody can be taken from the middle of a tie. A curve of more than 400 points is thinned
 * along its length, so bends keep their points; its ends always stay. `threshold` of a point is the score from which
 * on customers are called; null before the first. Cost: O(rows).
 */
import { calibrationBins, equalMassBins } from './calibration.ts';
import { type MetricValue, shareOf } from './interval.ts';
import { type ProfitPoint, profitPoints } from './profit.ts';
import { classTotals, type Sample, tieEnd } from './sample.ts';
import type { ProfitSection } from './section.ts';

/** More than a screen can show in a chart's width. */
export const mostPoints = 400;

interface CurvePoint {
  readonly threshold: number | null;
}
/** Share of stayers called (false alarms) against share of churners called. */
export interface RocPoint extends CurvePoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}
export interface PrPoint extends CurvePoint {
  readonly recall: number;
  readonly precision: number;
}
/** Calling the `contacted` share of customers with the highest scores reaches the `reached` share of churners. */
export interface GainPoint extends CurvePoint {
  readonly contacted: number;
  readonly reached: number;
  /** Times as many churners as the same number of calls at random; null before the first call. */
  readonly lift: number | null;
}
export interface CalibrationPoint {
  /** Lowest and highest score of the bin. */
  readonly from: number;
  readonly to: number;
  readonly meanScore: number;
  /** With Wilson's 95% interval. */
  readonly churnRate: MetricValue;
  readonly count: number;
}

/** From (0, 0) to (1, 1). scikit-learn: roc_curve. */
export function rocCurve(sample: Sample): RocPoint[] {
  const { churned, stayed } = classTotals(sample);
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }];
  for (const step of stepsOf(sample)) {
    points.push({
      threshold: step.threshold,
      falsePositiveRate: (step.called - step.found) / stayed,
      truePositiveRate: step.found / churned,
    });
  }
  return thin(points, (point) => [point.falsePositiveRate, point.truePositiveRate]);
}

/** From recall 0, at the first point's precision, to recall 1. scikit-learn: precision_recall_curve, reversed. */
export function prCurve(sample: Sample): PrPoint[] {
  const { churned } = classTotals(sample);
  const points = stepsOf(sample).map(
    (step): PrPoint => ({
      threshold: step.threshold,
      recall: step.found / churned,
      precision: step.found / step.called,
    }),
  );
  points.unshift({ threshold: null, recall: 0, precision: points[0]!.precision });
  return thin(points, (point) => [point.recall, point.precision]);
}

/** From (0, 0) to (1, 1). */
export function gainCurve(sample: Sample): GainPoint[] {
  const { churned, stayed } = classTotals(sample);
  const points: GainPoint[] = [{ threshold: null, contacted: 0, reached: 0, lift: null }];
  for (const step of stepsOf(sample)) {
    const contacted = step.called / (churned + stayed);
    const reached = step.found / churned;
    points.push({ threshold: step.threshold, contacted, reached, lift: reached / contacted });
  }
  return thin(points, (point) => [point.contacted, point.reached]);
}

/** What a campaign is expected to earn per customer when the first of the list are contacted, from nobody to everybody. */
export function profitCurve(sample: Sample, profit: ProfitSection): ProfitPoint[] {
  const points = profitPoints(sample, profit);
  // A loop: a point for each score of a large hold-out is more than a call takes arguments.
  const highest = points.reduce((most, { profit: each }) => Math.max(most, Math.abs(each)), 0) || 1;
  return thin(points, (point) => [point.contacted, point.profit / highest]);
}

/** Mean score against churn rate in bins of equal mass (`calibration.ts`), lowest scores first; bins without rows are left out. */
export function calibrationCurve(sample: Sample, bins = calibrationBins): CalibrationPoint[] {
  return equalMassBins(sample, bins).map(({ from, to, meanScore, churned, count }) => ({
    from,
    to,
    meanScore,
    churnRate: shareOf(churned, count),
    count,
  }));
}

interface Step {
  readonly threshold: number;
  /** Customers with this score or a higher one, and the churners among them, counted. */
  readonly called: number;
  readonly found: number;
}

/** One step for each distinct score that counts, from the highest down. */
function stepsOf(sample: Sample): Step[] {
  const steps: Step[] = [];
  let called = 0;
  let found = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    const before = called;
    for (let i = start; i < end; i++) {
      called += sample.counts[i]!;
      if (sample.labels[i] === 1) found += sample.counts[i]!;
    }
    if (called > before) steps.push({ threshold: sample.scores[start]!, called, found });
    start = end;
  }
  return steps;
}

/** Keeps points at even distances along the curve (horizontal plus vertical way), at most `most`, with both ends. */
export function thin<Point>(
  points: readonly Point[],
  placeOf: (point: Point) => readonly [number, number],
  most = mostPoints,
): Point[] {
  if (points.length <= most) return [...points];
  const way = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    const [fromX, fromY] = placeOf(points[i - 1]!);
    const [toX, toY] = placeOf(points[i]!);
    way[i] = way[i - 1]! + Math.abs(toX - fromX) + Math.abs(toY - fromY);
  }
  const last = points.length - 1;
  const step = way[last]! / (most - 1);
  const kept: Point[] = [points[0]!];
  let next = step;
  for (let i = 1; i < last; i++) {
    if (way[i]! < next) continue;
    kept.push(points[i]!);
    next = step * (Math.floor(way[i]! / step) + 1);
  }
  if (kept.length === most) kept.pop();
  kept.push(points[last]!);
  return kept;
}
