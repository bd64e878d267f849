import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeReference } from '../drift/reference.ts';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { drawExplanation, valueText } from './draw-explanation.ts';
import { type ExplainRequest, explainCustomer } from './explain.ts';
import {
  exampleContract,
  exampleModel,
  examplePorts,
  newTaskPlace,
  type TaskPlace,
} from './testing/example-task.ts';

let place: TaskPlace;
let data: string;
before(() => {
  place = newTaskPlace();
  data = place.file('customers.csv', [
    'customer,tenure,plan',
    'ann,1,basic',
    'bob,4,gold',
    'cid,-3,gold',
    'bob,9,gold',
    'dee,,basic',
  ]);
});
after(() => place[Symbol.dispose]());

/** Months from 1 to 12, of which the company may give away more. */
const { columns } = exampleContract;
const contract = {
  ...exampleContract,
  columns: {
    ...columns,
    tenure: { ...columns.tenure!, unit: 'months', meaning: 'Time as a customer.', actionable: true, max: 6 },
  },
};
const months = Array.from({ length: 12 }, (_, i) => i + 1);
const model = {
  ...exampleModel(contract, ['bob']),
  reference: makeReference(
    createTable([
      numberColumn('tenure', months),
      categoryColumn(
        'plan',
        months.map((month) => (month % 2 === 0 ? 'basic' : 'gold')),
      ),
    ]),
    Float64Array.of(0.5),
  ),
};
const explain = (customer: ExplainRequest['customer'], more: Partial<ExplainRequest> = {}) =>
  explainCustomer({ model, data, customer, reasons: 3, lime: false, ...more }, examplePorts);

test('explain: the score of an id, what each column adds, strongest first, adding up within 1e-9', async () => {
  const made = await explain({ id: 'ann' });
  assert.deepEqual(made.customer, { id: 'ann', row: 1 });
  assert.deepEqual([made.churnProbability, made.churn, made.band, made.lime], [0.5, true, 'high', null]);
  const { method, link, base, columns } = made.attribution;
  assert.deepEqual([method, link], ['sampled-shap', 'probability']);
  assert.deepEqual(
    columns.map(({ column, value }) => [column, value]),
    [
      ['tenure', 1],
      ['plan', 'basic'],
    ],
  );
  const total = columns.reduce((sum, { contribution }) => sum + contribution, base);
  assert.ok(Math.abs(total - 0.5) < 1e-9);
  assert.equal(columns[1]!.contribution, 0, 'the model does not look at the plan');
  const mean = months.reduce((sum, month) => sum + 1 / (1 + month) / 12, 0);
  assert.ok(Math.abs(base - mean) < 0.01, `${base} is not ${mean}`);
  assert.deepEqual(
    made.reasons.map(({ text }) => text),
    ['Time as a customer: 1 month, low for this company (raises the risk)'],
  );
});

test('explain: counterfactuals change actionable columns within bounds, below the threshold or the target given', async () => {
  const { threshold } = await explain({ id: 'ann' });
  const found = (await explain({ id: 'ann' })).counterfactuals!;
  assert.equal(found.target, threshold);
  assert.deepEqual(
    found.answers.map(({ changes }) => changes),
    [[{ column: 'tenure', from: 1, to: 2 }]],
  );
  assert.equal(found.answers[0]!.score, 1 / 3);
  const lower = (await explain({ id: 'ann' }, { target: 0.15 })).counterfactuals!;
  assert.deepEqual(lower.answers[0]!.changes, [{ column: 'tenure', from: 1, to: 6 }]);
  const none = (await explain({ id: 'ann' }, { target: 0.05 })).counterfactuals!;
  assert.deepEqual(none.answers, []);
  assert.match(none.reason!, /^no change of up to 1 actionable columns? /);
  const fixed = await explain({ id: 'ann' }, { model: exampleModel() });
  assert.deepEqual([fixed.counterfactuals, fixed.remarks], [null, []]);
  const asked = await explain({ id: 'ann' }, { model: exampleModel(), target: 0.2 });
  assert.match(asked.remarks.join(' '), /no column that the model uses is marked actionable: true/);
});

test('explain: LIME comes with its local fit and stability when asked for', async () => {
  const { lime } = await explain({ row: 1 }, { lime: true });
  assert.equal(lime!.columns[0]!.column, 'tenure');
  assert.ok(lime!.columns[0]!.effect > 0 && lime!.localFit > 0.3 && lime!.localFit <= 1);
  assert.equal(lime!.stability.runs, 5);
});

test('explain: an id of two rows and a customer the model learned from are said', async () => {
  const { customer, remarks } = await explain({ id: 'bob' });
  assert.equal(customer.row, 2);
  assert.deepEqual(remarks, [
    '2 rows have this id; the first of them is explained.',
    'The model has learned from this customer: it is surer of this score than of a new one.',
  ]);
});

test('explain: a missing value is explained as one', async () => {
  const { attribution, churnProbability } = await explain({ id: 'dee' });
  assert.equal(churnProbability, 0.5);
  assert.equal(attribution.columns[0]!.value, null);
});

test('explain: an unknown id, a row that is not there and a row that breaks the contract are refused without values', async () => {
  await assert.rejects(explain({ id: 'zoe-secret' }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'explain.no-customer');
    assert.ok(!error.message.includes('zoe-secret'));
    return true;
  });
  await assert.rejects(explain({ row: 6 }), { code: 'explain.no-customer' });
  await assert.rejects(explain({ row: 0 }), { code: 'explain.no-customer' });
  await assert.rejects(explain({ id: 'cid' }), (error: Error & { code?: string; fields?: object }) => {
    assert.equal(error.code, 'contract.broken');
    assert.deepEqual(error.fields, { row: 3, column: 'tenure', reason: 'below-min' });
    return true;
  });
});

test('explain: drawn as a picture of its own, values with their units', async () => {
  const svg = await drawExplanation(await explain({ id: 'ann' }), contract);
  assert.match(svg, /^<svg /);
  assert.match(svg, />tenure: 1 month</);
  assert.deepEqual(
    [
      valueText({ column: 'tenure', value: 2.5 }, contract),
      valueText({ column: 'plan', value: null }, contract),
      valueText({ column: 'plan', value: 'gold' }, contract),
    ],
    ['2.5 months', 'not known', 'gold'],
  );
});
