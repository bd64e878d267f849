import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { fitClassifier } from '../learn/fit.ts';
import { matrix } from '../math/linear-algebra.ts';
import { takeRows } from '../table/table.ts';
import { attribute } from './attribution.ts';
import { lime, strongestColumns, weightedRidge } from './lime.ts';
import { scorerOf } from './score-table.ts';
import { behind, catalogue, ctx, data, typical } from './testing/customers.ts';

const columns = ['usage', 'plan', 'noise'];

test('LIME: a model is summarised with its local fit and stability, the same for the same seed', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('random-forest')({ trees: 20 })), data, ctx);
  const score = scorerOf(fitted, catalogue);
  const run = (seed: number) => lime(score, data.table, 3, typical, columns, { random: createRandom(seed) });
  const made = run(1);
  assert.deepEqual([made.link, made.samples, made.kernelWidth], ['probability', 1000, 0.75]);
  assert.ok(made.localFit > 0.2 && made.localFit <= 1, `${made.localFit}`);
  assert.deepEqual([made.stability.runs, made.stability.top, made.stability.jaccard], [5, 3, 1]);
  assert.ok(made.stability.rankCorrelation > 0.5 && made.stability.rankCorrelation <= 1);
  assert.deepEqual(run(1), made);
  assert.notDeepEqual(run(2).values, made.values);
});

test('LIME: the strongest column of 50 customers is told with the sign that SHAP gives it', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const table = takeRows(
    data.table,
    Int32Array.from({ length: 50 }, (_, row) => row),
  );
  const shap = attribute(fitted, table, typical, catalogue);
  for (let row = 0; row < 50; row++) {
    const { values } = lime(scorerOf(fitted, catalogue), table, row, typical, columns, { repeats: 0 });
    const own = shap.values.subarray(row * 3, row * 3 + 3);
    const [strongest] = strongestColumns(own);
    assert.equal(Math.sign(values[strongest!]!), Math.sign(own[strongest!]!), `row ${row}`);
  }
});

test('LIME: a score that does not move has no effects and a perfect fit', () => {
  const { values, localFit, intercept, stability } = lime(
    (table) => new Float64Array(table.rowCount).fill(0.25),
    data.table,
    0,
    typical,
    columns,
    { samples: 50 },
  );
  assert.deepEqual([...values], [0, 0, 0]);
  assert.deepEqual([localFit, intercept, stability.jaccard, stability.rankCorrelation], [1, 0.25, 1, 1]);
});

test('weighted ridge: without a penalty it finds a straight line again, whatever the weights', () => {
  const random = createRandom(4);
  const x = matrix(
    40,
    3,
    Float64Array.from({ length: 120 }, () => random.normal()),
  );
  const y = Float64Array.from(
    { length: 40 },
    (_, row) => 2 + x.values[3 * row]! - 3 * x.values[3 * row + 1]! + 0.5 * x.values[3 * row + 2]!,
  );
  const weights = y.map(() => 0.1 + random.uniform());
  const { effects, intercept, fit } = weightedRidge(x, y, weights, 0);
  [1, -3, 0.5].forEach((effect, c) => {
    assert.ok(Math.abs(effects[c]! - effect) < 1e-12);
  });
  assert.ok(Math.abs(intercept - 2) < 1e-12 && Math.abs(fit - 1) < 1e-12);
});
