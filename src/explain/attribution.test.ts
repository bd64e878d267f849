import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitClassifier, score } from '../learn/fit.ts';
import { logit } from '../math/sigmoid.ts';
import { takeRows } from '../table/table.ts';
import { attribute, exactAttribution, sampledAttribution } from './attribution.ts';
import { behind, catalogue, ctx, data, typical } from './testing/customers.ts';

const rows = (count: number) =>
  takeRows(
    data.table,
    Int32Array.from({ length: count }, (_, row) => row),
  );
const totals = ({
  base,
  columns,
  values,
}: {
  base: number;
  columns: readonly string[];
  values: Float64Array;
}) =>
  Array.from({ length: values.length / columns.length }, (_, row) =>
    values
      .subarray(row * columns.length, (row + 1) * columns.length)
      .reduce((total, value) => total + value, base),
  );

test('attribution: linear SHAP adds up to the log-odds of every row within 1e-9, in business columns', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const exact = attribute(fitted, data.table, typical, catalogue);
  assert.deepEqual([exact.method, exact.link, exact.errors], ['exact-shap', 'logit', undefined]);
  assert.deepEqual(exact.columns, ['usage', 'plan', 'noise']);
  const scores = score(fitted, data.table, catalogue);
  totals(exact).forEach((total, row) => {
    assert.ok(Math.abs(total - logit(scores[row]!)) < 1e-9, `row ${row}`);
  });
});

test('attribution: linear SHAP of the training rows averages to 0 in each column', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const { values } = exactAttribution(fitted, data.table, catalogue)!;
  for (let column = 0; column < 3; column++) {
    let total = 0;
    for (let row = 0; row < 400; row++) total += values[row * 3 + column]!;
    assert.ok(Math.abs(total / 400) < 1e-9);
  }
});

test('attribution: TreeSHAP of a forest adds up to P(churn) within 1e-9, dummy columns credited to their source', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('random-forest')({ trees: 20 })), data, ctx);
  const exact = attribute(fitted, data.table, typical, catalogue);
  assert.deepEqual([exact.method, exact.link], ['exact-shap', 'probability']);
  assert.deepEqual(exact.columns, ['usage', 'plan', 'noise']);
  const scores = score(fitted, data.table, catalogue);
  totals(exact).forEach((total, row) => {
    assert.ok(Math.abs(total - scores[row]!) < 1e-9, `row ${row}`);
  });
});

test('attribution: a calibrated pipeline and a vote over pipelines are explained in business columns, additive within 1e-9', async () => {
  const table = rows(30);
  const linear = behind(catalogue.classifier('logistic-regression')());
  const trees = behind(catalogue.classifier('random-forest')({ trees: 10 }));
  for (const [estimator, method, link] of [
    [catalogue.classifier('calibrated')({ model: linear, method: 'sigmoid' }), 'exact-shap', 'logit'],
    [catalogue.classifier('calibrated')({ model: trees, method: 'isotonic' }), 'exact-shap', 'probability'],
    [catalogue.classifier('soft-voting')({ models: [linear, trees] }), 'sampled-shap', 'probability'],
  ] as const) {
    const fitted = await fitClassifier(estimator, data, ctx);
    const made = attribute(fitted, table, typical, catalogue);
    assert.deepEqual([made.method, made.link, made.columns], [method, link, ['usage', 'plan', 'noise']]);
    const scores = score(fitted, table, catalogue);
    totals(made).forEach((total, row) => {
      const p = scores[row]!;
      assert.ok(Math.abs(total - (link === 'logit' ? logit(p) : p)) < 1e-9, `${estimator.id} row ${row}`);
    });
  }
});

test('attribution: a model without contributions is explained by sampling, additive within 1e-9', async () => {
  const mlp = catalogue.classifier('mlp')({ hidden: [8], maxEpochs: 40, learningRate: 0.02, batchSize: 50 });
  const fitted = await fitClassifier(behind(mlp), data, ctx);
  const table = rows(40);
  const made = attribute(fitted, table, typical, catalogue);
  assert.deepEqual([made.method, made.link], ['sampled-shap', 'probability']);
  const scores = score(fitted, table, catalogue);
  totals(made).forEach((total, row) => {
    assert.ok(Math.abs(total - scores[row]!) < 1e-9, `row ${row}`);
  });
  const strength = [0, 1, 2].map((column) =>
    made.values.reduce((total, value, i) => total + (i % 3 === column ? Math.abs(value) : 0), 0),
  );
  assert.ok(strength[0]! > 3 * strength[2]!, `usage ${strength[0]} against noise ${strength[2]}`);
  assert.deepEqual(attribute(fitted, table, typical, catalogue), made, 'the same customer is told the same');
});

test('attribution: of a forest the sampled values are near the exact ones, whose game is another', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('random-forest')({ trees: 20 })), data, ctx);
  const table = rows(20);
  const exact = attribute(fitted, table, typical, catalogue);
  const sampled = sampledAttribution(fitted, table, typical, catalogue);
  // Here the columns are independent, so both games nearly agree.
  sampled.values.forEach((value, i) => {
    assert.ok(Math.abs(value - exact.values[i]!) < 0.12, `${value} against ${exact.values[i]}`);
  });
});
