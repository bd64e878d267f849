/**
 * Finds the coefficients of a logistic regression whose weights are also pulled by their size (elastic net).
 *
 * Minimises sum_i w_i loss_i + 1/2 sum_j p_j v_j^2 + sum_j k_j |v_j| on standardised columns. Each step takes the second
 * derivatives, descends on the bowl they describe one coefficient after the other until the signs stand, solves exactly
 * for those that are not 0, and halves the way there while the objective does not fall enough. For many columns see
 * `solve-wide-elastic-net.ts`. Cost a step: O(rows x columns^2 + columns^3).
 * References: Friedman, Hastie, Tibshirani, Regularization Paths for Generalized Linear Models via Coordinate Descent (2010);
 * Lee, Sun, Saunders, Proximal Newton-type Methods (2014).
 */
import type { Matrix } from '../../math/linear-algebra.ts';
import { descendByCoordinates } from './coordinate-descent.ts';
import {
  dampedEntry,
  interceptAlone,
  type LogisticProblem,
  type LogisticSolution,
  objectiveAt,
} from './solve-logistic.ts';

export interface ElasticNetProblem extends LogisticProblem {
  /** What the size of each coefficient costs; 0 for the intercept, the last. */
  readonly sizes: Float64Array;
}

/** Steps shorter than this share of the way lead nowhere. */
const SHORTEST = 1e-10;

/** Converged when no entry of the gradient, with the best slope of its size, is above the tolerance per weight of a row. */
export function solveElasticNet(
  problem: ElasticNetProblem,
  maxIterations: number,
  tolerance: number,
  start = interceptAlone(problem),
): LogisticSolution {
  const { sums, totalWeight, penalties } = problem;
  const sizes = problem.sizes.map((size) => size / totalWeight);
  const squares = penalties.map((penalty) => penalty / totalWeight);
  const all = (x: Float64Array): number => x.reduce((sum, entry, c) => sum + sizes[c]! * Math.abs(entry), 0);
  let x = start;
  let at = objectiveAt(problem, x);
  let value = at.value + all(x);
  for (let iteration = 0; ; iteration++) {
    const isDone = largestViolation(x, at.gradient, sizes) <= tolerance;
    if (isDone || iteration === maxIterations)
      return {
        coefficients: x,
        iterations: iteration,
        isConverged: isDone,
        largestLogOdds: sums.largestLogOdds(),
      };
    const target = descendByCoordinates({
      hessian: secondDerivatives(problem, squares),
      gradient: at.gradient,
      from: x,
      sizes,
    });
    const move = target.map((entry, c) => entry - x[c]!);
    const promised = move.reduce((sum, entry, c) => sum + entry * at.gradient[c]!, 0) + all(target) - all(x);
    let share = 1;
    for (;;) {
      const nextX = share === 1 ? target : x.map((entry, c) => entry + share * move[c]!);
      const next = objectiveAt(problem, nextX);
      const nextValue = next.value + all(nextX);
      const isLower = nextValue <= value + 1e-4 * share * promised;
      // The last steps change the objective by less than it can show: there the slopes tell.
      const isBeyondValue =
        -promised * share < 1e-14 * Math.abs(value) &&
        largestViolation(nextX, next.gradient, sizes) < largestViolation(x, at.gradient, sizes);
      if (isLower || isBeyondValue) {
        [x, at, value] = [nextX, next, nextValue];
        break;
      }
      share /= 2;
      if (share < SHORTEST)
        return {
          coefficients: x,
          iterations: iteration,
          isConverged: false,
          largestLogOdds: sums.largestLogOdds(),
        };
    }
  }
}

/** Of the smooth part, symmetric. */
function secondDerivatives({ sums, totalWeight }: LogisticProblem, squares: Float64Array): Matrix {
  const hessian = sums.gram();
  const { values, columns } = hessian;
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < a; b++)
      values[b * columns + a] = values[a * columns + b] = values[a * columns + b]! / totalWeight;
    values[a * columns + a] = dampedEntry(values[a * columns + a]! / totalWeight, squares[a]!);
  }
  return hessian;
}

/** How far the slope of a coefficient is from what its size allows. */
export function largestViolation(x: Float64Array, gradient: Float64Array, sizes: Float64Array): number {
  let largest = 0;
  for (let c = 0; c < x.length; c++) {
    const slope = gradient[c]!;
    const violation =
      x[c] === 0 ? Math.abs(slope) - sizes[c]! : Math.abs(slope + Math.sign(x[c]!) * sizes[c]!);
    // Written so that NaN counts as too large.
    if (!(violation <= largest)) largest = violation;
  }
  return largest;
}
