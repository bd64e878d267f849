import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { derivedColumn } from './derived-column.ts';

const a = drawn(1000, 1, (random) => 1 + random.integer(72));
const b = drawn(1000, 2, (random) => 20 + 100 * random.uniform());
const c = drawn(1000, 3, (random) => random.normal());
const look = (made: number[]) =>
  lookAt(derivedColumn, [
    numberColumn('a', a),
    numberColumn('b', b),
    numberColumn('c', c),
    numberColumn('made', made),
  ])
    .filter(({ column }) => column === 'made')
    .map(({ evidence }) => (evidence as { formula: string }).formula);

test('derived.column: products, sums and ratios of two others, with a little noise', () => {
  assert.deepEqual(look(a.map((x, i) => x * b[i]! * (1 + 0.01 * c[i]!))), ['a * b']);
  assert.deepEqual(look(a.map((x, i) => x + b[i]!)), ['a + b']);
  assert.deepEqual(look(a.map((x, i) => b[i]! / x)), ['b / a']);
});

test('derived.column: a multiple of one column is told for the later of the two', () => {
  assert.deepEqual(look(a.map((x) => 2.5 * x + 1)), ['a multiple of a']);
});

test('derived.column: what is only related is not', () => {
  assert.deepEqual(look(a.map((x, i) => x + 30 * c[i]!)), []);
});
