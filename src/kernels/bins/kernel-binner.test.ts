/** The compiled kernel against its plain twin, on columns of any values: the same bits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kernelBinner } from './kernel-binner.ts';
import { openPlainBinner } from './plain-binner.ts';

const anyColumn = fc
  .array(
    fc.oneof(
      fc.double(),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(Number.NaN, -0, 0, 1e300, 5e-324, Number.NEGATIVE_INFINITY),
    ),
    { minLength: 1, maxLength: 300 },
  )
  .map((values) => Float64Array.from(values));

test('kernel-binner: for any column the sorted values are those of the plain twin, without NaN', () => {
  fc.assert(
    fc.property(anyColumn, (column) => {
      const [kernel, plain] = [kernelBinner('strict', column.length), openPlainBinner(column.length)];
      const before = column.slice();
      // deepEqual tells 0 from -0.
      assert.deepEqual([...kernel.sorted(column)], [...plain.sorted(column)]);
      assert.deepEqual(column, before);
    }),
  );
});

test('kernel-binner: for any column and edges each value has the bin that the plain twin gives it', () => {
  fc.assert(
    fc.property(anyColumn, fc.integer({ min: 1, max: 255 }), (column, bins) => {
      const [kernel, plain] = [kernelBinner('strict', column.length), openPlainBinner(column.length)];
      const distinct = [...new Set(plain.sorted(column))];
      const highs = Float64Array.from(distinct.slice(-bins));
      assert.deepEqual(kernel.place(column, highs), plain.place(column, highs));
    }),
  );
});
