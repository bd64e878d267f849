import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createArena } from '../arena.ts';
import { placeRows } from './listed-rows.ts';

const rowsOf = (...values: number[]) => ({
  values: Float64Array.from(values),
  columns: 3,
  labels: new Uint8Array(values.length / 3),
  weights: new Float64Array(values.length / 3),
});

test('listed-rows: each row lists what is not 0 in single precision, with its column', () => {
  const arena = createArena();
  // The second row has nothing; 1e-60 is 0 in single precision.
  const { address, isDense } = placeRows(arena, rowsOf(0, 1.5, -2, 0, 0, -0, 1e-60, 0.1, Number.NaN), 1);
  const { buffer } = arena.memory;
  const [starts, numbers, columns] = new Uint32Array(buffer, address, 3);
  assert.equal(isDense, false);
  assert.deepEqual([...new Uint32Array(buffer, starts, 4)], [0, 2, 2, 4]);
  assert.deepEqual([...new Float32Array(buffer, numbers, 4)], [1.5, -2, Math.fround(0.1), Number.NaN]);
  assert.deepEqual([...new Uint32Array(buffer, columns, 4)], [1, 2, 1, 2]);
});

test('listed-rows: a table with few zeros stays whole, its rows padded', () => {
  const arena = createArena();
  const { address, isDense } = placeRows(arena, rowsOf(1, 0, 3, 4, 5, 6), 1);
  const { buffer } = arena.memory;
  const [starts, rows] = new Uint32Array(buffer, address, 3);
  assert.equal(isDense, true);
  assert.equal(starts, 0);
  assert.deepEqual([...new Float32Array(buffer, rows, 16)], [1, 0, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0]);
});

test('listed-rows: columns of few numbers are listed by pattern, also a table that has no zeros', () => {
  const arena = createArena();
  const rows = Array.from({ length: 32 }, (_, row) => [
    row % 3 === 1 ? row : 0,
    row % 2 === 0 ? 1 : -1,
    row % 2 === 0 ? 2 : 0,
  ]);
  const { address, isDense, patterns } = placeRows(arena, rowsOf(...rows.flat()), 32);
  const { buffer } = arena.memory;
  const [, numbers, places] = new Uint32Array(buffer, address, 3);
  assert.equal(isDense, false);
  assert.deepEqual(patterns!.parts.slice(1), [
    [
      { column: 1, number: 1 },
      { column: 2, number: 2 },
    ],
    [{ column: 1, number: -1 }],
  ]);
  assert.deepEqual([...new Float32Array(buffer, numbers, 5)], [1, 1, 1, 1, 1]);
  assert.deepEqual([...new Uint32Array(buffer, places, 5)], [1, 0, 2, 1, 2]);
});

test('listed-rows: the same numbers are told once, for each size of a batch', () => {
  const rows = rowsOf(...Array.from({ length: 96 }, (_, i) => i % 2));
  const [first, again, other] = [16, 16, 64].map((size) => placeRows(createArena(), rows, size).patterns);
  assert.equal(first, again);
  assert.notEqual(first, other);
});
