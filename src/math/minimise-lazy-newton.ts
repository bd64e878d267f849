/**
 * Newton's method where second derivatives cost more than a gradient: their factor is kept as long as it leads on.
 *
 * Between two factors the steps are those of L-BFGS with the factor as its first guess, so that a few gradients do what
 * another matrix would. A new one is made when a step leaves more than a thirtieth of the gradient. A step is halved until
 * the value falls enough. The search ends when no entry of the gradient is larger than `gradientTolerance`, or when rounding
 * hides what a step of fresh second derivatives brings. No randomness: the same function gives the same bits.
 * References: Nocedal and Wright, Numerical Optimization, algorithms 3.1 and 7.4.
 */
import { dot, type Matrix, solveCholesky } from './linear-algebra.ts';
import { type Evaluation, liftedCholesky, type Minimum } from './minimise.ts';

export interface LazyEvaluation extends Evaluation {
  readonly x: Float64Array;
  /** Of the point evaluated last; symmetric, of it only the lower triangle is read. */
  readonly hessian: () => Matrix;
}

interface Step {
  readonly move: Float64Array;
  readonly turn: Float64Array;
  readonly inverse: number;
}

/** A step that leaves more of the gradient asks for new second derivatives. */
const MOST_LEFT = 0.03;
/** A fall of less than this share of the value is lost in rounding. */
const VISIBLE = 1e-14;
/** Shorter steps lead nowhere. */
const SHORTEST = 1e-10;

/** The function must be convex. `start` is left as it is. */
export function minimiseLazyNewton(
  problem: { readonly start: Float64Array; readonly evaluate: (x: Float64Array) => LazyEvaluation },
  options: { readonly maxIterations: number; readonly gradientTolerance: number },
): Minimum {
  let at = problem.evaluate(problem.start.slice());
  let factor: Matrix | undefined;
  let steps: Step[] = [];
  for (let iteration = 0; ; ) {
    const found = (converged: boolean): Minimum => ({
      x: at.x,
      value: at.value,
      iterations: iteration,
      converged,
    });
    if (size(at) <= options.gradientTolerance) return found(true);
    if (iteration === options.maxIterations) return found(false);
    const isFresh = factor === undefined;
    factor ??= liftedCholesky(at.hessian());
    const downhill = at.gradient.map((entry) => -entry);
    const direction = factor === undefined ? downhill : bent(downhill, factor, steps);
    const slope = dot(direction, at.gradient);
    const next = stepDown(problem.evaluate, at, direction, slope);
    if (next === undefined) {
      const isLostInRounding = -slope < VISIBLE * Math.abs(at.value);
      if (isFresh) return found(isLostInRounding);
      // The point evaluated last is another one: second derivatives are asked for where the search stands.
      at = problem.evaluate(at.x);
    } else {
      steps.push(stepBetween(at, next));
      iteration++;
    }
    if (next === undefined || size(next) > MOST_LEFT * size(at)) {
      factor = undefined;
      steps = [];
    }
    at = next ?? at;
  }
}

/** The point that lies enough lower; undefined when there is none. Where values can't tell, a smaller gradient does. */
function stepDown(
  evaluate: (x: Float64Array) => LazyEvaluation,
  at: LazyEvaluation,
  direction: Float64Array,
  slope: number,
): LazyEvaluation | undefined {
  const visible = VISIBLE * Math.abs(at.value);
  for (let share = 1; share >= SHORTEST; share /= 2) {
    const next = evaluate(at.x.map((entry, i) => entry + share * direction[i]!));
    if (-slope * share < visible)
      return Math.abs(next.value - at.value) < visible && size(next) < size(at) ? next : undefined;
    if (next.value <= at.value + 1e-4 * share * slope) return next;
  }
  return undefined;
}

function stepBetween(before: LazyEvaluation, after: LazyEvaluation): Step {
  const move = after.x.map((entry, i) => entry - before.x[i]!);
  const turn = after.gradient.map((entry, i) => entry - before.gradient[i]!);
  return { move, turn, inverse: 1 / dot(move, turn) };
}

/** The two loops of L-BFGS around the factor. A step without upward curvature is passed over. */
function bent(direction: Float64Array, factor: Matrix, steps: readonly Step[]): Float64Array {
  const usable = steps.filter(({ inverse }) => inverse > 0 && Number.isFinite(inverse));
  const shares = new Float64Array(usable.length);
  for (let k = usable.length - 1; k >= 0; k--) {
    const { move, turn, inverse } = usable[k]!;
    shares[k] = inverse * dot(move, direction);
    for (let i = 0; i < direction.length; i++) direction[i]! -= shares[k]! * turn[i]!;
  }
  const solved = solveCholesky(factor, direction);
  usable.forEach(({ move, turn, inverse }, k) => {
    const share = shares[k]! - inverse * dot(turn, solved);
    for (let i = 0; i < solved.length; i++) solved[i]! += share * move[i]!;
  });
  return solved;
}

function size({ gradient }: Evaluation): number {
  let largest = 0;
  for (const entry of gradient) largest = Math.max(largest, Math.abs(entry));
  return largest;
}
