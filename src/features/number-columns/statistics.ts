/**
 * What transformers learn from one number column: order statistics, moments, the most frequent value.
 *
 * Missing values are left out, infinite ones refused. Results are never -0, which JSON could not keep.
 */
import { ColumnError } from '../../base/errors.ts';
import { countOf, printable } from '../../base/text.ts';
import { median, quantile } from '../../math/quantile.ts';
import { sum } from '../../math/sum.ts';
import type { NumberColumn } from '../../table/column.ts';

/** A copy of the values that are there, in row order; throws `column.not-finite` when one is infinite. */
export function presentNumbers(who: string, column: NumberColumn): Float64Array {
  const source = column.values;
  const copy = new Float64Array(source.length);
  let present = 0;
  let infinite = 0;
  for (let row = 0; row < source.length; row++) {
    const value = source[row]!;
    if (Number.isNaN(value)) continue;
    // x - x is 0 for every finite number.
    if (value - value !== 0) infinite++;
    copy[present++] = value;
  }
  if (infinite > 0) {
    throw new ColumnError(
      'column.not-finite',
      `${who}: column ${printable(column.name)} is infinite in ${countOf(infinite, 'row')}, finite or missing required; clean it before`,
      { who, column: column.name, rows: infinite },
    );
  }
  return copy.subarray(0, present);
}

/** The middle value, between two middle values half-way. O(values). */
export function medianOf(values: Float64Array): number {
  const middle = median(values);
  // The distance of two numbers near 1e308 overflows; that of their halves does not.
  return (Number.isFinite(middle) ? middle : 2 * median(values.map((value) => value / 2))) + 0;
}

/** The quartiles as `numpy.percentile(values, [25, 75])`. O(values). */
export const quartilesOf = (values: Float64Array): { q1: number; q3: number } => ({
  q1: quantile(values, 0.25) + 0,
  q3: quantile(values, 0.75) + 0,
});

export interface Moments {
  readonly mean: number;
  /** With the number of values as divisor (ddof 0). */
  readonly sd: number;
  /** The spread is no more than what rounding alone would give. */
  readonly isConstant: boolean;
}

/** Mean and standard deviation in two passes; at least one value. O(values). */
export function momentsOf(values: Float64Array): Moments {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  // Squares beyond 1e308 or below 1e-308 would overflow or vanish; ordinary columns stay as they are.
  const unit = largest > 1e150 || (largest > 0 && largest < 1e-150) ? largest : 1;
  const scratch = unit === 1 ? values.slice() : values.map((value) => value / unit);
  const count = values.length;
  const rough = sum(scratch) / count;
  for (let i = 0; i < count; i++) scratch[i]! -= rough;
  // The distances should sum to 0; what is left corrects the rounding of the first pass.
  const correction = sum(scratch) / count;
  for (let i = 0; i < count; i++) scratch[i]! *= scratch[i]!;
  const mean = rough + correction;
  const variance = Math.max(0, sum(scratch) / count - correction * correction);
  // The bound of scikit-learn's StandardScaler for "all the same but for rounding".
  const noise = count * mean * Number.EPSILON;
  return {
    mean: mean * unit + 0,
    sd: Math.sqrt(variance) * unit,
    isConstant: variance <= count * Number.EPSILON * variance + noise * noise,
  };
}

/** The smallest of the most frequent values. Sorts `values`; O(values x log values). */
export function mostFrequentOf(values: Float64Array): number {
  values.sort();
  let best = values[0]!;
  let bestCount = 0;
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[start]) continue;
    if (i - start > bestCount) {
      best = values[start]!;
      bestCount = i - start;
    }
    start = i;
  }
  return best + 0;
}
