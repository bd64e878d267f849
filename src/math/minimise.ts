/**
 * Finds where a smooth function is least: the engine behind fitted models.
 *
 * `minimiseLbfgs` needs values and gradients and remembers a few steps: for many unknowns. `minimiseNewton` needs the matrix of
 * second derivatives too and arrives in a handful of steps: for up to a few hundred unknowns (`minimise-newton-cg.ts` for more).
 * Both stop when no entry of the gradient is larger than `gradientTolerance`, or when a step lowers the value by no more than
 * `valueTolerance` times its size. `converged` is false when the iterations ran out or no step led downhill before that.
 * No randomness: the same function gives the same bits. `start` is left as it is.
 * References: Nocedal and Wright, Numerical Optimization, algorithms 7.4, 3.5 and 3.6; scipy.optimize.minimize.
 */
import { cholesky, dot, type Matrix, matrix, solveCholesky } from './linear-algebra.ts';

export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface SecondOrder extends Evaluation {
  /** Symmetric; of it only the lower triangle is read. */
  readonly hessian: Matrix;
}

export interface MinimiseOptions {
  readonly maxIterations?: number;
  /** Largest entry of the gradient at which the search may end. */
  readonly gradientTolerance?: number;
  /** Smallest fall of the value worth another step, as a share of its size. */
  readonly valueTolerance?: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

interface Point extends Evaluation {
  readonly x: Float64Array;
}

/** Limited-memory BFGS with a strong Wolfe line search. `memory` steps are remembered. O(memory x unknowns) a step. */
export function minimiseLbfgs(
  objective: (x: Float64Array) => Evaluation,
  start: Float64Array,
  options: MinimiseOptions & { readonly memory?: number } = {},
): Minimum {
  const { maxIterations = 200, gradientTolerance = 1e-6, valueTolerance = 1e-13, memory = 10 } = options;
  let at = evaluateAt(objective, start.slice());
  const steps: Step[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (largest(at.gradient) <= gradientTolerance) return found(at, iteration, true);
    let direction = descent(at.gradient, steps);
    if (!(dot(direction, at.gradient) < 0)) {
      steps.length = 0;
      direction = descent(at.gradient, steps);
    }
    // Without a memory the gradient has no scale: a first step of length 1 at most.
    const first = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(at.gradient, at.gradient))) : 1;
    const next = wolfeSearch(objective, at, direction, first);
    if (next === undefined) {
      if (steps.length === 0) return found(at, iteration, false);
      // The memory may have gone stale where the function bends differently: try once more without it.
      steps.length = 0;
      continue;
    }
    remember(steps, at, next, memory);
    const fall = at.value - next.value;
    at = next;
    if (fall <= valueTolerance * Math.abs(at.value)) return found(at, iteration + 1, true);
  }
  return found(at, maxIterations, largest(at.gradient) <= gradientTolerance);
}

/**
 * Newton's method with a damped step: the step is halved until the value falls enough, and a ridge is added to second
 * derivatives that are not positive definite. O(unknowns^3 / 3) a step besides the evaluation.
 */
export function minimiseNewton(
  problem: { readonly start: Float64Array; readonly evaluate: (x: Float64Array) => SecondOrder },
  options: MinimiseOptions = {},
): Minimum {
  return descendByNewton(problem, newtonDirection, options);
}

/** The damped steps of Newton's method, whatever way its directions are found. */
export function descendByNewton<At extends Evaluation>(
  problem: { readonly start: Float64Array; readonly evaluate: (x: Float64Array) => At },
  directionOf: (at: At) => Float64Array,
  options: MinimiseOptions = {},
): Minimum {
  const { maxIterations = 50, gradientTolerance = 1e-9, valueTolerance = 1e-15 } = options;
  let x: Float64Array = problem.start.slice();
  let at = problem.evaluate(x);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (largest(at.gradient) <= gradientTolerance) return found({ ...at, x }, iteration, true);
    const direction = directionOf(at);
    const slope = dot(direction, at.gradient);
    let share = 1;
    let nextX = moved(x, direction, share);
    let next = problem.evaluate(nextX);
    // The last steps change the value by less than it can show: there a smaller gradient tells.
    while (!(next.value <= at.value + 1e-4 * share * slope) && !isBeyondValue(at, next, slope * share)) {
      share /= 2;
      if (share < 1e-10) return found({ ...at, x }, iteration, false);
      nextX = moved(x, direction, share);
      next = problem.evaluate(nextX);
    }
    const fall = at.value - next.value;
    [x, at] = [nextX, next];
    if (fall <= valueTolerance * Math.abs(at.value)) return found({ ...at, x }, iteration + 1, true);
  }
  return found({ ...at, x }, maxIterations, largest(at.gradient) <= gradientTolerance);
}

function isBeyondValue(before: Evaluation, after: Evaluation, expectedFall: number): boolean {
  const visible = 1e-14 * Math.abs(before.value);
  return (
    -expectedFall < visible &&
    Math.abs(after.value - before.value) < visible &&
    largest(after.gradient) < largest(before.gradient)
  );
}

function newtonDirection({ gradient, hessian }: SecondOrder): Float64Array {
  const factor = liftedCholesky(hessian);
  if (factor !== undefined) return solveCholesky(factor, gradient).map((entry) => -entry);
  // Only derivatives that are not numbers get here; downhill is then as good as any direction.
  return gradient.map((entry) => -entry);
}

