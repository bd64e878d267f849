/**
 * Sums in one fixed order, and the mean and spread built on them.
 *
 * Order: a piece of at most 128 numbers is summed in eight lanes, lane j taking items j, j + 8, j + 16, ...; the lanes
 * are added as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)), then the items left over (fewer than 8) one by one. A longer
 * piece is cut at the multiple of 8 at or below its middle, and the two sums are added. So the rounding error grows
 * with log n instead of n, and a kernel that repeats the order repeats the bits.
 * NaN is not skipped: it makes the result NaN. Cost O(n).
 */

const LONGEST_PIECE = 128;

/** The sum; 0 for no numbers. */
export function sum(values: Float64Array): number {
  return sumBetween(values, 0, values.length);
}

/** The arithmetic mean; NaN for no numbers. */
export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/**
 * The mean squared distance from the mean, in two passes: sum (x - mean)^2 / (n - ddof).
 * `ddof` 0 describes these numbers (numpy's default), 1 estimates the population they are a sample of (pandas' default).
 * NaN when n <= ddof.
 */
export function variance(values: Float64Array, ddof: 0 | 1 = 0): number {
  if (values.length <= ddof) return Number.NaN;
  const centre = mean(values);
  const squares = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - centre;
    squares[i] = distance * distance;
  }
  return sum(squares) / (values.length - ddof);
}

/** The square root of the variance, in the unit of the numbers. */
export function standardDeviation(values: Float64Array, ddof: 0 | 1 = 0): number {
  return Math.sqrt(variance(values, ddof));
}

function sumBetween(values: Float64Array, start: number, end: number): number {
  const length = end - start;
  if (length > LONGEST_PIECE) {
    const middle = start + (length >>> 4) * 8;
    return sumBetween(values, start, middle) + sumBetween(values, middle, end);
  }
  const lanesEnd = start + (length & ~7);
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = start; i < lanesEnd; i += 8) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
    e += values[i + 4]!;
    f += values[i + 5]!;
    g += values[i + 6]!;
    h += values[i + 7]!;
  }
  let total = a + b + (c + d) + (e + f + (g + h));
  for (let i = lanesEnd; i < end; i++) total += values[i]!;
  return total;
}
