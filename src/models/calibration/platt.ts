/**
 * Platt's sigmoid: two numbers that stretch and shift a margin until its probabilities fit.
 *
 * P(churn) = sigmoid(slope x margin + offset), by least log loss against softened labels, (n1 + 1) / (n1 + 2) for those
 * who left and 1 / (n0 + 2) for those who stayed (n: their weights), so that few rows never give certainty. With a slope
 * above 0 the order of customers stays as it is. O(rows) a step, a handful of steps.
 * Source: Platt 1999; matches scikit-learn's CalibratedClassifierCV(method='sigmoid') with a = -slope, b = -offset.
 */
import { matrix } from '../../math/linear-algebra.ts';
import { minimiseNewton, type SecondOrder } from '../../math/minimise.ts';
import { log1pExp, logit, sigmoid } from '../../math/sigmoid.ts';

export type PlattMap = { readonly slope: number; readonly offset: number };

export function fitPlatt(margins: Float64Array, labels: ArrayLike<number>, weights: Float64Array): PlattMap {
  let stayed = 0;
  let churned = 0;
  let centre = 0;
  for (let row = 0; row < margins.length; row++) {
    if (labels[row] === 1) churned += weights[row]!;
    else stayed += weights[row]!;
    centre += weights[row]! * margins[row]!;
  }
  const total = stayed + churned;
  centre /= total;
  let spread = 0;
  for (let row = 0; row < margins.length; row++)
    spread += weights[row]! * (margins[row]! - centre) * (margins[row]! - centre);
  spread = Math.sqrt(spread / total);
  const high = (churned + 1) / (churned + 2);
  const low = 1 / (stayed + 2);
  const prior = logit((churned * high + stayed * low) / total);
  // Without two different margins there is no slope to find.
  if (!(spread > 0)) return { slope: 0, offset: prior };
  const standard = margins.map((margin) => (margin - centre) / spread);
  const { x } = minimiseNewton({
    start: Float64Array.of(0, prior),
    evaluate: ([slope, offset]) => logLoss(standard, labels, weights, high, low, slope!, offset!),
  });
  const slope = x[0]! / spread;
  return { slope, offset: x[1]! - slope * centre };
}

function logLoss(
  margins: Float64Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
  high: number,
  low: number,
  slope: number,
  offset: number,
): SecondOrder {
  let value = 0;
  const gradient = new Float64Array(2);
  const hessian = matrix(2, 2);
  for (let row = 0; row < margins.length; row++) {
    const margin = margins[row]!;
    const weight = weights[row]!;
    const target = labels[row] === 1 ? high : low;
    const z = slope * margin + offset;
    const p = sigmoid(z);
    value += weight * (log1pExp(z) - target * z);
    const error = weight * (p - target);
    gradient[0]! += error * margin;
    gradient[1]! += error;
    const bend = weight * p * (1 - p);
    hessian.values[0]! += bend * margin * margin;
    hessian.values[2]! += bend * margin;
    hessian.values[3]! += bend;
  }
  hessian.values[1] = hessian.values[2]!;
  return { value, gradient, hessian };
}
