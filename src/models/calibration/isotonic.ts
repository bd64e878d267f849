/**
 * The rising steps that follow the churn rate closest: calibration without a shape, for many rows.
 *
 * Minimises sum_i weight_i (f(score_i) - label_i)^2 over all f that never fall (pool adjacent violators). Between two
 * knots f is a straight line, beyond the ends flat. Rows of weight 0 are passed over; scores within 1e-15 count as
 * one. O(rows log rows) to fit, O(log knots) a score. Scores of a step become ties: ranking can only lose by it.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.isotonic.IsotonicRegression.html (clip).
 */
import { argsort } from '../../math/ranks.ts';

export type IsotonicMap = {
  /** Ascending scores and the value at each; a value never falls. */
  readonly knots: Float64Array;
  readonly values: Float64Array;
};

/** As scikit-learn tells two scores apart. */
const LEAST_DISTANCE = 1e-15;

export function fitIsotonic(
  scores: Float64Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
): IsotonicMap {
  const groups = distinctScores(scores, labels, weights);
  const values = pooled(groups.means, groups.weights);
  // Inside a flat stretch only its ends are needed.
  const isKnot = (i: number): boolean =>
    i === 0 || i === values.length - 1 || values[i] !== values[i - 1] || values[i] !== values[i + 1];
  const kept = Array.from(values.keys()).filter(isKnot);
  return {
    knots: Float64Array.from(kept, (i) => groups.scores[i]!),
    values: Float64Array.from(kept, (i) => values[i]!),
  };
}

export function isotonicAt({ knots, values }: IsotonicMap, score: number): number {
  const last = knots.length - 1;
  if (score <= knots[0]!) return values[0]!;
  if (score >= knots[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= score) low = middle;
    else high = middle;
  }
  const slope = (values[high]! - values[low]!) / (knots[high]! - knots[low]!);
  return values[low]! + slope * (score - knots[low]!);
}

interface Groups {
  readonly scores: number[];
  /** Weighted churn rate of each. */
  readonly means: number[];
  readonly weights: number[];
}

function distinctScores(scores: Float64Array, labels: ArrayLike<number>, weights: Float64Array): Groups {
  const groups: Omit<Groups, 'means'> = { scores: [], weights: [] };
  const churned: number[] = [];
  for (const row of argsort(scores)) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const last = groups.scores.length - 1;
    if (last >= 0 && scores[row]! - groups.scores[last]! < LEAST_DISTANCE) {
      groups.weights[last]! += weight;
      churned[last]! += weight * labels[row]!;
    } else {
      groups.scores.push(scores[row]!);
      groups.weights.push(weight);
      churned.push(weight * labels[row]!);
    }
  }
  return { ...groups, means: churned.map((sum, i) => sum / groups.weights[i]!) };
}

/** Pools neighbours that fall until none does; each group gets the mean of its pool. */
function pooled(means: readonly number[], weights: readonly number[]): Float64Array {
  const pools: { sum: number; weight: number; mean: number; count: number }[] = [];
  means.forEach((mean, i) => {
    let pool = { sum: mean * weights[i]!, weight: weights[i]!, mean, count: 1 };
    for (let before = pools.at(-1); before && before.mean >= pool.mean; before = pools.at(-1)) {
      pools.pop();
      const sum = before.sum + pool.sum;
      const weight = before.weight + pool.weight;
      pool = { sum, weight, mean: sum / weight, count: before.count + pool.count };
    }
    pools.push(pool);
  });
  return Float64Array.from(pools.flatMap(({ mean, count }) => new Array<number>(count).fill(mean)));
}
