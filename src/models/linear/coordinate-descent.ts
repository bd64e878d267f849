/**
 * The lowest point of a bowl with a cost for the size of each coordinate, by descent on one coordinate after the other.
 *
 * Minimises g (u - v) + 1/2 (u - v)' H (u - v) + sum_j k_j |u_j|. Descent alone is slow where columns repeat each other, so
 * after every few rounds the coordinates that are not 0 are solved for exactly; that is the answer as soon as none of them
 * changes its sign on the way and no other wants to move. O(columns^2) a round, O(columns^3 / 3) an exact solution.
 */
import { cholesky, type Matrix, matrix, solveCholesky } from '../../math/linear-algebra.ts';

export interface Bowl {
  /** Symmetric, positive definite. */
  readonly hessian: Matrix;
  readonly gradient: Float64Array;
  readonly from: Float64Array;
  readonly sizes: Float64Array;
}

const ROUNDS = 8;
const MOST_TRIES = 200;

export function descendByCoordinates(bowl: Bowl): Float64Array {
  const { gradient, from } = bowl;
  let u: Float64Array = from.slice();
  let slopes: Float64Array = gradient.slice();
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    let moved = false;
    for (let round = 0; round < ROUNDS; round++) moved = descendOnce(bowl, u, slopes);
    const solved = solveSigned(bowl, u, slopes);
    if (solved !== undefined) {
      u = solved;
      slopes = slopesAt(bowl, u);
      if (isLowest(bowl, u, slopes)) return u;
    } else if (!moved) return u;
  }
  return u;
}

/** Every coordinate to its lowest point, the others held; whether one moved. `slopes` are kept those of the smooth part. */
function descendOnce({ hessian, sizes }: Bowl, u: Float64Array, slopes: Float64Array): boolean {
  const { values, columns } = hessian;
  let hasMoved = false;
  for (let c = 0; c < columns; c++) {
    const bend = values[c * columns + c]!;
    const aim = bend * u[c]! - slopes[c]!;
    const next = Math.abs(aim) > sizes[c]! ? (aim - Math.sign(aim) * sizes[c]!) / bend : 0;
    const step = next - u[c]!;
    if (step === 0) continue;
    hasMoved = true;
    u[c] = next;
    for (let j = 0, at = c * columns; j < columns; j++, at++) slopes[j]! += step * values[at]!;
  }
  return hasMoved;
}

/** The lowest point with the signs of now; undefined when a coordinate would have to change its sign. */
function solveSigned(
  { hessian, sizes }: Bowl,
  u: Float64Array,
  slopes: Float64Array,
): Float64Array | undefined {
  const free = [...u.keys()].filter((c) => u[c] !== 0 || sizes[c] === 0);
  const own = matrix(free.length, free.length);
  free.forEach((a, i) => {
    for (let j = 0; j <= i; j++)
      own.values[i * free.length + j] = hessian.values[a * hessian.columns + free[j]!]!;
  });
  const factor = cholesky(own);
  if (factor === undefined) return undefined;
  const left = Float64Array.from(free, (c) => slopes[c]! + Math.sign(u[c]!) * sizes[c]!);
  const step = solveCholesky(factor, left);
  const solved = u.slice();
  free.forEach((c, i) => {
    solved[c] = u[c]! - step[i]!;
  });
  const keepsSigns = free.every((c) => sizes[c] === 0 || Math.sign(solved[c]!) === Math.sign(u[c]!));
  return keepsSigns ? solved : undefined;
}

function slopesAt({ hessian, gradient, from }: Bowl, u: Float64Array): Float64Array {
  const { values, columns } = hessian;
  return gradient.map((slope, a) => {
    let sum = slope;
    for (let b = 0, at = a * columns; b < columns; b++, at++) sum += values[at]! * (u[b]! - from[b]!);
    return sum;
  });
}

/** Whether no coordinate at 0 wants to leave it, beyond the rounding of its slope. */
const isLowest = ({ sizes }: Bowl, u: Float64Array, slopes: Float64Array): boolean =>
  u.every((entry, c) => entry !== 0 || Math.abs(slopes[c]!) <= sizes[c]! * (1 + 1e-12));
