import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { binFeatures } from './bins.ts';

const number = [{ name: 'x', levels: null }];
function binned(values: readonly number[], mostBins: number, weights = values.map(() => 1)) {
  const rows = Int32Array.from(values.keys()).filter((row) => weights[row]! > 0);
  return binFeatures([Float64Array.from(values)], number, Float64Array.from(weights), rows, mostBins);
}

test('bins: few distinct numbers have a bin each, edges halfway, missing ones the bin behind the last', () => {
  const { bins, edges, binCounts, offsets, hasMissing } = binned([5, 1, Number.NaN, 2, 5], 10);
  assert.deepEqual([...edges[0]!], [1.5, 3.5]);
  assert.deepEqual([...bins], [2, 0, 3, 1, 2]);
  assert.deepEqual([[...binCounts], [...offsets], [...hasMissing]], [[3], [0, 4], [1]]);
});

test('bins: many distinct numbers share bins of equal weight; a quantile met exactly lies halfway', () => {
  const { bins, edges } = binned(
    Array.from({ length: 12 }, (_, i) => i),
    4,
  );
  assert.deepEqual([...edges[0]!], [2.5, 5.5, 8.5]);
  assert.deepEqual([...bins], [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  // One number weighs more than a bin: it takes a bin alone and two edges fall together.
  assert.deepEqual([...binned([1, 2, 3, 4, 5], 3, [1, 1, 10, 1, 1]).edges[0]!], [3]);
});

test('bins: for any numbers a bin is kept in order, and rows of weight 0 do not shape the edges', () => {
  const any = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(any, fc.integer({ min: 2, max: 20 }), (values, mostBins) => {
      const { bins, edges, binCounts } = binned(values, mostBins);
      assert.ok(binCounts[0]! <= mostBins);
      values.forEach((value, row) => {
        const bin = bins[row]!;
        assert.ok(bin === 0 || edges[0]![bin - 1]! < value);
        assert.ok(bin === binCounts[0]! - 1 || value <= edges[0]![bin]!);
      });
      const more = binned([...values, 1e9, -1e9], mostBins, [...values.map(() => 1), 0, 0]);
      assert.deepEqual(more.edges, edges);
    }),
  );
});

test('bins: a row of weight 2 shapes the edges as the row twice', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
  const weights = values.map((_, i) => i % 3);
  const repeated = values.flatMap((value, i) => new Array<number>(i % 3).fill(value));
  assert.deepEqual(binned(values, 8, weights).edges, binned(repeated, 8).edges);
});

test('bins: the bin of a level is its place', () => {
  const columns = [Float64Array.of(1, 0, Number.NaN)];
  const weights = new Float64Array(3).fill(1);
  const made = binFeatures(columns, [{ name: 'x', levels: ['a', 'b'] }], weights, Int32Array.of(0, 1), 9);
  assert.deepEqual([...made.bins], [1, 0, 2]);
  assert.deepEqual([[...made.isCategory], [...made.hasMissing], [...made.binCounts]], [[1], [0], [2]]);
});

test('bins: neighbouring doubles and the largest numbers still have an edge between them', () => {
  assert.deepEqual([...binned([1, 1 + Number.EPSILON], 9).bins], [0, 1]);
  assert.deepEqual([...binned([-1.7e308, 1.7e308, 1.6e308], 9).bins], [0, 2, 1]);
});

test('bins: of very many rows some tell the edges, and shares stay even also where values have a period', () => {
  const random = createRandom(3);
  const values = Array.from({ length: 100_000 }, (_, row) => (row % 2 === 0 ? random.uniform() : 2));
  const { bins, binCounts } = binned(values, 10);
  const counts = new Array<number>(binCounts[0]!).fill(0);
  for (const bin of bins) counts[bin]!++;
  // Half of the rows are the one number 2; the others fill their five bins evenly.
  assert.ok(counts.at(-1)! >= 49_000, `${counts}`);
  for (const each of counts.slice(0, 4)) assert.ok(Math.abs(each - 10_000) < 600, `${counts}`);
});
