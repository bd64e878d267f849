/** Which columns may have two values only, found by a look at the first rows. */
import type { NumberValues } from './logistic-sums.ts';

/** The values of a column when it has but two; `high` is NaN when all are `low`. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** So many rows behind the second value are looked through for a third. */
const lookedThrough = 200;

/** Undefined when a third value is seen or one is not finite; a third value further down is for `linearPack` to find. */
export function endsOf(values: NumberValues): Ends | undefined {
  const first = values[0]!;
  let row = 1;
  while (row < values.length && values[row] === first) row++;
  if (!isPresent(values, first)) return undefined;
  if (row === values.length) return { low: first, high: Number.NaN };
  const second = values[row]!;
  if (!isPresent(values, second)) return undefined;
  const end = Math.min(values.length, row + lookedThrough);
  for (row++; row < end; row++) if (values[row] !== first && values[row] !== second) return undefined;
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

/** A missing boolean is below 0. */
const isPresent = (values: NumberValues, value: number): boolean =>
  Number.isFinite(value) && !(values instanceof Int8Array && value < 0);
