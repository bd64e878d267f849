import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Column, categoryColumn, numberColumn, textColumn } from '../../table/column.ts';
import type { Inspection } from './definition.ts';
import { prepareInspection } from './prepare.ts';
import { areCopies, hashRows, repeatsOf, tellingColumns } from './row-likeness.ts';
import { drawn, quarterChurned } from './testing/example.ts';

const inspectionOf = (columns: readonly Column[], labels: Uint8Array): Inspection =>
  prepareInspection({ columns, labels, target: 'churned' });
function looked(columns: readonly Column[], labels: Uint8Array) {
  const inspection = inspectionOf(columns, labels);
  const telling = tellingColumns(inspection);
  const hashes = hashRows(inspection, telling);
  const { count, first, pairs } = repeatsOf(hashes);
  return { count, first, pairs, copied: areCopies(inspection, telling, hashes) };
}

test('row likeness: copies and pairs are counted as comparing every row with every other does', () => {
  for (let seed = 0; seed < 20; seed++) {
    const rows = 80;
    const a = drawn(rows, seed, (random) => (random.uniform() < 0.1 ? null : random.integer(4) - 2));
    const b = drawn(rows, seed + 100, (random) => ['x', 'y', null][random.integer(3)]!);
    const labels = Uint8Array.from(drawn(rows, seed + 200, (random) => random.integer(2)));
    const texts = a.map((value, row) => JSON.stringify([value, b[row], labels[row]]));
    let pairs = 0;
    for (let row = 0; row < rows; row++)
      for (let other = 0; other < row; other++) if (texts[row] === texts[other]) pairs++;
    const found = looked([numberColumn('a', a), categoryColumn('b', b)], labels);
    assert.deepEqual([found.count, found.pairs], [rows - new Set(texts).size, pairs]);
    assert.equal(
      found.first,
      texts.findIndex((text, row) => texts.indexOf(text) < row),
    );
  }
});

test('row likeness: neither the number of the row nor a text of its own tells copies apart', () => {
  const columns = [
    numberColumn(
      'n',
      Array.from({ length: 10 }, (_, row) => row + 5),
    ),
    textColumn(
      'key',
      Array.from({ length: 10 }, (_, row) => `k${row}`),
    ),
    numberColumn('x', new Float64Array(10)),
  ];
  const inspection = prepareInspection({
    columns,
    labels: quarterChurned(10),
    target: 'churned',
    useOf: (name) => (name === 'key' ? 'none' : 'feature'),
  });
  assert.deepEqual(
    tellingColumns(inspection).map(({ name }) => name),
    ['x'],
  );
});

test('row likeness: coarse columns that repeat each other are no copies, however often rows are alike', () => {
  for (let seed = 0; seed < 20; seed++) {
    const plan = drawn(2000, seed, (random) => random.integer(12));
    const columns = ['plan', 'price', 'speed'].map((name, at) =>
      numberColumn(
        name,
        plan.map((value) => value * (at + 1) + 0.5),
      ),
    );
    const labels = Uint8Array.from(drawn(2000, seed + 50, (random) => Number(random.uniform() < 0.05)));
    const { count, copied } = looked(columns, labels);
    assert.ok(count > 1900);
    assert.equal(copied, false, `seed ${seed}`);
  }
});

test('row likeness: whole numbers that tell rows apart together show copies, alone they do not', () => {
  const from = (row: number) => (row < 900 ? row : row - 900);
  const drawnInts = (seed: number) => {
    const base = drawn(900, seed, (random) => random.integer(200));
    return Array.from({ length: 1000 }, (_, row) => base[from(row)]!);
  };
  const labels = Uint8Array.from({ length: 1000 }, (_, row) => Number(from(row) % 3 === 0));
  const columns = [1, 2, 3].map((seed) => numberColumn(`c${seed}`, drawnInts(seed)));
  assert.equal(looked(columns, labels).copied, true);
  assert.equal(looked(columns.slice(0, 1), labels).copied, false);
});

test('row likeness: customers who never did anything are alike in every column and no copies', () => {
  for (let seed = 0; seed < 20; seed++) {
    const people = drawn(2000, seed, (random) => {
      const isActive = random.uniform() < 0.5;
      const value = () => (isActive ? random.normal() : null);
      return { values: [value(), value(), value()], left: random.uniform() < (isActive ? 0.1 : 0.95) };
    });
    const columns = [0, 1, 2].map((at) =>
      numberColumn(
        `c${at}`,
        people.map(({ values }) => values[at]!),
      ),
    );
    const { count, copied } = looked(
      columns,
      Uint8Array.from(people, ({ left }) => Number(left)),
    );
    assert.ok(count > 800);
    assert.equal(copied, false, `seed ${seed}`);
  }
});
