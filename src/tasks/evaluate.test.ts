import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { evaluateModel } from './evaluate.ts';
import { exampleModel, examplePorts, newTaskPlace, type TaskPlace } from './testing/example-task.ts';

let place: TaskPlace;
before(() => {
  place = newTaskPlace();
});
after(() => place[Symbol.dispose]());

const ids = Array.from({ length: 200 }, (_, i) => `k${i}`);
/** Customers of 0 to 9 months, of whom those left that had fewer than four. */
const customers = (name: string): string =>
  place.file(name, [
    'customer,tenure,plan,left',
    ...ids.map((id, i) => `${id},${i % 10},${i % 3 === 0 ? 'gold' : 'basic'},${i % 10 < 4 ? 'yes' : 'no'}`),
  ]);

test('evaluate: strangers are judged whole, by metrics, groups and gate', async () => {
  const result = await evaluateModel(exampleModel(), customers('a.csv'), false, examplePorts);
  assert.equal(result.metrics.rows, 200);
  assert.equal(result.metrics.rocAuc.value, 1);
  assert.equal(result.data.part, 'all');
  assert.deepEqual([result.data.trainingRows, result.data.containsTrainingRows], [0, false]);
  assert.deepEqual(
    result.segments.map(({ column, level, rows }) => [column, level, rows]),
    [
      ['plan', 'basic', 133],
      ['plan', 'gold', 67],
    ],
  );
  assert.equal(result.gate.passed, true);
  assert.deepEqual(
    result.gate.checks.map(({ name }) => name),
    ['rocAuc'],
  );
});

test('evaluate: up to 2% and three standard errors of known ids is chance, one more is refused with the count', async () => {
  // 200 x 0.02 + 3 x sqrt(200 x 0.02 x 0.98) = 9.94
  const path = customers('b.csv');
  const nine = exampleModel(undefined, ids.slice(0, 9));
  const { data, remarks } = await evaluateModel(nine, path, false, examplePorts);
  assert.deepEqual([data.trainingRows, data.containsTrainingRows], [9, false]);
  assert.deepEqual(remarks, ['Of these 200 customers 9 look like training rows, no more than chance gives.']);
  const ten = exampleModel(undefined, ids.slice(0, 10));
  await assert.rejects(evaluateModel(ten, path, false, examplePorts), (error: HoldfastError) => {
    assert.equal(error.code, 'evaluate.training-rows');
    assert.deepEqual(error.fields, { rows: 200, trainingRows: 10 });
    return true;
  });
  const marked = await evaluateModel(ten, path, true, examplePorts);
  assert.equal(marked.data.containsTrainingRows, true);
  assert.match(marked.remarks[0]!, /was trained on 10 of these 200 customers: the figures are too good/);
});

test('evaluate: the same customers give the same figures to the bit', async () => {
  const [first, second] = await Promise.all(
    ['c.csv', 'd.csv'].map((name) => evaluateModel(exampleModel(), customers(name), false, examplePorts)),
  );
  assert.deepEqual(first, second);
});

test('evaluate: tells the other metrics, gaps of personal columns and, where the model knows it, certainty', async () => {
  const model = exampleModel();
  const plain = await evaluateModel(model, customers('e.csv'), false, examplePorts);
  assert.equal(plain.further.liftAt20.value, 2.5);
  assert.deepEqual([plain.further.expectedProfit, plain.fairness, plain.certainty], [undefined, [], null]);

  const { contract } = model.manifest;
  const plan = { ...contract.columns.plan!, personal: true };
  const manifest = {
    ...model.manifest,
    contract: { ...contract, columns: { ...contract.columns, plan } },
    conformal: { coverage: 0.9, stay: 0.2, churn: 0.2, rows: 50 },
    project: {
      ...model.manifest.project,
      profit: { offer: 10, contact: 1, lifetimeValue: 200, acceptance: { alpha: 6, beta: 14 } },
    },
  };
  const told = await evaluateModel({ ...model, manifest }, customers('f.csv'), false, examplePorts);
  assert.deepEqual(
    told.fairness.map(({ column, groups }) => [column, groups.map(({ rows }) => rows)]),
    [['plan', [133, 67]]],
  );
  // Everybody who leaves is found: 40% x 56 with the mean acceptance, a little more when it is known.
  assert.ok(told.further.expectedProfit!.value >= 0.4 * 56);
  // Four months or more are stayers at 0.2 and below; exactly 0.2 may be both.
  assert.equal(told.certainty!.coverage.churn!.value, 1);
  assert.equal(told.certainty!.coverage.stay!.value, 1);
  assert.equal(told.certainty!.both, 20);
  assert.deepEqual(told.metrics, plain.metrics);
});
