import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { contributions, describe, score } from '../learn/fit.ts';
import { logit, sigmoid } from '../math/sigmoid.ts';
import { takeDatasetRows } from '../table/dataset.ts';
import { type LogisticRegressionState, logisticRegression } from './logistic-regression.ts';
import { dataOf, fitOn, tableOf } from './testing/fit.ts';

const golden = readGolden<{
  regression: {
    rows: number[][];
    labels: number[];
    weights: number[];
    cases: {
      l2: number;
      weighted: boolean;
      classWeight: 'none' | 'balanced';
      intercept: number;
      coefficients: number[];
    }[];
    unpenalised: { columns: number; intercept: number; coefficients: number[]; probabilities: number[] };
  };
}>('models').regression;
const catalogue = createCatalogue([logisticRegression], []);
const data = dataOf(golden.rows, golden.labels);
const reason = 'both stop where the gradient is small, not where it is 0';

const stateOf = (fitted: { state: unknown }): LogisticRegressionState =>
  fitted.state as LogisticRegressionState;

for (const { l2, weighted, classWeight, intercept, coefficients } of golden.cases) {
  const how = `l2 ${l2}, ${weighted ? 'weighted' : 'unweighted'} rows, class weight ${classWeight}`;
  test(`logistic-regression: coefficients are scikit-learn's with ${how}`, async () => {
    const rows = weighted ? dataOf(golden.rows, golden.labels, golden.weights) : data;
    const { fitted, notes } = await fitOn(logisticRegression, logisticRegression({ l2, classWeight }), rows);
    assertClose(stateOf(fitted).coefficients, coefficients, { absolute: 1e-8, reason });
    assertClose(stateOf(fitted).intercept, intercept, { absolute: 1e-8, reason });
    assert.deepEqual(notes, []);
  });
}

const elastic = readGolden<{
  rows: number[][];
  labels: number[];
  weights: number[];
  cases: {
    l2: number;
    l1Ratio: number;
    weighted: boolean;
    coefficients: number[];
    intercept: number;
    zeros: number;
  }[];
}>('models-elastic-net');

for (const { l2, l1Ratio, weighted, coefficients, intercept, zeros } of elastic.cases) {
  const how = `l2 ${l2}, l1Ratio ${l1Ratio}, ${weighted ? 'weighted' : 'unweighted'} rows`;
  test(`logistic-regression: elastic net gives scikit-learn's coefficients with ${how}`, async () => {
    const rows = dataOf(elastic.rows, elastic.labels, weighted ? elastic.weights : null);
    const { fitted, notes } = await fitOn(logisticRegression, logisticRegression({ l2, l1Ratio }), rows);
    const state = stateOf(fitted);
    assertClose(state.coefficients, coefficients, { absolute: 1e-9, reason: 'saga stands still at 1e-10' });
    assertClose(state.intercept, intercept, { absolute: 1e-9, reason: 'saga stands still at 1e-10' });
    assert.equal(state.coefficients.filter((one) => one === 0).length, zeros);
    assert.deepEqual(notes, []);
  });
}

test("logistic-regression: without a penalty coefficients and scores are scikit-learn's", async () => {
  const due = golden.unpenalised;
  const rows = golden.rows.map((row) => row.slice(0, due.columns));
  const { fitted } = await fitOn(
    logisticRegression,
    logisticRegression({ l2: 0 }),
    dataOf(rows, golden.labels),
  );
  assertClose(stateOf(fitted).coefficients, due.coefficients, { absolute: 1e-8, reason });
  assertClose(score(fitted, tableOf(rows), catalogue), due.probabilities, { absolute: 1e-9, reason });
});

test('logistic-regression: a full one-hot group without a penalty changes no score', async () => {
  const { fitted, notes } = await fitOn(logisticRegression, logisticRegression({ l2: 0 }), data);
  assertClose(score(fitted, data.table, catalogue), golden.unpenalised.probabilities, {
    absolute: 1e-9,
    reason,
  });
  assert.deepEqual(notes, []);
  for (const coefficient of stateOf(fitted).coefficients) assert.ok(Math.abs(coefficient) < 10);
});

