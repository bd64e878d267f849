import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { type ColumnPatterns, columnPatterns } from './column-patterns.ts';

/** Column by column: how many different numbers it has; 0 for one that is never the same. */
const anyTable = fc.record({
  kinds: fc.array(fc.constantFrom(0, 1, 2, 2, 2, 3, 5, 12), { minLength: 1, maxLength: 12 }),
  rows: fc.integer({ min: 0, max: 80 }),
  batchSize: fc.integer({ min: 1, max: 120 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

function valuesOf(kinds: readonly number[], rows: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const values = new Float64Array(rows * kinds.length);
  for (let i = 0; i < values.length; i++) {
    const numbers = kinds[i % kinds.length]!;
    values[i] = numbers === 0 ? random.normal() : random.integer(numbers) * (numbers === 3 ? -0.7 : 1);
  }
  return values;
}

/** The row that places stand for. */
function rowOf({ alone, groups, parts }: ColumnPatterns, values: Float64Array, columns: number, row: number) {
  const made = new Float64Array(columns);
  const add = (place: number, times: number): void => {
    for (const { column, number } of parts[place]!) made[column]! += times * number;
  };
  for (const [place, column] of alone.entries()) add(place, Math.fround(values[row * columns + column]!));
  for (const { places } of groups) if (places[row]! >= 0) add(places[row]!, 1);
  return made;
}

test('column-patterns: for any table the patterns of a row and its other columns are the row', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyTable, ({ kinds, rows, batchSize, seed }) => {
      const values = valuesOf(kinds, rows, seed);
      const patterns = columnPatterns(values, kinds.length, batchSize);
      if (!patterns) return;
      seen++;
      for (let row = 0; row < rows; row++) {
        const due = Float64Array.from(
          values.subarray(row * kinds.length, (row + 1) * kinds.length),
          // 0 of either sign.
          (value) => Math.fround(value) + 0,
        );
        assert.deepEqual(rowOf(patterns, values, kinds.length, row), due);
      }
      for (const { places } of patterns.groups) assert.ok(new Set(places).size <= Math.floor(batchSize / 8));
    }),
    { numRuns: 300 },
  );
  assert.ok(seen > 30, `patterns in ${seen} tables only`);
});

test('column-patterns: the columns of two categories are told by one place a row', () => {
  const values = new Float64Array(60 * 6);
  for (let row = 0; row < 60; row++) {
    values[6 * row + (row % 3)] = 1;
    values[6 * row + 3] = row;
    values[6 * row + 4 + (row % 2)] = 1;
  }
  const patterns = columnPatterns(values, 6, 60)!;
  assert.deepEqual(patterns.alone, [3]);
  assert.equal(patterns.groups.length, 1);
  assert.deepEqual(patterns.parts[1], [
    { column: 0, number: 1 },
    { column: 4, number: 1 },
  ]);
  assert.equal(patterns.parts.length, 7);
});

test('column-patterns: a table that would save nothing has none', () => {
  const rare = new Float64Array(200 * 2);
  rare[0] = 1;
  rare[399] = 1;
  assert.equal(columnPatterns(rare, 2, 200), undefined);
  assert.equal(columnPatterns(new Float64Array(0), 3, 200), undefined);
  // A batch of a few rows would pay more for the patterns than it saves.
  assert.equal(columnPatterns(valuesOf([2, 2, 2, 2], 100, 1), 4, 15), undefined);
});
