import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose } from '../../golden/compare.ts';
import type { FittedTransformer } from '../learn/definition.ts';
import { describe } from '../learn/fit.ts';
import { type Column, timeColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { type DaysSinceState, daysSince, referenceDateOf } from './days-since.ts';
import { featureCatalogue, fitOnData, numbersOf } from './testing/fit.ts';
import { goldenSteps, timesOf } from './testing/golden-steps.ts';

const { dates, reference, since } = goldenSteps.days;
const day = (text: string): number => Date.parse(text);
const dataOf = (referenceDate: number | null, ...columns: Column[]) => {
  const table = createTable(columns);
  return createDataset(table, new Uint8Array(table.rowCount), { referenceDate });
};
const referenceOf = (fitted: FittedTransformer): number | null =>
  (fitted.state as DaysSinceState).setting.reference;

test('days-since: whole days before the reference date as pandas counts them', async () => {
  const column = timesOf('last', dates);
  const trial = await fitOnData(daysSince({ of: 'last', as: 'days' }), dataOf(day(reference), column));
  assertClose(numbersOf(trial.apply(column), 'days'), since, { reason: 'whole numbers' });
  assert.equal(referenceOf(trial.fitted), day('2018-01-22'));
});

test('days-since: dates after the reference date are negative, with a note that holds no date', async () => {
  const trial = await fitOnData(daysSince({ of: 'last' }), dataOf(day('2018-01-22'), timesOf('last', dates)));
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [['days-since.future', 'last']],
  );
  assert.doesNotMatch(trial.notes[0]!.message, /\d{4}/);
});

test('days-since: without a reference date the newest date of all the columns named is now, and stays so', async () => {
  const last = timeColumn('last', [day('2018-01-01'), null]);
  const first = timeColumn('first', [day('2018-01-11'), day('2017-01-01')]);
  const trial = await fitOnData(
    daysSince({ of: 'last', as: 'days', among: ['last', 'first'] }),
    dataOf(null, last, first),
  );
  assert.equal(referenceOf(trial.fitted), day('2018-01-11'));
  assert.deepEqual(
    trial.notes.map(({ code }) => code),
    ['days-since.reference'],
  );
  const later = timeColumn('last', [day('2020-01-01')]);
  const made = trial.apply(later, timeColumn('first', [day('2021-01-01')]));
  assert.deepEqual([...numbersOf(made, 'days')], [-720]);
});

test('days-since: training without any date makes the column missing and says so', async () => {
  const trial = await fitOnData(
    daysSince({ of: 'last', as: 'days' }),
    dataOf(null, timeColumn('last', [null])),
  );
  assert.equal(referenceOf(trial.fitted), null);
  assert.match(describe(trial.fitted, featureCatalogue), /no date to count from/);
  assert.deepEqual(
    [...numbersOf(trial.apply(timeColumn('last', [day('2020-01-01')])), 'days')],
    [Number.NaN],
  );
});

test('reference date of a pipeline: the day that its first counting step counts from, or null', async () => {
  const fit = async (columns: Column[], of: string) =>
    (await fitOnData(daysSince({ of, as: 'made' }), dataOf(null, ...columns))).fitted;
  const empty = await fit([timeColumn('a', [null])], 'a');
  const counting = await fit([timeColumn('b', [day('2018-01-21T15:00Z')])], 'b');
  assert.equal(referenceDateOf([]), null);
  assert.equal(referenceDateOf([empty]), null);
  assert.equal(referenceDateOf([empty, counting]), '2018-01-21');
});
