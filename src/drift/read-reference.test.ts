import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import type { InputColumn } from '../learn/definition.ts';
import { booleanColumn, categoryColumn, numberColumn, textColumn, timeColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { readReference } from './read-reference.ts';
import { makeReference } from './reference.ts';

const table = createTable([
  numberColumn('age', [1, 2, null]),
  numberColumn('empty', [null, null, null]),
  timeColumn('seen', [0, 1e12, null]),
  categoryColumn('plan', ['a', 'b', null]),
  booleanColumn('auto', [true, null, false]),
  textColumn('note', ['x', null, 'y']),
]);
const inputs: InputColumn[] = table.columns.map(({ name, kind }) => ({ name, kind }));
const saved = (): ReturnType<typeof JSON.parse> =>
  JSON.parse(JSON.stringify(makeReference(table, Float64Array.of(0.1, 0.2, 0.3))));

test('read reference: what was made of any kind of column is read as it was saved', () => {
  assert.deepEqual(readReference('m.holdfast', saved(), inputs), saved());
});

test('read reference: an emptied or mutilated part is a damaged model, told by name', () => {
  const spoilt: [unknown, RegExp][] = [
    [{}, /no description/],
    [null, /no description/],
    [{ ...saved(), columns: {} }, /does not describe the number column age/],
    [{ ...saved(), columns: { ...saved().columns, age: saved().columns.plan } }, /the number column age/],
    [{ ...saved(), scores: { edges: ['x'], counts: [1] } }, /no description/],
    [{ ...saved(), rows: -1 }, /no description/],
  ];
  for (const [value, sentence] of spoilt) {
    assert.throws(
      () => readReference('m.holdfast', value, inputs),
      (error) =>
        error instanceof HoldfastError &&
        error.code === 'model.damaged' &&
        error.fields.part === 'reference.json' &&
        sentence.test(error.message),
    );
  }
});
