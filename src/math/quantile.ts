/**
 * The value below which a share p of the numbers lies: p = 0.5 is the median.
 *
 * Type 7, the default of numpy, pandas and R: with the n numbers in ascending order x[0] to x[n - 1], the quantile lies at
 * position (n - 1) p, between two of them in a straight line.
 * NaN is missing and ignored, as in numpy.nanquantile; no numbers give NaN. Inputs are left as they are.
 * Cost: one quantile O(n) on average, several O(n log n), sorted input O(1) each.
 * Reference: numpy.nanquantile, method 'linear' (equal to the bit).
 */
import { ParamError } from '../base/errors.ts';

/** One quantile of numbers in any order. */
export function quantile(values: Float64Array, p: number): number {
  checkShare(p);
  const present = withoutNaN(values);
  if (present.length === 0) return Number.NaN;
  const position = (present.length - 1) * p;
  const index = Math.floor(position);
  select(present, index);
  const below = present[index]!;
  // Everything behind the index is at least as large: the next in order is the least of it.
  let above = index + 1 < present.length ? Number.POSITIVE_INFINITY : below;
  for (let i = index + 1; i < present.length; i++) if (present[i]! < above) above = present[i]!;
  return between(below, above, position - index);
}

/** The middle of the numbers. */
export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/** Several quantiles of numbers in any order, from one sort. */
export function quantiles(values: Float64Array, ps: readonly number[]): Float64Array {
  return quantilesSorted(withoutNaN(values).sort(), ps);
}

/** Several quantiles of numbers in ascending order; NaN may stand at the end, where sorting leaves it. */
export function quantilesSorted(sorted: Float64Array, ps: readonly number[]): Float64Array {
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  return Float64Array.from(ps, (p) => {
    checkShare(p);
    if (count === 0) return Number.NaN;
    const position = (count - 1) * p;
    const index = Math.floor(position);
    return between(sorted[index]!, sorted[Math.min(index + 1, count - 1)]!, position - index);
  });
}

function checkShare(p: number): void {
  if (!(p >= 0 && p <= 1))
    throw new ParamError('param.value', `quantile: p must be from 0 to 1, got ${p}`, {
      who: 'quantile',
      param: 'p',
    });
}

function withoutNaN(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

/** The point a share t of the way from a to b, by numpy's formula: it starts from the nearer end, so it never passes one. */
function between(a: number, b: number, t: number): number {
  // Equal ends may be infinite, where their distance is NaN.
  if (a === b || t === 0) return a;
  // Ends of the largest numbers, one below 0, are further apart than a number holds.
  if (Number.isFinite(a) && Number.isFinite(b) && !Number.isFinite(b - a)) return a * (1 - t) + b * t;
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

/** Reorders so that `wanted` holds what a sort would put there, nothing larger before it, nothing smaller behind. */
function select(values: Float64Array, wanted: number): void {
  let low = 0;
  let high = values.length - 1;
  // A good middle value halves the piece each round; an input that defeats it is sorted instead, never O(n^2).
  for (let rounds = 64; high - low > 16 && rounds > 0; rounds--) {
    const pivot = middleOfThree(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return;
  }
  values.subarray(low, high + 1).sort();
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
