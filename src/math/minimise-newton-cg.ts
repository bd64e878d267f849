/**
 * Newton's method for thousands of unknowns: each step is found by conjugate gradients, which ask for the second
 * derivatives times a vector only, never for their matrix.
 *
 * The first steps are rough and the last ones exact (the residual left shrinks with the root of the gradient), so that the
 * search still ends as fast as Newton's. Gradients are divided by the diagonal of the second derivatives first, which
 * evens out unknowns of different scale. Ends, and halves its steps, as `minimiseNewton` does. Cost a step: about 10 to 200
 * products with the second derivatives. No randomness: the same function gives the same bits.
 * Reference: Nocedal and Wright, Numerical Optimization, algorithm 7.1.
 */
import { dot } from './linear-algebra.ts';
import { descendByNewton, type Evaluation, type MinimiseOptions, type Minimum } from './minimise.ts';

export interface Bending extends Evaluation {
  /** The second derivatives times a vector. */
  readonly times: (vector: Float64Array) => Float64Array;
  /** The diagonal of the second derivatives; entries above 0. */
  readonly diagonal: () => Float64Array;
}

/** The roughest step: so much of the gradient may be left. */
const ROUGHEST = 0.1;

/** The function must be convex. `start` is left as it is. */
export function minimiseNewtonCg(
  problem: { readonly start: Float64Array; readonly evaluate: (x: Float64Array) => Bending },
  options: MinimiseOptions = {},
): Minimum {
  let firstLength: number | undefined;
  return descendByNewton(
    problem,
    (at) => {
      const length = Math.sqrt(dot(at.gradient, at.gradient));
      firstLength ??= length;
      return stepOf(at, Math.min(ROUGHEST, Math.sqrt(length / firstLength)));
    },
    options,
  );
}

/** Minus the second derivatives' inverse times the gradient, until the residual is `left` of what it was. */
function stepOf({ gradient, times, diagonal }: Bending, left: number): Float64Array {
  const inverse = diagonal().map((entry) => 1 / entry);
  const step = new Float64Array(gradient.length);
  const residual = gradient.map((entry) => -entry);
  let scaled = residual.map((entry, i) => entry * inverse[i]!);
  let direction = scaled.slice();
  let size = dot(residual, scaled);
  const enough = size * left * left;
  for (let round = 0; round < 2 * gradient.length && size > enough; round++) {
    const bent = times(direction);
    const bend = dot(direction, bent);
    // Where nothing bends any more, rounding has the last word.
    if (!(bend > 0)) break;
    const length = size / bend;
    for (let i = 0; i < step.length; i++) {
      step[i]! += length * direction[i]!;
      residual[i]! -= length * bent[i]!;
    }
    scaled = residual.map((entry, i) => entry * inverse[i]!);
    const next = dot(residual, scaled);
    const share = next / size;
    direction = scaled.map((entry, i) => entry + share * direction[i]!);
    size = next;
  }
  // A first round that does not bend leaves no step; downhill is then as good as any.
  return dot(step, gradient) < 0 ? step : residual;
}