test('logistic-regression: contributions and base add up to the log-odds of the score', async () => {
  const { fitted } = await fitOn(logisticRegression, logisticRegression(), data);
  const parts = contributions(fitted, data.table, catalogue)!;
  const scores = score(fitted, data.table, catalogue);
  assert.equal(parts.link, 'logit');
  assert.deepEqual(parts.columns, ['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7']);
  for (let row = 0; row < scores.length; row++) {
    let total = parts.base;
    for (let c = 0; c < 7; c++) total += parts.values[row * 7 + c]!;
    assertClose(total, logit(scores[row]!), { absolute: 1e-12, reason: 'the sum runs in another order' });
  }
});

test('logistic-regression: columns far from 0 score as the same columns near it, and their parts add up', async () => {
  // Whole numbers, so that 1e15 can be added without a loss; the spread is 10.
  const near = golden.rows.map((row) => row.map((value) => Math.round(10 * value)));
  const far = near.map((row) => row.map((value) => 1e15 + value));
  const [ofNear, ofFar] = await Promise.all(
    [near, far].map(async (rows) => {
      const { fitted } = await fitOn(logisticRegression, logisticRegression(), dataOf(rows, golden.labels));
      return { fitted, scores: score(fitted, tableOf(rows), catalogue) };
    }),
  );
  const lost = 'a column near 1e15 is brought to one scale from a mean that is rounded to eighths';
  assertClose([...ofFar!.scores], [...ofNear!.scores], { absolute: 1e-12, reason: lost });
  const { base, values } = contributions(ofFar!.fitted, tableOf(far), catalogue)!;
  ofFar!.scores.forEach((one, row) => {
    const parts = values.subarray(7 * row, 7 * row + 7);
    const total = parts.reduce((sum, part) => sum + part, base);
    assertClose(total, logit(one), { absolute: 1e-12, reason: 'the sum runs in another order' });
  });
});

test('logistic-regression: a model of version 1 scores from its intercept, to the bit as it did', async () => {
  const { fitted } = await fitOn(logisticRegression, logisticRegression(), data);
  const { base: _, ...old } = stateOf(fitted);
  const scores = score({ ...fitted, version: 1, state: old }, data.table, catalogue);
  scores.forEach((one, row) => {
    let logOdds = old.intercept;
    golden.rows[row]!.forEach((value, c) => {
      logOdds += old.coefficients[c]! * value;
    });
    assert.equal(one, sigmoid(logOdds));
  });
});

test('logistic-regression: contributions are measured from the mean training customer', async () => {
  const { fitted } = await fitOn(logisticRegression, logisticRegression(), data);
  const { values } = contributions(fitted, data.table, catalogue)!;
  for (let c = 0; c < 7; c++) {
    let sum = 0;
    for (let row = 0; row < golden.rows.length; row++) sum += values[row * 7 + c]!;
    assert.ok(Math.abs(sum) < 1e-9, `column ${c} sums to ${sum}`);
  }
});

test('logistic-regression: separable rows without a penalty stay finite and are told', async () => {
  const separable = dataOf([[1], [2], [3], [4]], [0, 0, 1, 1]);
  const { fitted, notes } = await fitOn(logisticRegression, logisticRegression({ l2: 0 }), separable);
  assert.ok(Number.isFinite(stateOf(fitted).intercept));
  assert.deepEqual([...score(fitted, separable.table, catalogue)].map(Math.round), [0, 0, 1, 1]);
  assert.deepEqual(
    notes.map((note) => note.code),
    ['model.separable'],
  );
});

test('logistic-regression: a search cut off by maxIterations is told', async () => {
  const { fitted, notes } = await fitOn(logisticRegression, logisticRegression({ maxIterations: 1 }), data);
  assert.deepEqual(
    notes.map((note) => note.code),
    ['model.not-converged'],
  );
  assert.equal(stateOf(fitted).isConverged, false);
});