/** The Cholesky factor of second derivatives, with a ridge where they are not positive definite. */
export function liftedCholesky(hessian: Matrix): Matrix | undefined {
  const n = hessian.rows;
  let diagonal = 0;
  for (let i = 0; i < n; i++) diagonal = Math.max(diagonal, Math.abs(hessian.values[i * n + i]!));
  const liftedFactor = (ridge: number): Matrix | undefined => {
    const lifted = matrix(n, n, hessian.values.slice());
    for (let i = 0; i < n; i++) lifted.values[i * n + i]! += ridge;
    return cholesky(lifted);
  };
  let factor = liftedFactor(0);
  for (let ridge = 1e-10 * (diagonal || 1); factor === undefined && ridge < Number.MAX_VALUE; ridge *= 10)
    // The ridge that just suffices may leave next to no curvature, and so a step without measure: twice it can't.
    if (liftedFactor(ridge) !== undefined) factor = liftedFactor(2 * ridge);
  return factor;
}

/** One remembered step: how far x moved, how far the gradient moved, and 1 over their dot product. */
interface Step {
  readonly move: Float64Array;
  readonly turn: Float64Array;
  readonly inverse: number;
}

function remember(steps: Step[], before: Point, after: Point, memory: number): void {
  const move = after.x.map((entry, i) => entry - before.x[i]!);
  const turn = after.gradient.map((entry, i) => entry - before.gradient[i]!);
  const curvature = dot(move, turn);
  // A step without upward curvature would spoil the approximation.
  if (!(curvature > 1e-16 * dot(turn, turn))) return;
  steps.push({ move, turn, inverse: 1 / curvature });
  if (steps.length > memory) steps.shift();
}

/** Minus the approximate inverse of the second derivatives times the gradient (the two-loop recursion). */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((entry) => -entry);
  const shares = new Float64Array(steps.length);
  for (let k = steps.length - 1; k >= 0; k--) {
    const { move, turn, inverse } = steps[k]!;
    shares[k] = inverse * dot(move, direction);
    addTo(direction, turn, -shares[k]!);
  }
  const last = steps.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.inverse * dot(last.turn, last.turn));
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (let k = 0; k < steps.length; k++) {
    const { move, turn, inverse } = steps[k]!;
    addTo(direction, move, shares[k]! - inverse * dot(turn, direction));
  }
  return direction;
}

/**
 * A point along the direction that lies enough lower (a ten-thousandth of what the slope promises) and whose slope is at
 * most nine tenths as steep; undefined when forty trials find none that is lower.
 */
function wolfeSearch(
  objective: (x: Float64Array) => Evaluation,
  from: Point,
  direction: Float64Array,
  first: number,
): Point | undefined {
  const startSlope = dot(from.gradient, direction);
  // The best point below so far, and the nearest length known to be too long.
  let low = { length: 0, value: from.value, slope: startSlope };
  let lowPoint: Point | undefined;
  let high: { length: number; value: number; slope: number } | undefined;
  let length = first;
  for (let trial = 0; trial < 40; trial++) {
    const point = evaluateAt(objective, moved(from.x, direction, length));
    const here = { length, value: point.value, slope: dot(point.gradient, direction) };
    if (!(here.value <= from.value + 1e-4 * length * startSlope && here.value < low.value)) {
      high = here;
    } else if (Math.abs(here.slope) <= -0.9 * startSlope) {
      return point;
    } else {
      // Uphill in the direction of the other end: the minimum lies between this point and the old low one.
      const towardHigh = high === undefined ? 1 : high.length - low.length;
      if (here.slope * towardHigh >= 0) high = low;
      low = here;
      lowPoint = point;
    }
    length = high === undefined ? low.length * 2 : between(low, high);
  }
  return lowPoint;
}

interface Trial {
  readonly length: number;
  readonly value: number;
  readonly slope: number;
}

/** The minimum of the cubic through both ends, kept a tenth away from either; their middle where there is no such cubic. */
function between(low: Trial, high: Trial): number {
  const width = high.length - low.length;
  const slant = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const square = slant * slant - low.slope * high.slope;
  const root = (width < 0 ? -1 : 1) * Math.sqrt(square);
  const share = 1 - (high.slope + root - slant) / (high.slope - low.slope + 2 * root);
  return low.length + width * (Number.isFinite(share) ? Math.min(0.9, Math.max(0.1, share)) : 0.5);
}

const evaluateAt = (objective: (x: Float64Array) => Evaluation, x: Float64Array): Point => {
  const { value, gradient } = objective(x);
  return { x, value, gradient };
};

const found = ({ x, value }: Point, iterations: number, converged: boolean): Minimum => ({
  x,
  value,
  iterations,
  converged,
});

const moved = (x: Float64Array, direction: Float64Array, length: number): Float64Array =>
  x.map((entry, i) => entry + length * direction[i]!);

function addTo(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}

function largest(gradient: Float64Array): number {
  let size = 0;
  for (let i = 0; i < gradient.length; i++) {
    const entry = Math.abs(gradient[i]!);
    // Written so that NaN counts as too large.
    if (!(entry <= size)) size = entry;
  }
  return size;
}
