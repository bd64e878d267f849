import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../table/column.ts';
import { datePart } from './date-part.ts';
import { fitOn, valuesOf } from './testing/fit.ts';
import { goldenSteps, timesOf } from './testing/golden-steps.ts';

const { dates, weekday, month, quarter } = goldenSteps.days;
const column = timesOf('on', dates);

for (const [part, due] of Object.entries({ weekday, month, quarter })) {
  test(`date-part: ${part} is a category of the names that pandas gives`, async () => {
    const trial = await fitOn(datePart({ of: 'on', part: part as 'month', as: 'part' }), column);
    const made = trial.apply(column);
    assert.equal(made.columns[1]?.kind, 'category');
    assert.deepEqual(valuesOf(made).part, due);
  });
}

test('date-part: year, day and hour are numbers in UTC', async () => {
  const on = timeColumn('on', [Date.parse('2016-02-29T23:30:00Z'), null]);
  const part = async (name: 'year' | 'day' | 'hour') =>
    valuesOf((await fitOn(datePart({ of: 'on', part: name, as: 'part' }), on)).apply(on)).part;
  assert.deepEqual(await part('year'), [2016, null]);
  assert.deepEqual(await part('day'), [29, null]);
  assert.deepEqual(await part('hour'), [23, null]);
});

test('date-part: levels are the same whatever rows there are, so that codes mean one thing', async () => {
  const trial = await fitOn(datePart({ of: 'on', part: 'weekday', as: 'day' }), column);
  const made = trial.apply(timeColumn('on', [])).columns[1];
  assert.ok(made?.kind === 'category' && made.levels.length === 7 && made.levels[0] === 'Monday');
});
