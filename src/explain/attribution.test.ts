import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitClassifier, score } from '../learn/fit.ts';
import { logit } from '../math/sigmoid.ts';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable, takeRows } from '../table/table.ts';
import { attribute, exactAttribution } from './attribution.ts';
import { behind, catalogue, ctx, data } from './testing/customers.ts';

const background = createTable([
  numberColumn('usage', [-1, 0, 1, 2]),
  categoryColumn('plan', ['monthly', 'yearly', 'monthly', 'yearly']),
  numberColumn('noise', [-1, 0, 0, 1]),
]);

test('attribution: linear SHAP adds up to the log-odds of every row within 1e-9, in business columns', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const exact = exactAttribution(fitted, data.table, catalogue)!;
  assert.equal(exact.method, 'linear-shap');
  assert.deepEqual(exact.columns, ['usage', 'plan', 'noise']);
  score(fitted, data.table, catalogue).forEach((p, row) => {
    const total =
      exact.base + exact.values[row * 3]! + exact.values[row * 3 + 1]! + exact.values[row * 3 + 2]!;
    assert.ok(Math.abs(total - logit(p)) < 1e-9, `row ${row}`);
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

test('attribution: a model without contributions is explained by replacing one column at a time', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('random-forest')({ trees: 20 })), data, ctx);
  const made = attribute(fitted, data.table, background, catalogue);
  assert.equal(made.method, 'permutation');
  assert.equal(made.link, 'probability');
  const strength = [0, 1, 2].map((column) => {
    let total = 0;
    for (let row = 0; row < 400; row++) total += Math.abs(made.values[row * 3 + column]!);
    return total / 400;
  });
  assert.ok(strength[0]! > 3 * strength[2]!, `usage ${strength[0]} against noise ${strength[2]}`);
  // Replacing a column by its own only value changes nothing.
  const first = takeRows(data.table, [0]);
  assert.deepEqual([...attribute(fitted, first, first, catalogue).values], [0, 0, 0]);
});
