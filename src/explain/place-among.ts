/** Where a value stands among typical ones: low, high, or in between, as a share of them. */
import { type Column, columnLength, isMissing } from '../table/column.ts';

/** The numbers of a number or time column, missing ones left out, in order. */
export function sortedNumbers(column: Column): Float64Array {
  if (column.kind !== 'number' && column.kind !== 'time') return new Float64Array(0);
  return column.values.filter((value) => !Number.isNaN(value)).sort();
}

/** The share of sorted numbers below a value, equal ones counted half: 0.5 is the middle. NaN among none. */
export function placeAmong(sorted: Float64Array, value: number): number {
  const below = countWhile(sorted, (other) => other < value);
  const equal = countWhile(sorted, (other) => other <= value) - below;
  return (below + equal / 2) / sorted.length;
}

/** How many numbers at the beginning hold something that the later ones don't: found by halving. */
function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The different values of a column as the rows that hold each first, missing last; numbers in order, others as met. */
export function distinctRows(column: Column): Int32Array {
  const keyOf = (row: number): number | string | null =>
    column.kind === 'category' ? column.codes[row]! : column.values[row]!;
  const present: number[] = [];
  const missing: number[] = [];
  const seen = new Set<number | string | null>();
  for (let row = 0; row < columnLength(column); row++) {
    if (isMissing(column, row)) {
      if (missing.length === 0) missing.push(row);
    } else if (!seen.has(keyOf(row))) {
      seen.add(keyOf(row));
      present.push(row);
    }
  }
  if (column.kind !== 'category' && column.kind !== 'text')
    present.sort((a, b) => column.values[a]! - column.values[b]!);
  return Int32Array.from([...present, ...missing]);
}
