import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { binColumns } from './bin-columns.ts';

test('bin-columns: few values have a bin each, missing ones the last of all', () => {
  const binned = binColumns([Float64Array.of(5, -1, 5, Number.NaN, 2), new Float64Array(5).fill(7)], 5);
  assert.deepEqual([...binned.bins], [2, 0, 2, 255, 1, 0, 0, 0, 0, 0]);
  assert.deepEqual([...binned.binCounts], [3, 1]);
  assert.deepEqual([...binned.lows.subarray(0, 3)], [-1, 2, 5]);
  assert.deepEqual([...binned.highs.subarray(0, 3)], [-1, 2, 5]);
});

test('bin-columns: 255 different values are told apart, one more is not', () => {
  const of = (count: number) => binColumns([Float64Array.from({ length: count }, (_, i) => i)], count);
  assert.deepEqual([...of(255).bins], [...Array(255).keys()]);
  assert.equal(of(255).binCounts[0], 255);
  assert.ok(of(256).binCounts[0]! <= 255);
});

test('bin-columns: many values share bins of about equal size, a frequent one has its own', () => {
  const random = createRandom(3);
  const rows = 10_000;
  const column = Float64Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 0 : random.normal()));
  const { bins, binCounts } = binColumns([column], rows);
  const sizes = new Array<number>(256).fill(0);
  for (const bin of bins) sizes[bin]! += 1;
  const large = sizes.filter((size) => size > 100);
  assert.equal(large.length, 1);
  assert.ok(large[0]! >= 2500 && large[0]! < 2600, `${large[0]} rows with the value 0`);
  const others = sizes.slice(0, binCounts[0]).filter((size) => size <= 100);
  assert.ok(others.length > 200 && Math.min(...others) >= 15, `${others.length}, ${Math.min(...others)}`);
});

test('bin-columns: for any column the bins are in order, without gaps, and hold their values', () => {
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(fc.option(value), { minLength: 1, maxLength: 400 }), (values) => {
      const column = Float64Array.from(values, (each) => each ?? Number.NaN);
      const { bins, binCounts, lows, highs } = binColumns([column], column.length);
      const met = new Set<number>();
      for (const [row, bin] of bins.entries()) {
        if (Number.isNaN(column[row]!)) {
          assert.equal(bin, 255);
          continue;
        }
        met.add(bin);
        assert.ok(lows[bin]! <= column[row]! && column[row]! <= highs[bin]!);
      }
      assert.equal(met.size, binCounts[0]);
      for (let bin = 1; bin < met.size; bin++) assert.ok(highs[bin - 1]! < lows[bin]!);
    }),
  );
});

test('bin-columns: few values that are not sorted and more that are have the same bins', () => {
  const few = Float64Array.from({ length: 64 }, (_, row) => ((row * 5) % 8) - 3);
  // The ninth value sends the column to the kernel that sorts.
  const more = Float64Array.of(...few, 99);
  const [unsorted, sorted] = [binColumns([few], 64), binColumns([more], 65)];
  assert.deepEqual(unsorted.bins, sorted.bins.slice(0, 64));
  assert.deepEqual([unsorted.binCounts[0], sorted.binCounts[0]], [8, 9]);
  assert.deepEqual(unsorted.lows.slice(0, 8), sorted.lows.slice(0, 8));
});
