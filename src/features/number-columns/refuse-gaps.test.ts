import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { refuseGaps } from './refuse-gaps.ts';

test('gaps: the first number or boolean column with one is named, with how many', () => {
  const whole = createTable([numberColumn('n', [1, 2]), categoryColumn('c', [null, 'x'])]);
  refuseGaps('step', whole);
  for (const gappy of [
    numberColumn('g', [Number.NaN, 1]),
    numberColumn('g', [1, Number.NEGATIVE_INFINITY]),
    booleanColumn('g', [true, null]),
  ]) {
    assert.throws(() => refuseGaps('step', createTable([...whole.columns, gappy])), {
      code: 'column.not-finite',
      message: 'step: column g is missing or infinite in 1 of 2 rows; impute it before',
    });
  }
});
