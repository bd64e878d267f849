import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  booleanColumn,
  type Column,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../../table/column.ts';
import { columnOverview, fewestRows } from './column-overview.ts';
import { prepareInspection } from './prepare.ts';

const overviewOf = (column: Column, labels: ArrayLike<number>) => {
  const { columns, labels: prepared } = prepareInspection({
    columns: [column],
    labels: Uint8Array.from(labels),
    target: 'churned',
  });
  return columnOverview(columns[0]!, prepared);
};
const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

test('column overview: a number has its quantiles, sixteen bars and eight groups of equal size with their leavers', () => {
  const values = Array.from({ length: 1600 }, (_, i) => i);
  const overview = overviewOf(
    numberColumn('x', values),
    values.map((value) => (value < 200 ? 1 : 0)),
  );
  assert.deepEqual(overview.spread, { low: 15.99, middle: 799.5, high: 1583.01 });
  assert.equal(overview.histogram.length, 16);
  assert.ok(overview.histogram.every((share) => Math.abs(share - 0.98 / 16) < 0.001));
  assert.equal(overview.groups.length, 8);
  assert.deepEqual(overview.groups[0], { from: 0, to: 199, rows: 200, churned: 200 });
  assert.deepEqual(overview.groups[7], { from: 1400, to: 1599, rows: 200, churned: 0 });
  assert.equal(overview.effect!.measure, 'cohens-d');
});

test('column overview: few values have a group each, small ones join a neighbour, missing comes last', () => {
  const values = [...repeat(0, 50), ...repeat(1, 30), ...repeat(2, 9), ...repeat(null, 12)];
  const { groups, missing } = overviewOf(numberColumn('x', values), repeat(0, 100).concat(1));
  assert.deepEqual(groups, [
    { value: 0, rows: 50, churned: 0 },
    { from: 1, to: 2, rows: 39, churned: 0 },
    { value: null, rows: 12, churned: 1 },
  ]);
  assert.equal(missing, 12);
});

test('column overview: a value that many share is one group; times are told as days', () => {
  const zeros = [...repeat(0, 900), ...Array.from({ length: 100 }, (_, i) => i + 1)];
  const { groups } = overviewOf(
    numberColumn('x', zeros),
    zeros.map((value) => (value > 50 ? 1 : 0)),
  );
  assert.deepEqual([groups[0]!.value, groups[0]!.rows], [0, 900]);
  const days = Array.from({ length: 40 }, (_, i) => Date.UTC(2020, 0, 1 + i));
  const time = overviewOf(
    timeColumn('since', days),
    days.map((_, i) => i % 2),
  );
  assert.equal(time.groups[0]!.from, '2020-01-01T00:00:00.000Z');
  assert.equal(time.spread!.middle, '2020-01-20T12:00:00.000Z');
});

test('column overview: levels stand most frequent first, rare ones together, a level of few rows is not named', () => {
  const values = [
    ...repeat('a', 40),
    ...repeat('b', 60),
    ...repeat('secret', 9),
    ...repeat('rare', 8),
    ...repeat(null, 10),
  ];
  const labels = values.map((value) => (value === 'b' || value === 'rare' ? 1 : 0));
  assert.deepEqual(overviewOf(categoryColumn('x', values), labels).groups, [
    { value: 'b', rows: 60, churned: 60 },
    { value: 'a', rows: 40, churned: 0 },
    { levels: 2, rows: 17, churned: 8 },
    { value: null, rows: 10, churned: 0 },
  ]);
  const many = Array.from({ length: 200 }, (_, i) => `level ${i % 10}`);
  const { groups } = overviewOf(
    categoryColumn('x', many),
    many.map((_, i) => i % 2),
  );
  assert.deepEqual(groups.at(-1), { levels: 2, rows: 40, churned: 20 });
});

test('column overview: booleans are levels; text has figures but no groups; nothing but missing is sound', () => {
  const flags = overviewOf(
    booleanColumn('x', [...repeat(true, 20), ...repeat(false, 20)]),
    repeat(1, 20).concat(repeat(0, 20)),
  );
  assert.deepEqual(flags.groups.map(({ value, rows, churned }) => [value, rows, churned]).sort(), [
    [false, 20, 0],
    [true, 20, 20],
  ]);
  const text = overviewOf(textColumn('x', repeat('hello', 30)), repeat(0, 29).concat(1));
  assert.deepEqual([text.groups, text.histogram, text.spread], [[], [], null]);
  const gone = overviewOf(numberColumn('x', repeat(null, 30)), repeat(0, 29).concat(1));
  assert.deepEqual([gone.spread, gone.histogram, gone.missing], [null, [], 30]);
});

test('column overview: for any numbers the groups hold every row once, none is small, and none overlaps the next', () => {
  const value = fc.option(
    fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 20, maxLength: 300 }), (values) => {
      const { groups, missing, histogram } = overviewOf(
        numberColumn('x', values),
        values.map((_, i) => i % 2),
      );
      const told = groups.filter((group) => group.value !== null);
      const rows = told.reduce((sum, group) => sum + group.rows, 0);
      assert.equal(rows, values.length - missing);
      // All of a column may be fewer than a group should hold.
      assert.ok(told.length <= 8 && (told.length < 2 || told.every((group) => group.rows >= fewestRows)));
      const ends = told.map((group) => [Number(group.from ?? group.value), Number(group.to ?? group.value)]);
      for (const [i, [from]] of ends.slice(1).entries()) assert.ok(from! >= ends[i]![1]!);
      assert.ok(histogram.reduce((sum, share) => sum + share, 0) <= 1.001);
    }),
  );
});
