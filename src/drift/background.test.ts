import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, missingCount, numberColumn, valueAt } from '../table/column.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { backgroundOf } from './background.ts';
import { makeReference } from './reference.ts';

const table = createTable([
  numberColumn(
    'tenure',
    Array.from({ length: 1000 }, (_, i) => i / 10),
  ),
  categoryColumn(
    'plan',
    Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 'gold' : 'basic')),
  ),
  booleanColumn(
    'auto',
    Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? null : true)),
  ),
]);
const background = backgroundOf(makeReference(table, new Float64Array(1000).fill(0.5)), 16);

test('background: numbers are the middles of equal-mass bins', () => {
  const { values } = requireColumn('test', background, 'tenure', 'number');
  assert.equal(values.length, 16);
  values.forEach((value, i) => {
    assert.ok(Math.abs(value - ((i + 0.5) / 16) * 99.9) < 0.2, `value ${i} is ${value}`);
  });
});

test('background: whole numbers stay values of the data, in their shares', () => {
  const flags = Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const counts = Array.from({ length: 1000 }, (_, i) => (i % 10 < 6 ? 0 : (i % 10) - 5));
  const made = backgroundOf(
    makeReference(
      createTable([
        numberColumn('flag', flags),
        numberColumn('calls', counts),
        numberColumn('one', new Array(1000).fill(7)),
        numberColumn(
          'halves',
          flags.map((flag) => flag / 2),
        ),
      ]),
      new Float64Array(1000).fill(0.5),
    ),
    20,
  );
  const valuesOf = (name: string) => [...requireColumn('test', made, name, 'number').values];
  assert.deepEqual(valuesOf('flag'), [...new Array(15).fill(0), ...new Array(5).fill(1)]);
  assert.deepEqual(valuesOf('calls'), [...new Array(12).fill(0), 1, 1, 2, 2, 3, 3, 4, 4]);
  assert.deepEqual(valuesOf('one'), new Array(20).fill(7));
  const few = makeReference(createTable([numberColumn('x', [1, 2, 3, 4, 5])]), new Float64Array(0));
  assert.deepEqual([...requireColumn('test', backgroundOf(few, 5), 'x', 'number').values], [1, 2, 3, 4, 5]);
  assert.ok(
    valuesOf('halves').every((value) => value >= 0 && value <= 0.5),
    'no whole numbers: as any other',
  );
});

test('background: levels and missing values take their share', () => {
  const plan = requireColumn('test', background, 'plan', 'category');
  const levels = Array.from({ length: 16 }, (_, row) => valueAt(plan, row));
  assert.deepEqual(
    [levels.filter((level) => level === 'gold').length, levels.filter((level) => level === 'basic').length],
    [4, 12],
  );
  assert.equal(missingCount(requireColumn('test', background, 'auto', 'boolean')), 8);
});
