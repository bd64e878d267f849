/** The compiled kernel against its plain twin, on columns of any values: the same bits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withKernelBinner } from './kernel-binner.ts';
import { plainBinner } from './plain-binner.ts';

const value = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.NaN, -0, 0, 1e300, 5e-324, Number.NEGATIVE_INFINITY),
);
const anyColumn = fc
  .array(value, { minLength: 1, maxLength: 300 })
  .map((values) => Float64Array.from(values));

test('kernel-binner: for any column the sorted values are those of the plain twin, without NaN', () => {
  fc.assert(
    fc.property(anyColumn, (column) => {
      const before = column.slice();
      withKernelBinner(column.length, (binner) => {
        // deepEqual tells 0 from -0.
        assert.deepEqual([...binner.sorted(column)], [...plainBinner.sorted(column)]);
      });
      assert.deepEqual(column, before);
    }),
  );
});

test('kernel-binner: for any column of few values they are those of the plain twin, of more none', () => {
  const fewOf = fc
    .array(value, { minLength: 1, maxLength: 10 })
    .chain((some) => fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 60 }));
  fc.assert(
    fc.property(fewOf, (values) => {
      const column = Float64Array.from(values, (each) => each + 0);
      const found = withKernelBinner(column.length, ({ few }) => few(column));
      assert.deepEqual(
        found?.map((each) => each + 0),
        plainBinner.few(column)?.map((each) => each + 0),
      );
    }),
  );
});

test('kernel-binner: for any column and edges each value has the bin that the plain twin gives it', () => {
  fc.assert(
    fc.property(anyColumn, anyColumn, fc.constantFrom(254, 255), (column, others, missingBin) => {
      const edges = Float64Array.from(new Set(plainBinner.sorted(others)));
      const [bins, due] = [new Uint8Array(column.length), new Uint8Array(column.length)];
      withKernelBinner(column.length, (binner) => {
        binner.place(column, edges.subarray(-254), missingBin, bins);
      });
      plainBinner.place(column, edges.subarray(-254), missingBin, due);
      assert.deepEqual(bins, due);
    }),
  );
});

test('kernel-binner: a number on an edge stays below it, also with every place taken', () => {
  const edges = Float64Array.from({ length: 254 }, (_, i) => i);
  const column = Float64Array.of(-1, 0, 0.5, 253, 254, Number.MAX_VALUE, Number.NaN);
  const bins = new Uint8Array(column.length);
  withKernelBinner(column.length, ({ place }) => place(column, edges, 255, bins));
  assert.deepEqual([...bins], [0, 0, 1, 253, 254, 254, 255]);
});

test('kernel-binner: what was binned before, of more rows or fewer, does not show', () => {
  const columns = [40, 7, 90].map((rows) => Float64Array.from({ length: rows }, (_, i) => (i * 7) % 5));
  for (const column of [...columns, ...columns.toReversed()]) {
    const few = withKernelBinner(column.length, (binner) => binner.few(column));
    assert.deepEqual(few, Float64Array.of(0, 1, 2, 3, 4));
  }
});
