import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, textColumn, timeColumn } from '../table/column.ts';
import { dropConstant } from './drop-constant.ts';
import { fitOn } from './testing/fit.ts';

test('drop-constant: columns of one value or none go, a value in some rows and none in others stays', async () => {
  const columns = [
    numberColumn('seven', [7, 7, 7]),
    numberColumn('varies', [7, 7, 8]),
    numberColumn('some', [7, null, 7]),
    numberColumn('none', [null, null, null]),
    categoryColumn('plan', ['a', 'a', 'a'], ['a', 'b']),
    booleanColumn('flag', [true, false, true]),
    timeColumn('day', [5, 5, 5]),
    textColumn('text', ['x', 'x', 'y']),
  ];
  const trial = await fitOn(dropConstant(), ...columns);
  assert.deepEqual(
    trial.apply(...columns).columns.map(({ name }) => name),
    ['varies', 'some', 'flag', 'text'],
  );
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    ['seven', 'none', 'plan', 'day'].map((name) => ['drop-constant.dropped', name]),
  );
});

test('drop-constant: what was constant in training stays out when it varies later', async () => {
  const trial = await fitOn(dropConstant(), numberColumn('a', [1, 1]), numberColumn('b', [1, 2]));
  const made = trial.apply(numberColumn('a', [1, 2]), numberColumn('b', [3, 3]));
  assert.deepEqual(
    made.columns.map(({ name }) => name),
    ['b'],
  );
});
