/**
 * Finds the coefficients of a logistic regression on standardised columns.
 *
 * Minimises sum_i w_i loss_i + 1/2 sum_j p_j v_j^2 over the coefficients v, where loss_i is the log loss of row i. Up to 256
 * columns by Newton's method, C = w p (1 - p) giving the second derivatives Z' C Z + P, which are made anew only where the
 * last ones no longer lead on; the search starts from the answer of a part of the rows where there are many. A hair of
 * damping (1e-10 of each diagonal entry) keeps that solvable when columns repeat each other; it moves no optimum, and
 * equally good coefficients are shared out instead of running away. Beyond, steps are found by conjugate gradients, from
 * 2,000 columns on by L-BFGS: there is never a matrix of columns by columns. Sums run in a fixed order.
 * Cost a step: O(rows x columns), and O(rows x columns^2 + columns^3) for second derivatives.
 */
import type { LogisticSums } from '../../kernels/linear/logistic-sums.ts';
import { type Evaluation, type Minimum, minimiseLbfgs } from '../../math/minimise.ts';
import { type LazyEvaluation, minimiseLazyNewton } from '../../math/minimise-lazy-newton.ts';
import { type Bending, minimiseNewtonCg } from '../../math/minimise-newton-cg.ts';
import { logit } from '../../math/sigmoid.ts';

export interface LogisticProblem {
  readonly sums: LogisticSums;
  /** The weight of all rows, and of those who churned. */
  readonly totalWeight: number;
  readonly churnedWeight: number;
  /** What the square of each coefficient costs; 0 for the intercept, the last. */
  readonly penalties: Float64Array;
}

export interface LogisticSolution {
  readonly coefficients: Float64Array;
  readonly iterations: number;
  readonly isConverged: boolean;
  /** Largest size of a training row's log-odds. */
  readonly largestLogOdds: number;
}

const DAMPING = 1e-10;
/** With more columns the matrix of second derivatives and its factor would take longer than what they save. */
export const MOST_DENSE = 256;
/** From here on not even products with second derivatives pay. */
const LEAST_LBFGS = 2000;
/** The search starts from the log-odds of the share of churn; a share of 0 or 1 has none. */
const LARGEST_START = 20;
/** A part of the rows lies off by more than these would gain. */
const PART = { maxIterations: 6, gradientTolerance: 1e-3 };

/** Converged when no entry of the gradient, divided by the total weight, is larger than the tolerance. */
export function solveLogistic(
  problem: LogisticProblem,
  maxIterations: number,
  tolerance: number,
): LogisticSolution {
  const { sums } = problem;
  const minimum = minimise(problem, { maxIterations, gradientTolerance: tolerance });
  return {
    coefficients: minimum.x,
    iterations: minimum.iterations,
    isConverged: minimum.converged,
    largestLogOdds: sums.largestLogOdds(),
  };
}

function minimise(
  problem: LogisticProblem,
  options: { readonly maxIterations: number; readonly gradientTolerance: number },
): Minimum {
  const start = interceptAlone(problem);
  if (start.length > LEAST_LBFGS)
    return minimiseLbfgs((x) => objectiveAt(problem, x), start, { ...options, valueTolerance: 1e-15 });
  if (start.length > MOST_DENSE)
    return minimiseNewtonCg({ start, evaluate: (x) => bending(problem, x) }, options);
  const searchFrom = (from: Float64Array): Minimum =>
    minimiseLazyNewton({ start: from, evaluate: (x) => evaluate(problem, x) }, options);
  const ahead = answerOfPart(problem, start);
  // Where the part misleads the search may not find back.
  const found = ahead && searchFrom(ahead);
  return found?.converged ? found : searchFrom(start);
}

/** Where the rows of a part would end. Without a penalty a coefficient of which the part can't tell would run away. */
function answerOfPart(problem: LogisticProblem, start: Float64Array): Float64Array | undefined {
  if (problem.sums.parts === 1 || problem.penalties.subarray(0, -1).includes(0)) return undefined;
  return minimiseLazyNewton({ start, evaluate: (x) => evaluate(problem, x, true) }, PART).x;
}

/** All coefficients 0 but the intercept, which says the share of churn. */
export function interceptAlone({ sums, totalWeight, churnedWeight }: LogisticProblem): Float64Array {
  const start = new Float64Array(sums.means.length + 1);
  const share = Math.min(1, churnedWeight / totalWeight);
  start[start.length - 1] = Math.max(-LARGEST_START, Math.min(LARGEST_START, logit(share)));
  return start;
}

/** The objective per weight of a row. Rows of a part stand for all. */
export function objectiveAt(
  { sums, totalWeight, penalties }: LogisticProblem,
  coefficients: Float64Array,
  onPart = false,
): Evaluation {
  const { loss, gradient } = sums.slope(coefficients, onPart);
  const rowShare = (onPart ? sums.parts : 1) / totalWeight;
  let penalty = 0;
  for (let c = 0; c < gradient.length; c++) {
    const pull = penalties[c]! * coefficients[c]!;
    penalty += pull * coefficients[c]!;
    gradient[c] = gradient[c]! * rowShare + pull / totalWeight;
  }
  return { value: loss * rowShare + penalty / 2 / totalWeight, gradient };
}

function evaluate(problem: LogisticProblem, x: Float64Array, onPart = false): LazyEvaluation {
  const { sums, totalWeight, penalties } = problem;
  const rowShare = (onPart ? sums.parts : 1) / totalWeight;
  return {
    ...objectiveAt(problem, x, onPart),
    x,
    hessian() {
      const hessian = sums.gram();
      const { values, columns } = hessian;
      for (let i = 0; i < values.length; i++) values[i]! *= rowShare;
      for (let c = 0; c < columns; c++) {
        const diagonal = c * columns + c;
        values[diagonal] = dampedEntry(values[diagonal]!, penalties[c]! / totalWeight);
      }
      return hessian;
    },
  };
}

/** The same without the matrix of second derivatives, for many columns. */
function bending(problem: LogisticProblem, x: Float64Array): Bending {
  const { sums, totalWeight, penalties } = problem;
  let added: Float64Array | undefined;
  let diagonal: Float64Array | undefined;
  /** What penalty and damping add to the diagonal. */
  const prepare = (): Float64Array => {
    const own = sums.squares().map((entry) => entry / totalWeight);
    diagonal = own.map((entry, c) => dampedEntry(entry, penalties[c]! / totalWeight));
    return diagonal.map((entry, c) => entry - own[c]!);
  };
  return {
    ...objectiveAt(problem, x),
    diagonal() {
      added ??= prepare();
      return diagonal!;
    },
    times(vector) {
      added ??= prepare();
      const product = sums.times(vector);
      for (let c = 0; c < product.length; c++)
        product[c] = product[c]! / totalWeight + added[c]! * vector[c]!;
      return product;
    },
  };
}

/** An entry of 0 belongs to a column that says nothing: its gradient is 0, and so must its step be. */
export const dampedEntry = (bend: number, penalty: number): number => (bend + penalty) * (1 + DAMPING) || 1;
