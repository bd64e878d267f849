import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import { booleanColumn, numberColumn } from '../table/column.ts';
import { booleanToNumber } from './boolean-to-number.ts';
import { fitOn, valuesOf } from './testing/fit.ts';

test('boolean-to-number: true is 1, false is 0, missing stays missing', async () => {
  const column = booleanColumn('paperless', [true, false, null]);
  const trial = await fitOn(booleanToNumber(), column);
  assert.deepEqual(valuesOf(trial.apply(column)), { paperless: [1, 0, null] });
});

test('boolean-to-number: a number column is refused by name', async () => {
  await assert.rejects(
    fitOn(booleanToNumber(), numberColumn('senior', [0, 1])),
    (error) =>
      error instanceof HoldfastError && error.code === 'column.kind' && error.fields.column === 'senior',
  );
});
