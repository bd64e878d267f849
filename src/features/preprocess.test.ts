import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { canonicalJson } from '../base/plain.ts';
import { columnsOut, fitAndTransform } from '../learn/fit.ts';
import {
  booleanColumn,
  type Column,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../table/column.ts';
import { createDataset, takeDatasetRows } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { type ColumnRule, learnedStatistics, preprocessing, selection } from './preprocess.ts';
import { preprocessSection } from './section.ts';
import { featureCatalogue, fitOn, numbersOf, type Trial, testContext, valuesOf } from './testing/fit.ts';
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

/** The bank document's own cleaning: age median, tenure 0, balance 0.0; IQR for age, balance and salary alone. */
const bankRules: Record<string, ColumnRule> = {
  age: { impute: 'median', outliers: { rule: 'iqr', factor: 1.5 } },
  tenure: { impute: 'zero' },
  balance: { impute: { constant: 0 }, outliers: { rule: 'iqr', factor: 1.5 } },
  salary: { outliers: { rule: 'iqr', factor: 1.5 } },
};
const bank: readonly Column[] = [
  numberColumn('score', [1, 2, 3, 4, 500]),
  numberColumn('age', [30, 32, null, 34, 200]),
  numberColumn('tenure', [5, null, 1, 2, 90]),
  numberColumn('balance', [10, null, 20, 30, 1000]),
  numberColumn('salary', [1, 2, 3, 4, -500]),
];

test("column rules: the bank document's own cleaning, each column in its own way", async () => {
  const given = section({ numeric: { outliers: 'none', scale: 'none' } });
  const trial = await fitOn(preprocessing(given, bank, bankRules).estimator, ...bank);
  const made = valuesOf(trial.apply(...bank));
  assert.deepEqual(made.score, [1, 2, 3, 4, 500]);
  assert.deepEqual(made.tenure, [5, 0, 1, 2, 90]);
  // 30, 32, 33, 34, 200 after the median: quartiles 32 and 34, bounds 29 and 37.
  assert.deepEqual(made.age, [30, 32, 33, 34, 37]);
  // 10, 0, 20, 30, 1000 after the constant: quartiles 10 and 30, bounds -20 and 60.
  assert.deepEqual(made.balance, [10, 0, 20, 30, 60]);
  assert.deepEqual(made.salary, [1, 2, 3, 4, -2]);
  const learned = Object.fromEntries(
    learnedStatistics(trial.fitted, featureCatalogue).map(({ column, imputed, bounds }) => [
      column,
      [imputed, bounds?.lower ?? null, bounds?.upper ?? null],
    ]),
  );
  assert.deepEqual(learned, {
    score: [3, null, null],
    age: [33, 29, 37],
    tenure: [0, null, null],
    balance: [0, -20, 60],
    salary: [2, -2, 6],
  });
});

test('column rules: columns of equal settings share a route, in the order of their first columns', () => {
  const routesOf = (rules: Record<string, ColumnRule>) =>
    (
      preprocessing(section(), bank, rules).estimator.params as { routes: { columns: string[] }[] }
    ).routes.map(({ columns }) => columns);
  assert.deepEqual(routesOf({}), [['score', 'age', 'tenure', 'balance', 'salary']]);
  assert.deepEqual(routesOf({ age: { impute: 'mean' }, balance: { impute: 'mean' } }), [
    ['score', 'tenure', 'salary'],
    ['age', 'balance'],
  ]);
  // What says the same as the section changes nothing.
  assert.deepEqual(routesOf({ age: { impute: 'median', scale: 'standard' } }), routesOf({}));
});

const plans: readonly Column[] = [
  categoryColumn('plan', ['plus', 'basic', null, 'plus', 'premium']),
  categoryColumn('city', ['Oslo', 'Oslo', 'Bergen', null, 'Oslo']),
];

test('encodings: ordinal in the order of the contract, by frequency, by churn rate, each for one column', async () => {
  const made = async (rules: Record<string, ColumnRule>, labels = [0, 0, 0, 0, 0]) => {
    const { estimator } = preprocessing(section(), plans, rules);
    const data = createDataset(createTable(plans), labels);
    const { fitted, data: trained } = await fitAndTransform(estimator, data, testContext());
    return { fitted, values: valuesOf(trained.table) };
  };
  const ordinal = await made({ plan: { encode: 'ordinal', levels: ['basic', 'plus', 'premium'] } });
  assert.deepEqual(ordinal.values.plan, [1, 0, 3, 1, 2]);
  assert.ok('city=Oslo' in ordinal.values);
  const frequent = await made({ city: { encode: 'ordinal-by-frequency', impute: 'most-frequent' } });
  assert.deepEqual(frequent.values.city, [0, 0, 1, 0, 0]);
  const scaled = await made({
    city: { encode: 'ordinal-by-frequency', impute: 'most-frequent', scale: 'min-max' },
  });
  assert.deepEqual(scaled.values.city, [0, 0, 1, 0, 0]);
  const target = await made({ plan: { encode: 'target' } }, [1, 0, 1, 1, 0]);
  assert.ok(target.values.plan!.every((value) => typeof value === 'number' && value >= 0 && value <= 1));
  const [plan] = learnedStatistics(target.fitted, featureCatalogue);
  assert.deepEqual(plan?.levels, ['basic', 'missing', 'plus', 'premium']);
});

test('impute: a missing level becomes a constant that is named', async () => {
  const given = section({ categorical: { impute: { constant: 'not told' } } });
  const trial = await fitOn(preprocessing(given, plans).estimator, ...plans);
  assert.deepEqual(valuesOf(trial.apply(...plans))['city=not told'], [0, 0, 0, 1, 0]);
});

test('left out: a date that something was made of needs no sentence', () => {
  const { leftOut } = preprocessing(section(), customers, {}, new Set(['joined']));
  assert.deepEqual(
    leftOut.map(({ column }) => column),
    ['feedback'],
  );
});

test('selection: nothing by default; constants, correlated columns, top columns and components in this order', () => {
  assert.deepEqual(selection(section()), []);
  const steps = selection(
    section({
      select: { constant: true, correlationAbove: 0.95, top: 20, by: 'logistic-regression' },
      reduce: { pca: { components: 5 } },
    }),
  );
  assert.deepEqual(
    steps.map(({ id }) => id),
    ['drop-constant', 'drop-correlated', 'top-k', 'pca'],
  );
  assert.deepEqual(steps[2]?.params, { k: 20, model: { id: 'logistic-regression', params: {} } });
});

test('folds: changing values outside the training rows of a fold changes no byte of what is fitted', async () => {
  const rows = 40;
  const values = (shift: number) =>
    Array.from({ length: rows }, (_, row) =>
      row % 7 === 0 ? null : ((row * 37) % 23) + (row < 30 ? 0 : shift),
    );
  const levelsOf = (other: string) =>
    Array.from({ length: rows }, (_, row) => (row < 30 ? `L${row % 3}` : other));
  const labelsOf = (flip: boolean) =>
    Uint8Array.from({ length: rows }, (_, row) => Number((row % 3 === 0) !== (flip && row >= 30)));
  const fittedOn = async (shift: number, other: string, flip: boolean) => {
    const columns = [
      numberColumn('n', values(shift)),
      categoryColumn('c', levelsOf(other)),
      categoryColumn('t', levelsOf(other)),
    ];
    const { estimator } = preprocessing(section(), columns, { t: { encode: 'target' } });
    const all = createDataset(createTable(columns), labelsOf(flip));
    const fold = takeDatasetRows(
      all,
      Array.from({ length: 30 }, (_, row) => row),
    );
    const { fitted, data } = await fitAndTransform(estimator, fold, testContext());
    return canonicalJson([fitted, [...numbersOf(data.table, 'n')], [...numbersOf(data.table, 't')]]);
  };
  const plain = await fittedOn(0, 'L1', false);
  assert.equal(await fittedOn(1000, 'never seen', true), plain);
});
