/** Logistic regression without a penalty, with standard errors, to ask whether stated effects can be found again. */
import {
  cholesky,
  matrix,
  multiplyVector,
  solveCholesky,
  transposeMultiply,
  transposeMultiplyVector,
} from '../../../math/linear-algebra.ts';
import { sigmoid } from '../../../math/sigmoid.ts';

export interface FittedLogit {
  /** The intercept first. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
}

/** Newton's steps until the gradient is flat; throws when the columns depend on each other. O(steps x rows x columns^2). */
export function fitLogit(rows: readonly (readonly number[])[], outcomes: readonly boolean[]): FittedLogit {
  const width = rows[0]!.length + 1;
  const x = matrix(rows.length, width, Float64Array.from(rows.flatMap((row) => [1, ...row])));
  const coefficients = new Float64Array(width);
  for (let step = 0; step < 50; step++) {
    const probability = multiplyVector(x, coefficients).map(sigmoid);
    const gradient = transposeMultiplyVector(
      x,
      probability.map((p, row) => Number(outcomes[row]) - p),
    );
    const factor = cholesky(
      transposeMultiply(
        x,
        probability.map((p) => p * (1 - p)),
      ),
    );
    if (!factor) throw new RangeError('the columns depend on each other');
    const move = solveCholesky(factor, gradient);
    for (let j = 0; j < width; j++) coefficients[j]! += move[j]!;
    if (Math.max(...move.map(Math.abs)) > 1e-9) continue;
    const standardErrors = Float64Array.from({ length: width }, (_, j) =>
      Math.sqrt(
        solveCholesky(
          factor,
          Float64Array.from({ length: width }, (_, k) => Number(k === j)),
        )[j]!,
      ),
    );
    return { coefficients, standardErrors };
  }
  throw new RangeError('no convergence in 50 steps');
}
