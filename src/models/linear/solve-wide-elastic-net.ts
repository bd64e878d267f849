/**
 * The elastic net for many columns: only those that may matter are solved for, the others stay at 0 while their slope is
 * smaller than their pull. Each round adds the columns whose slope is furthest above it and solves again from there, so no
 * matrix is larger than the columns that end up with a weight, and some that nearly do. Those may be 2,000; more are not
 * converged. O(rows x columns) a round besides the solution of the chosen.
 */
import type { LogisticSums } from '../../kernels/linear/logistic-sums.ts';
import { type ElasticNetProblem, largestViolation, solveElasticNet } from './solve-elastic-net.ts';
import { interceptAlone, type LogisticSolution, objectiveAt } from './solve-logistic.ts';

/** Opens the sums of some of the columns, by number. */
export type Narrow = (columns: readonly number[]) => LogisticSums;

const MOST_CHOSEN = 2000;
const FIRST_CHOSEN = 50;

/** Converged as `solveElasticNet`, over all columns. */
export function solveWideElasticNet(
  problem: ElasticNetProblem,
  narrow: Narrow,
  maxIterations: number,
  tolerance: number,
): LogisticSolution {
  const { sums, totalWeight } = problem;
  const sizes = problem.sizes.map((size) => size / totalWeight);
  const last = sizes.length - 1;
  let x = interceptAlone(problem);
  let chosen: readonly number[] = [];
  for (let iterations = 0; ; ) {
    const { gradient } = objectiveAt(problem, x);
    const isDone = largestViolation(x, gradient, sizes) <= tolerance;
    const chosenNext = isDone ? chosen : withSteepest(chosen, gradient, sizes);
    const isStuck = chosenNext.length === chosen.length || chosenNext.length > MOST_CHOSEN;
    if (isDone || isStuck || iterations >= maxIterations)
      return {
        coefficients: x,
        iterations,
        isConverged: isDone,
        largestLogOdds: sums.largestLogOdds(),
      };
    chosen = chosenNext;
    const places = [...chosen, last];
    const only = (values: Float64Array): Float64Array => Float64Array.from(places, (c) => values[c]!);
    const own = narrow(chosen);
    try {
      const part = { ...problem, sums: own, penalties: only(problem.penalties), sizes: only(problem.sizes) };
      const solution = solveElasticNet(part, maxIterations, tolerance, only(x));
      iterations += solution.iterations;
      x = new Float64Array(x.length);
      for (const [i, c] of places.entries()) x[c] = solution.coefficients[i]!;
    } finally {
      own.release();
    }
  }
}

/** Twice as many, by how far the slope is above the pull; fewer where not so many are. In order of their numbers. */
function withSteepest(
  chosen: readonly number[],
  gradient: Float64Array,
  sizes: Float64Array,
): readonly number[] {
  const known = new Set(chosen);
  const excess = (c: number): number => Math.abs(gradient[c]!) - sizes[c]!;
  const steepest = [...gradient.keys()]
    .slice(0, -1)
    .filter((c) => !known.has(c) && excess(c) > 0)
    .sort((a, b) => excess(b) - excess(a) || a - b);
  const more = steepest.slice(0, Math.max(FIRST_CHOSEN, chosen.length));
  return [...chosen, ...more].sort((a, b) => a - b);
}
