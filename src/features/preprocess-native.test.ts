/** Preparation for models that take missing values and categories as they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, timeColumn } from '../table/column.ts';
import { type ColumnRule, learnedStatistics, preprocessing } from './preprocess.ts';
import { preprocessSection } from './section.ts';
import { featureCatalogue, fitOn } from './testing/fit.ts';

const columns = [
  categoryColumn('plan', ['B', null, 'A', 'B', 'B']),
  numberColumn('charge', [1, 2, null, 4, 100]),
  booleanColumn('paperless', [true, null, true, false, true]),
];
const native = (rules: Record<string, ColumnRule> = {}) =>
  fitOn(
    preprocessing(preprocessSection.parse({}), columns, rules, new Set(), 'native').estimator,
    ...columns,
  );

test('preprocessing: native leaves every column as it is, numbers first', async () => {
  const trial = await native();
  const [plan, charge, paperless] = columns;
  assert.deepEqual(trial.apply(...columns).columns, [charge, paperless, plan]);
});

test('preprocessing: native still does what the contract asks for one column, but for scaling', async () => {
  const trial = await native({
    charge: { impute: 'zero', scale: 'standard' },
    plan: { encode: 'ordinal', scale: 'standard' },
    paperless: { impute: 'most-frequent' },
  });
  const made = trial.apply(...columns).columns;
  assert.deepEqual(
    made.map(({ name, kind }) => [name, kind]),
    [
      ['charge', 'number'],
      ['paperless', 'number'],
      ['plan', 'number'],
    ],
  );
  assert.deepEqual([...(made[0] as { values: Float64Array }).values], [1, 2, 0, 4, 100]);
  assert.deepEqual([...(made[1] as { values: Float64Array }).values], [1, 1, 1, 0, 1]);
});

test('preprocessing: native leaves out what no model can use, as full does', () => {
  const joined = timeColumn('joined', [1]);
  const { leftOut } = preprocessing(preprocessSection.parse({}), [joined], {}, new Set(), 'native');
  assert.deepEqual(
    leftOut.map(({ column }) => column),
    ['joined'],
  );
});

test('learned statistics: columns passed on as they are are listed, with nothing learned', async () => {
  const { fitted } = await native({ charge: { impute: 'zero' } });
  const learned = learnedStatistics(fitted, featureCatalogue);
  assert.deepEqual(
    learned.map(({ column, imputed, scaling, levels }) => [column, imputed, scaling, levels]),
    [
      ['plan', null, null, null],
      ['charge', 0, null, null],
      ['paperless', null, null, null],
    ],
  );
});
