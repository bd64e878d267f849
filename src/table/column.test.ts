import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  booleanColumn,
  byCodeUnit,
  type Column,
  categoryColumn,
  columnKinds,
  columnLength,
  isMissing,
  missingCount,
  numberColumn,
  renamed,
  takeFromColumn,
  textColumn,
  timeColumn,
  valueAt,
} from './column.ts';

const everyKind: readonly Column[] = [
  numberColumn('n', [1.5, null, -0, 3]),
  categoryColumn('c', ['b', null, 'a', 'b']),
  booleanColumn('b', [true, null, false, true]),
  timeColumn('t', [0, null, 86_400_000, 1]),
  textColumn('x', ['hello', null, '', 'bye']),
];

test('column: every kind is made, and missing is missing in each', () => {
  assert.deepEqual(everyKind.map(({ kind }) => kind).toSorted(), columnKinds.toSorted());
  for (const column of everyKind) {
    assert.equal(columnLength(column), 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((row) => isMissing(column, row)),
      [false, true, false, false],
    );
    assert.equal(missingCount(column), 1);
    assert.equal(valueAt(column, 1), null);
  }
});

test('column: values read as JSON holds them', () => {
  assert.deepEqual(
    everyKind.map((column) => valueAt(column, 0)),
    [1.5, 'b', true, '1970-01-01T00:00:00.000Z', 'hello'],
  );
  assert.deepEqual(
    everyKind.map((column) => valueAt(column, 2)),
    [-0, 'a', false, '1970-01-02T00:00:00.000Z', ''],
  );
});

test('column: undefined is missing as null is', () => {
  assert.equal(missingCount(numberColumn('n', [undefined, 1])), 1);
  assert.equal(missingCount(categoryColumn('c', [undefined, 'a'])), 1);
  assert.equal(missingCount(booleanColumn('b', [undefined, false])), 1);
});

test('category column: levels are sorted by code unit, in no locale', () => {
  assert.deepEqual(categoryColumn('c', ['é', 'b', 'Z', 'a', '10', '9', 'a']).levels, [
    '10',
    '9',
    'Z',
    'a',
    'b',
    'é',
  ]);
});

test('category column: levels that are given are kept, a value outside them is missing', () => {
  const column = categoryColumn('c', ['b', 'z', 'a'], ['b', 'a', 'unused']);
  assert.deepEqual(column.levels, ['b', 'a', 'unused']);
  assert.deepEqual([...column.codes], [0, -1, 1]);
});

test('category column: for any texts, each row reads back', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string())), (texts) => {
      const column = categoryColumn('c', texts);
      assert.deepEqual(
        texts.map((_, row) => valueAt(column, row)),
        texts,
      );
      assert.deepEqual([...column.levels], column.levels.toSorted(byCodeUnit));
    }),
  );
});

test('column: numbers, codes and booleans lie on memory that threads share', () => {
  for (const column of everyKind) {
    if (column.kind === 'text') continue;
    const values = column.kind === 'category' ? column.codes : column.values;
    assert.ok(values.buffer instanceof SharedArrayBuffer, column.kind);
    const taken = takeFromColumn(column, [1, 0]);
    assert.ok(taken.kind !== 'text');
    assert.ok((taken.kind === 'category' ? taken.codes : taken.values).buffer instanceof SharedArrayBuffer);
  }
});

test('column: a row alone is on plain memory, and takes no other value', () => {
  for (const column of everyKind) {
    const alone = takeFromColumn(column, [1]);
    assert.equal(valueAt(alone, 0), valueAt(column, 1));
    if (alone.kind === 'text') continue;
    const values = alone.kind === 'category' ? alone.codes : alone.values;
    assert.ok(values.buffer instanceof ArrayBuffer, column.kind);
  }
});

test('column: for any rows, taking gives those values in that order and leaves the column as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 })), (rows) => {
      for (const column of everyKind) {
        const before = [0, 1, 2, 3].map((row) => valueAt(column, row));
        const taken = takeFromColumn(column, rows);
        assert.equal(columnLength(taken), rows.length);
        assert.deepEqual(
          rows.map((_, i) => valueAt(taken, i)),
          rows.map((row) => before[row]),
        );
        assert.deepEqual(
          [0, 1, 2, 3].map((row) => valueAt(column, row)),
          before,
        );
      }
    }),
  );
});

test('column: renaming shares the values', () => {
  const column = numberColumn('a', [1, 2]);
  const other = renamed(column, 'b');
  assert.equal(other.name, 'b');
  assert.equal(other.values, column.values);
  assert.equal(column.name, 'a');
});