test('logistic-regression: rows of weight 0 have no say, not even in what varies', async () => {
  const rows = golden.rows.map((row, r) => [...row, r === 3 ? 1e6 : 5]);
  const weights = rows.map((_, r) => (r === 3 ? 0 : 1));
  const { fitted } = await fitOn(
    logisticRegression,
    logisticRegression(),
    dataOf(rows, golden.labels, weights),
  );
  const kept = rows.map((_, r) => r).filter((r) => r !== 3);
  const { fitted: without } = await fitOn(
    logisticRegression,
    logisticRegression(),
    takeDatasetRows(dataOf(rows, golden.labels), kept),
  );
  assert.deepEqual(stateOf(fitted), stateOf(without));
  assert.deepEqual([stateOf(fitted).coefficients[7], stateOf(fitted).deviations[7]], [0, 0]);
});

test('logistic-regression: a missing value is refused by name when fitting and when scoring', async () => {
  const spoilt = tableOf(golden.rows.map((row, r) => (r === 9 ? row.with(4, Number.NaN) : row)));
  const refused = {
    code: 'column.not-finite',
    fields: { who: 'logistic-regression', column: 'x5', rows: 1 },
  };
  const rejected = await fitOn(logisticRegression, logisticRegression(), {
    ...data,
    table: spoilt,
  }).catch((error) => error);
  assert.deepEqual({ code: rejected.code, fields: rejected.fields }, refused);
  const { fitted } = await fitOn(logisticRegression, logisticRegression(), data);
  assert.throws(
    () => score(fitted, spoilt, catalogue),
    (error: { code: string; fields: unknown }) => {
      assert.deepEqual({ code: error.code, fields: error.fields }, refused);
      return true;
    },
  );
});

test('logistic-regression: a constant column weighs nothing', async () => {
  const rows = [
    [1, 5],
    [2, 5],
    [3, 5],
    [4, 5],
  ];
  for (const l2 of [0, 1]) {
    const { fitted } = await fitOn(
      logisticRegression,
      logisticRegression({ l2 }),
      dataOf(rows, [0, 1, 0, 1]),
    );
    assert.equal(stateOf(fitted).coefficients[1], 0);
  }
});

test('logistic-regression: a change of unit changes no score when nothing is penalised', async () => {
  const rescaled = golden.rows.map(([tenure, charge]) => [tenure! * 1e6, charge! * 1e-6]);
  const plain = golden.rows.map(([tenure, charge]) => [tenure!, charge!]);
  const fit = async (rows: number[][]) => {
    const { fitted } = await fitOn(
      logisticRegression,
      logisticRegression({ l2: 0 }),
      dataOf(rows, golden.labels),
    );
    return score(fitted, tableOf(rows), catalogue);
  };
  assertClose(await fit(rescaled), await fit(plain), { absolute: 1e-12, reason: 'rounding in another unit' });
});

test('logistic-regression: the same rows in another order give the same coefficients', async () => {
  const reversed = takeDatasetRows(data, golden.labels.map((_, row) => row).reverse());
  const one = await fitOn(logisticRegression, logisticRegression(), data);
  const other = await fitOn(logisticRegression, logisticRegression(), reversed);
  assertClose(stateOf(other.fitted).coefficients, stateOf(one.fitted).coefficients, {
    absolute: 1e-12,
    reason: 'sums run in another order',
  });
});

test('logistic-regression: describes itself by its strongest columns', async () => {
  const rows = [
    [1, 2, 5],
    [2, 1, 5],
    [3, -1, 5],
    [4, -4, 5],
  ];
  const { fitted } = await fitOn(logisticRegression, logisticRegression(), dataOf(rows, [0, 0, 1, 1]));
  assert.equal(
    describe(fitted, catalogue),
    'Logistic regression on 3 columns; strongest: x2 (lowers), x1 (raises).',
  );
});

test('logistic-regression: more l2 is simpler', () => {
  const of = (l2: number) =>
    logisticRegression.simplicity({ l2, l1Ratio: 0, maxIterations: 1, tolerance: 1, classWeight: 'none' });
  assert.ok(of(10)[1]! < of(1)[1]!);
});
