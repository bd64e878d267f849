/**
 * Finds the coefficients of a logistic regression by Newton's method on columns of one scale.
 *
 * Minimises sum_i w_i loss_i + 1/2 sum_j p_j v_j^2 over the coefficients v of the matrix Z, where loss_i is the log loss
 * of row i. Each step solves (Z' C Z + P) step = gradient with C = w p (1 - p). A hair of damping (1e-10 of each
 * diagonal entry) keeps that solvable when columns repeat each other; it moves no optimum, and equally good
 * coefficients are shared out instead of running away. Sums run in a fixed order, so the bits are the same on every
 * machine. Cost a step: O(rows x columns^2 + columns^3) up to 256 columns; beyond, the step is found by conjugate
 * gradients, about a hundred times O(rows x columns).
 */
import { type Matrix, multiplyVector, transposeMultiplyVector } from '../../math/linear-algebra.ts';
import { type Evaluation, minimiseNewton, type SecondOrder } from '../../math/minimise.ts';
import { type Bending, minimiseNewtonCg } from '../../math/minimise-newton-cg.ts';
import { log1pExp, logit, sigmoid } from '../../math/sigmoid.ts';
import { sum } from '../../math/sum.ts';
import { gramTimes, weightedGram, weightedSquares } from './weighted-gram.ts';

export interface LogisticProblem {
  /** The columns, and last one of ones for the intercept. */
  readonly matrix: Matrix;
  /** 1 = churned. */
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  /** What the square of each coefficient costs; 0 for the intercept. */
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
const MOST_DENSE = 256;
/** The search starts from the log-odds of the share of churn; a share of 0 or 1 has none. */
const LARGEST_START = 20;

/** Converged when no entry of the gradient, divided by the total weight, is larger than the tolerance. */
export function solveLogistic(
  problem: LogisticProblem,
  maxIterations: number,
  tolerance: number,
): LogisticSolution {
  const { matrix, labels } = problem;
  const totalWeight = sum(problem.weights);
  const perRow: LogisticProblem = {
    ...problem,
    weights: problem.weights.map((weight) => weight / totalWeight),
    penalties: problem.penalties.map((penalty) => penalty / totalWeight),
  };
  const start = new Float64Array(matrix.columns);
  const share = sum(perRow.weights.map((weight, row) => weight * labels[row]!));
  start[matrix.columns - 1] = Math.max(-LARGEST_START, Math.min(LARGEST_START, logit(Math.min(1, share))));
  const options = { maxIterations, gradientTolerance: tolerance };
  const minimum =
    matrix.columns > MOST_DENSE
      ? minimiseNewtonCg({ start, evaluate: (coefficients) => bending(perRow, coefficients) }, options)
      : minimiseNewton({ start, evaluate: (coefficients) => evaluate(perRow, coefficients) }, options);
  let largestLogOdds = 0;
  for (const z of multiplyVector(matrix, minimum.x)) largestLogOdds = Math.max(largestLogOdds, Math.abs(z));
  return {
    coefficients: minimum.x,
    iterations: minimum.iterations,
    isConverged: minimum.converged,
    largestLogOdds,
  };
}

interface Slope extends Evaluation {
  /** weight p (1 - p) of each row. */
  readonly curvatures: Float64Array;
}

function slopeAt({ matrix, labels, weights, penalties }: LogisticProblem, coefficients: Float64Array): Slope {
  const logOdds = multiplyVector(matrix, coefficients);
  const losses = new Float64Array(matrix.rows);
  const residuals = new Float64Array(matrix.rows);
  const curvatures = new Float64Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) {
    const z = logOdds[r]!;
    const p = sigmoid(z);
    losses[r] = weights[r]! * log1pExp(labels[r] === 1 ? -z : z);
    residuals[r] = weights[r]! * (p - labels[r]!);
    curvatures[r] = weights[r]! * p * (1 - p);
  }
  const gradient = transposeMultiplyVector(matrix, residuals);
  let penalty = 0;
  for (let c = 0; c < matrix.columns; c++) {
    const pull = penalties[c]! * coefficients[c]!;
    penalty += pull * coefficients[c]!;
    gradient[c]! += pull;
  }
  return { value: sum(losses) + penalty / 2, gradient, curvatures };
}

function evaluate(problem: LogisticProblem, coefficients: Float64Array): SecondOrder {
  const { matrix, penalties } = problem;
  const { value, gradient, curvatures } = slopeAt(problem, coefficients);
  const hessian = weightedGram(matrix, curvatures);
  for (let c = 0; c < matrix.columns; c++) {
    const diagonal = c * matrix.columns + c;
    hessian.values[diagonal] = dampedEntry(hessian.values[diagonal]!, penalties[c]!);
  }
  return { value, gradient, hessian };
}

/** The same without the matrix of second derivatives, for many columns. */
function bending(problem: LogisticProblem, coefficients: Float64Array): Bending {
  const { matrix, penalties } = problem;
  const { value, gradient, curvatures } = slopeAt(problem, coefficients);
  const ownBend = weightedSquares(matrix, curvatures);
  const diagonal = ownBend.map((entry, c) => dampedEntry(entry, penalties[c]!));
  return {
    value,
    gradient,
    diagonal: () => diagonal,
    times(vector) {
      const product = gramTimes(matrix, curvatures, vector);
      // What penalty and damping add to the diagonal.
      for (let c = 0; c < product.length; c++) product[c]! += (diagonal[c]! - ownBend[c]!) * vector[c]!;
      return product;
    },
  };
}

/** An entry of 0 belongs to a column that says nothing: its gradient is 0, and so must its step be. */
const dampedEntry = (bend: number, penalty: number): number => (bend + penalty) * (1 + DAMPING) || 1;
