import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose } from '../../golden/compare.ts';
import { numberColumn } from '../table/column.ts';
import { daysBetween } from './days-between.ts';
import { fitOn, numbersOf } from './testing/fit.ts';
import { goldenSteps, timesOf } from './testing/golden-steps.ts';

const { dates, later, between } = goldenSteps.days;

test('days-between: whole days as pandas counts them, over leap days and before 1970', async () => {
  const columns = [timesOf('first', dates), timesOf('last', later)];
  const trial = await fitOn(daysBetween({ of: ['first', 'last'], as: 'activeDays' }), ...columns);
  assertClose(numbersOf(trial.apply(...columns), 'activeDays'), between, { reason: 'whole numbers' });
});

test('days-between: a column that holds no dates is refused by name', async () => {
  const columns = [timesOf('first', dates), numberColumn('last', [1, 2, 3, 4, 5, 6])];
  await assert.rejects(fitOn(daysBetween({ of: ['first', 'last'] }), ...columns), {
    code: 'column.kind',
    fields: { who: 'days-between', column: 'last', kind: 'number' },
  });
});
