import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { booleanColumn, categoryColumn, numberColumn, textColumn, timeColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { histogramOf, histogramQuantile, makeReference, mostCorrelated, profileColumn } from './reference.ts';

test('reference: numbers are counted in equal-mass bins, missing apart, moments by ddof 1', () => {
  const profile = profileColumn(numberColumn('age', [1, 2, 3, 4, null]));
  assert.equal(profile.kind, 'number');
  assert.ok(profile.kind === 'number');
  assert.deepEqual([profile.count, profile.missing, profile.mean], [4, 1, 2.5]);
  assert.ok(Math.abs(profile.sd! - 1.2909944487358056) < 1e-15);
  assert.equal(
    profile.counts.reduce((a, b) => a + b, 0),
    4,
  );
  assert.deepEqual([profile.edges[0], profile.edges.at(-1)], [1, 4]);
});

test('reference: of numbers whose squares no number holds, moments and correlations are null, edges finite', () => {
  const huge = numberColumn('huge', [1.7e308, -1.7e308, 3, 1.7e308, null]);
  const profile = profileColumn(huge);
  assert.ok(profile.kind === 'number');
  assert.equal(profile.sd, null);
  assert.ok(profile.edges.every(Number.isFinite));
  const table = createTable([huge, numberColumn('x', [1, 2, 3, 4, 5])]);
  assert.equal(makeReference(table, new Float64Array(5)).correlation.values[0]![1], null);
  const ends = histogramOf(Float64Array.of(-1.7e308, 1.7e308), 4);
  assert.deepEqual(
    ends.edges.map((edge) => Math.round(edge / 0.85e308)),
    [-2, -1, 0, 1, 2],
  );
});

test('reference: correlation does not depend on the unit, however large or small its numbers are', () => {
  for (const unit of [1, 1e80, 1e-90]) {
    const x = numberColumn('x', [unit, 2 * unit, 3 * unit]);
    const { correlation } = makeReference(createTable([x, { ...x, name: 'y' }]), new Float64Array(3));
    assert.ok(Math.abs(correlation.values[0]![1]! - 1) < 1e-15, String(unit));
  }
});

test('reference: levels stand most frequent first, ties by name; a level that never occurs is left out', () => {
  const profile = profileColumn(categoryColumn('plan', ['b', 'a', 'b', 'c', null], ['a', 'b', 'c', 'never']));
  assert.deepEqual(profile, {
    kind: 'category',
    count: 4,
    missing: 1,
    levels: [
      { level: 'b', count: 2 },
      { level: 'a', count: 1 },
      { level: 'c', count: 1 },
    ],
  });
  assert.deepEqual(profileColumn(booleanColumn('auto', [true, true, null])), {
    kind: 'boolean',
    count: 2,
    missing: 1,
    levels: [{ level: 'true', count: 2 }],
  });
});

test('reference: an all-missing column has no edges and no mean; a constant has one bin', () => {
  const empty = profileColumn(timeColumn('seen', [null, null]));
  assert.ok(empty.kind === 'time');
  assert.deepEqual([empty.edges, empty.counts, empty.mean, empty.sd], [[], [], null, null]);
  assert.deepEqual(histogramOf(Float64Array.of(7, 7, 7)), { edges: [7, 7], counts: [3] });
});

test('reference: correlation of numbers over shared rows; undefined for a constant; text is only counted', () => {
  const table = createTable([
    numberColumn('x', [1, 2, 3, null]),
    numberColumn('y', [2, 4, 6, 100]),
    numberColumn('flat', [5, 5, 5, 5]),
    textColumn('note', ['a', null, 'b', 'c']),
  ]);
  const { correlation, columns, rows } = makeReference(table, Float64Array.of(0.1, 0.2, 0.3, 0.4));
  assert.equal(rows, 4);
  assert.deepEqual(correlation.columns, ['x', 'y', 'flat']);
  assert.deepEqual(correlation.values, [
    [1, 1, null],
    [1, 1, null],
    [null, null, 1],
  ]);
  assert.deepEqual(columns.note, { kind: 'text', count: 3, missing: 1 });
});

test('reference: for any numbers every value is in exactly one bin and quantiles lie within the range', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3000 }),
      (numbers) => {
        const values = Float64Array.from(numbers);
        const histogram = histogramOf(values);
        assert.equal(
          histogram.counts.reduce((a, b) => a + b, 0),
          values.length,
        );
        const middle = histogramQuantile(histogram, 0.5);
        assert.ok(middle >= histogram.edges[0]! && middle <= histogram.edges.at(-1)!);
        for (let i = 1; i < histogram.edges.length; i++)
          assert.ok(histogram.edges[i]! >= histogram.edges[i - 1]!);
      },
    ),
    { numRuns: 50 },
  );
});

test('reference: of a wide table the first number columns are correlated, all have a profile', () => {
  const columns = Array.from({ length: mostCorrelated + 5 }, (_, c) => numberColumn(`n${c}`, [c, 1, 2]));
  const { correlation, columns: profiles } = makeReference(createTable(columns), Float64Array.of(0.5));
  assert.deepEqual(
    correlation.columns,
    columns.slice(0, mostCorrelated).map(({ name }) => name),
  );
  assert.equal(correlation.values.length, mostCorrelated);
  assert.equal(Object.keys(profiles).length, columns.length);
});
