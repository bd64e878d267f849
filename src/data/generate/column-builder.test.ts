import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  booleanColumn,
  categoryColumn,
  columnKinds,
  numberColumn,
  textColumn,
  timeColumn,
} from '../../table/column.ts';
import { columnBuilder, type Value } from './column-builder.ts';

const build = (kind: (typeof columnKinds)[number], values: readonly Value[], levels?: readonly string[]) => {
  const builder = columnBuilder({ name: 'x', kind, ...(levels && { levels }) }, values.length);
  values.forEach((value, row) => {
    builder.set(row, value);
  });
  return builder.finish();
};

test('column builder: gives the column that a list of the same values gives, null being missing', () => {
  assert.deepEqual(build('number', [1, null, -2.5]), numberColumn('x', [1, null, -2.5]));
  assert.deepEqual(build('time', [86_400_000, null]), timeColumn('x', [86_400_000, null]));
  assert.deepEqual(build('boolean', [true, false, null]), booleanColumn('x', [true, false, null]));
  assert.deepEqual(build('text', ['a', null, '']), textColumn('x', ['a', null, '']));
  assert.deepEqual(
    build('category', ['b', null, 'a'], ['b', 'a', 'c']),
    categoryColumn('x', ['b', null, 'a'], ['a', 'b', 'c']),
  );
});

test('column builder: rows that were never set are missing, a value set again replaces the first', () => {
  for (const kind of columnKinds) {
    const unset = columnBuilder({ name: 'x', kind, levels: ['a'] }, 2).finish();
    assert.deepEqual(unset, build(kind, [null, null], ['a']), kind);
  }
  const builder = columnBuilder({ name: 'x', kind: 'number' }, 1);
  builder.set(0, 1);
  builder.set(0, 2);
  assert.deepEqual(builder.finish(), numberColumn('x', [2]));
});
