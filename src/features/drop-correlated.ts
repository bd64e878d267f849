/**
 * Leaves out columns that say nearly the same as one before them: the second of two that always move together.
 *
 * A column goes when its Pearson correlation with any column before it, kept or not, is above `threshold` in size, over
 * the training rows where both are present. A column that is constant or missing there correlates with nothing. Number and
 * boolean columns in (booleans as 0 and 1), those kept out, as they are; missing stays missing. Infinite numbers are
 * refused. Row weights are ignored. O(rows x columns^2).
 *
 * Example: `dropCorrelated({ threshold: 0.95 })` on age, salary, salary in cents leaves out the last.
 * Matches `corr().abs()` above the diagonal of https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.corr.html
 */
import { z } from 'zod';
import { countOf, printable } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { dot } from '../math/linear-algebra.ts';
import { sum } from '../math/sum.ts';
import { type BooleanColumn, type NumberColumn, numberColumn } from '../table/column.ts';
import { presentNumbers } from './number-columns/statistics.ts';
import { type KeptColumns, keptColumnsOut, keptOf, onlyKept } from './selection/kept-columns.ts';

const params = z.strictObject({
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.95)
    .describe('The largest correlation, in size, that two columns may have.')
    .meta({ search: { type: 'linear', low: 0.7, high: 1 } }),
});

/** Each column left out with the first column before it that it follows. */
export type DropCorrelatedState = {
  readonly kept: KeptColumns;
  readonly dropped: readonly { readonly name: string; readonly follows: string }[];
};

export const dropCorrelated = defineTransformer({
  id: 'drop-correlated',
  version: 1,
  title: 'Leaving out correlated columns',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }, { params: { threshold: 0.3 } }],
  skips: [
    {
      check: 'transformer/fit-column-order',
      reason: 'of two columns that say the same the first stays, so the order of the columns decides',
    },
  ],
  async fit(data, { threshold }, ctx): Promise<DropCorrelatedState> {
    const { columns } = data.table;
    const prepared = columns.map((column) => prepare(column as NumberColumn | BooleanColumn));
    const dropped: { name: string; follows: string }[] = [];
    for (const [j, { name }] of columns.entries()) {
      const i = prepared.slice(0, j).findIndex((other) => correlation(other, prepared[j]!) > threshold);
      if (i < 0) continue;
      const follows = columns[i]!.name;
      dropped.push({ name, follows });
      ctx.note({
        code: 'drop-correlated.dropped',
        message: `drop-correlated: column ${printable(name)} says nearly what ${printable(follows)} says and is left out`,
        column: name,
      });
    }
    const gone = new Set(dropped.map(({ name }) => name));
    return { kept: keptOf(columns.filter(({ name }) => !gone.has(name))), dropped };
  },
  transform: ({ kept }, table) => onlyKept('drop-correlated', kept, table),
  columnsOut: ({ kept }) => keptColumnsOut(kept),
  describe: ({ dropped }) => `${countOf(dropped.length, 'column')} left out that followed another.`,
});

interface Prepared {
  /** NaN where missing. */
  readonly values: Float64Array;
  /** Centred and of length 1; null where a value is missing: then each pair has rows of its own. */
  readonly direction: Float64Array | null;
}

function prepare(column: NumberColumn | BooleanColumn): Prepared {
  const numbers = column.kind === 'number' ? column : asNumbers(column);
  const present = presentNumbers('drop-correlated', numbers);
  const isComplete = present.length === numbers.values.length;
  return { values: numbers.values, direction: isComplete ? directionOf(present) : null };
}

const asNumbers = ({ name, values }: BooleanColumn): NumberColumn =>
  numberColumn(
    name,
    Array.from(values, (value) => (value < 0 ? null : value)),
  );

/** Absolute; 0 where it is not defined. */
function correlation(a: Prepared, b: Prepared): number {
  if (a.direction && b.direction) return Math.abs(dot(a.direction, b.direction));
  const both = a.values.map((value, row) => value + b.values[row]!);
  const present = (values: Float64Array): Float64Array => values.filter((_, row) => !Number.isNaN(both[row]));
  return Math.abs(dot(directionOf(present(a.values)), directionOf(present(b.values))));
}

/** The values less their mean, divided by their length; zeros when they do not vary. */
function directionOf(values: Float64Array): Float64Array {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return values.map(() => 0);
  // Squares of numbers near 1e300 would overflow.
  const centred = values.map((value) => value / largest);
  const mean = sum(centred) / centred.length;
  for (let row = 0; row < centred.length; row++) centred[row]! -= mean;
  const length = Math.sqrt(dot(centred, centred));
  // What rounding alone leaves of a constant column has no direction.
  if (length <= Math.sqrt(centred.length) * 4 * Number.EPSILON) return centred.map(() => 0);
  return centred.map((value) => value / length);
}
