import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { canonicalJson } from '../base/plain.ts';
import { columnsOut } from '../learn/fit.ts';
import {
  booleanColumn,
  type Column,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../table/column.ts';
import { learnedStatistics, preprocessing } from './preprocess.ts';
import { preprocessSection } from './section.ts';
import { featureCatalogue, fitOn, type Trial, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

const section = (given: z.input<typeof preprocessSection> = {}) => preprocessSection.parse(given);

/** Fits on the columns that are not left out, as training does. */
function fitSection(columns: readonly Column[], given?: z.input<typeof preprocessSection>): Promise<Trial> {
  const { estimator, leftOut } = preprocessing(section(given), columns);
  return fitOn(estimator, ...columns.filter(({ name }) => !leftOut.some(({ column }) => column === name)));
}

const customers: readonly Column[] = [
  categoryColumn('plan', ['B', null, 'A', 'B', 'B']),
  numberColumn('charge', [1, 2, null, 4, 100]),
  booleanColumn('paperless', [true, null, true, false, true]),
  numberColumn('senior', [0, 0, 0, 0, 1]),
  timeColumn('joined', [1, 2, 3, 4, 5]),
  textColumn('feedback', ['a', 'b', null, 'd', 'e']),
];

test("preprocessing: numbers come out as from scikit-learn's imputer, numpy's clip and StandardScaler in a row", async () => {
  const trial = await fitSection(numberColumns(golden.train));
  const { large: _, ...others } = golden.preprocess.test;
  assertColumnsClose(trial.apply(...numberColumns(golden.test)), others, {
    absolute: 1e-13,
    reason: 'sums in another order',
  });
  assert.deepEqual(golden.preprocess.kept, ['constant', 'zeroOne']);
});

test('preprocessing: columns made stand by kind and in contract order, and name their sources', async () => {
  const trial = await fitSection(customers);
  assert.deepEqual(
    columnsOut(trial.fitted, featureCatalogue).map(({ name, kind, from }) => [name, kind, ...from]),
    [
      ['charge', 'number', 'charge'],
      ['senior', 'number', 'senior'],
      ['paperless', 'number', 'paperless'],
      ['plan=A', 'number', 'plan'],
      ['plan=B', 'number', 'plan'],
      ['plan=missing', 'number', 'plan'],
    ],
  );
});

test('preprocessing: time and text columns are left out with a reason', () => {
  const { leftOut } = preprocessing(section(), customers);
  assert.deepEqual(
    leftOut.map(({ column, kind }) => [column, kind]),
    [
      ['joined', 'time'],
      ['feedback', 'text'],
    ],
  );
  assert.ok(leftOut.every(({ reason }) => reason.includes('features')));
});

test('preprocessing: booleans become 0 and 1, filled but neither clipped nor scaled', async () => {
  const made = async (impute: z.input<typeof preprocessSection>): Promise<unknown> =>
    valuesOf((await fitSection(customers, impute)).apply(...customers)).paperless;
  assert.deepEqual(await made({}), [1, 1, 1, 0, 1]);
  assert.deepEqual(await made({ numeric: { impute: 'mean' } }), [1, 0.75, 1, 0, 1]);
  assert.deepEqual(await made({ numeric: { impute: 'zero' } }), [1, 0, 1, 0, 1]);
  assert.deepEqual(await made({ numeric: { impute: { constant: -1 } } }), [1, -1, 1, 0, 1]);
});

test('preprocessing: as many yes as no fills with no, not with a half', async () => {
  const column = booleanColumn('paperless', [true, false, null]);
  assert.deepEqual(valuesOf((await fitSection([column])).apply(column)), { paperless: [1, 0, 0] });
});

test('preprocessing: each key of the section changes what it says', async () => {
  const made = async (given: z.input<typeof preprocessSection>): Promise<Record<string, unknown>> =>
    valuesOf((await fitSection(customers, given)).apply(...customers));
  const bare = { outliers: 'none', scale: 'none' } as const;
  assert.deepEqual((await made({ numeric: bare })).charge, [1, 2, 3, 4, 100]);
  assert.deepEqual((await made({ numeric: { ...bare, impute: 'zero' } })).charge, [1, 2, 0, 4, 100]);
  assert.deepEqual((await made({ numeric: { ...bare, outliers: { factor: 1 } } })).charge, [1, 2, 3, 4, 6]);
  assert.deepEqual((await made({ numeric: { ...bare, scale: 'robust' } })).charge, [-1, -0.5, 0, 0.5, 48.5]);
  assert.deepEqual((await made({ numeric: { ...bare, scale: 'min-max' } })).senior, [0, 0, 0, 0, 1]);
  const frequent = await made({ categorical: { impute: 'most-frequent' } });
  assert.deepEqual(frequent['plan=B'], [1, 1, 0, 1, 1]);
  const grouped = await made({ categorical: { rareBelow: 0.3 } });
  assert.deepEqual(grouped['plan=rare'], [0, 1, 1, 0, 0]);
  const limited = await made({ categorical: { maxLevels: 1 } });
  assert.deepEqual(limited['plan=rare'], [1, 1, 1, 1, 1]);
});

test('preprocessing: an empty table gives an empty table with the same columns', async () => {
  const trial = await fitSection(customers);
  const none = trial.apply(
    categoryColumn('plan', []),
    numberColumn('charge', []),
    booleanColumn('paperless', []),
    numberColumn('senior', []),
  );
  assert.deepEqual(Object.keys(valuesOf(none)), [
    'charge',
    'senior',
    'paperless',
    'plan=A',
    'plan=B',
    'plan=missing',
  ]);
  assert.equal(none.rowCount, 0);
});

test('preprocessing: columns missing in every row, in training and afterwards, never give a missing value', async () => {
  const columns = [
    numberColumn('charge', [null, null]),
    booleanColumn('paperless', [null, null]),
    categoryColumn('plan', [null, null]),
  ];
  const made = valuesOf((await fitSection(columns)).apply(...columns));
  assert.deepEqual(made, { charge: [0, 0], paperless: [0, 0], 'plan=missing': [1, 1] });
});

test('preprocessing: no usable column gives a step that makes none', async () => {
  const { estimator, leftOut } = preprocessing(section(), [{ name: 'joined', kind: 'time' }]);
  assert.equal(leftOut.length, 1);
  const trial = await fitOn(estimator, timeColumn('joined', [1, 2]));
  assert.deepEqual(trial.apply(timeColumn('joined', [1, 2])), { rowCount: 2, columns: [] });
});

test('learned statistics: each source column has its imputation, bounds, scaling and levels', async () => {
  const trial = await fitOn(preprocessing(section(), customers).estimator, ...customers);
  const learned = learnedStatistics(trial.fitted, featureCatalogue);
  const nothing = { imputed: null, bounds: null, scaling: null, levels: null, rareLevels: null };
  const [plan, charge, paperless, senior, ...rest] = learned;
  assert.deepEqual(rest, []);
  assert.deepEqual(plan, {
    ...nothing,
    column: 'plan',
    kind: 'category',
    imputed: 'missing',
    levels: ['A', 'B', 'missing'],
    rareLevels: 0,
  });
  // 1, 2, 3, 4, 7 after imputing and clipping.
  const { scaling, ...others } = charge!;
  assert.deepEqual(others, {
    column: 'charge',
    kind: 'number',
    imputed: 3,
    bounds: { lower: -1, upper: 7 },
    levels: null,
    rareLevels: null,
  });
  assert.deepEqual([scaling?.by, scaling?.center], ['standard-scale', 3.4]);
  assert.ok(Math.abs(scaling!.scale - Math.sqrt(4.24)) < 1e-15);
  assert.deepEqual(paperless, { ...nothing, column: 'paperless', kind: 'boolean', imputed: 1 });
  assert.deepEqual(senior!.bounds, { lower: null, upper: null });
  assert.deepEqual(JSON.parse(canonicalJson(learned)), learned);
});

test('learned statistics: a single fitted step tells its own', async () => {
  const { impute } = await import('./impute.ts');
  const trial = await fitOn(impute(), numberColumn('charge', [1, 3]));
  assert.deepEqual(
    learnedStatistics(trial.fitted, featureCatalogue).map(({ column, imputed }) => [column, imputed]),
    [['charge', 2]],
  );
});
