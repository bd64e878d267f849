import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { exampleData } from '../learn/checks/data.ts';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { logit, sigmoid } from '../math/sigmoid.ts';
import { type CalibratedState, calibrated, calibrateFitted } from './calibrated.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { areaUnderRoc, dataOf, tableOf } from './testing/fit.ts';
import { fitComposite, wholeCatalogue } from './testing/fit-composite.ts';

/** Customers whose churn a single column tells, with luck. */
function customers(count: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => [random.normal(), random.normal()]);
  const truth = rows.map(([a]) => sigmoid(1.5 * a! - 1));
  return { rows, truth, labels: truth.map((p) => (random.uniform() < p ? 1 : 0)) };
}
const training = customers(500, 1);
const fresh = customers(2000, 2);
const data = dataOf(training.rows, training.labels);
const table = tableOf(fresh.rows);
/** A tree grown to the end knows all of its rows for certain, and so next to nothing of others. */
const overgrown = { id: 'decision-tree', params: { maxDepth: null, minLeaf: 1 } };
const distance = (scores: Float64Array): number =>
  scores.reduce((sum, p, row) => sum + (p - fresh.truth[row]!) ** 2, 0) / scores.length;

for (const method of ['sigmoid', 'isotonic'] as const) {
  test(`calibrated: ${method} over folds brings an overgrown tree near the truth`, async () => {
    const { fitted } = await fitComposite(calibrated({ model: overgrown, method }), data);
    const { model } = fitted.state as CalibratedState;
    const before = distance(score(model, table, wholeCatalogue));
    const after = distance(score(fitted, table, wholeCatalogue));
    assert.ok(after < 0.35 * before, `${after} after ${before}`);
  });
}

test('calibrated: the model that stays has learned from all rows, the map from fits that had not', async () => {
  const { fitted, jobs } = await fitComposite(calibrated({ model: overgrown, folds: 4 }), data);
  assert.deepEqual(
    jobs.map((job) => job.data.table.rowCount),
    [375, 375, 375, 375, 500],
  );
  assert.equal(new Set(jobs.map((job) => job.stream)).size, 5);
  const { model, learnedOn } = fitted.state as CalibratedState;
  assert.equal(learnedOn, 'folds');
  const own = score(model, data.table, wholeCatalogue);
  assert.deepEqual(
    [...own],
    training.labels.map((label) => label),
  );
});

test('calibrated: a map over a fitted model keeps its order of customers', async () => {
  const { fitted: model } = await fitComposite({ id: 'logistic-regression', params: {} }, data);
  const aside = customers(400, 3);
  const scores = score(model, tableOf(aside.rows), wholeCatalogue);
  const shy = Float64Array.from(scores, (p) => sigmoid(0.3 * logit(p)));
  const fitted = calibrateFitted(model, 'sigmoid', shy, Uint8Array.from(aside.labels));
  assert.deepEqual(fitted.inputs, model.inputs);
  const { map } = fitted.state as CalibratedState;
  assert.ok(map.method === 'sigmoid' && map.slope > 2 && map.slope < 5);
  const after = score(fitted, table, wholeCatalogue);
  assert.equal(
    areaUnderRoc(fresh.labels, after),
    areaUnderRoc(fresh.labels, score(model, table, wholeCatalogue)),
  );
  assert.match(describe(fitted, wholeCatalogue), / calibrated by a sigmoid learned on rows set aside\.$/);
});

test('calibrated: contributions stand in the columns that come in, not in those the model inside sees', async () => {
  const mixed = exampleData({ kinds: ['number', 'category', 'boolean'] });
  const over = (method: 'sigmoid' | 'isotonic') =>
    fitComposite(calibrated({ model: examplePipeline('logistic-regression'), method, folds: 3 }), mixed);
  for (const [method, link] of [
    ['sigmoid', 'logit'],
    ['isotonic', 'probability'],
  ] as const) {
    const { fitted } = await over(method);
    const parts = contributions(fitted, mixed.table, wholeCatalogue)!;
    assert.equal(parts.link, link);
    assert.deepEqual(
      parts.columns,
      mixed.table.columns.map(({ name }) => name),
    );
  }
});

test('calibrated: wants of columns what the model inside wants', () => {
  const preparation = (id: string) =>
    preparationOf(calibrated({ model: { id, params: {} } }), wholeCatalogue);
  assert.deepEqual([preparation('mlp'), preparation('gradient-boosting')], ['full', 'native']);
});

test('calibrated: fewer rows of an outcome than folds are refused', async () => {
  const few = dataOf(training.rows.slice(0, 20), [1, 1, ...new Array<number>(18).fill(0)]);
  await assert.rejects(fitComposite(calibrated({ model: overgrown }), few), { code: 'data.too-few' });
});
