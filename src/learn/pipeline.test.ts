import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { createDataset, takeDatasetRows } from '../table/dataset.ts';
import { createTable, findColumn } from '../table/table.ts';
import { exampleData } from './checks/data.ts';
import { columnRouter } from './column-router.ts';
import { fitClassifier, score } from './fit.ts';
import { type PipelineState, pipeline, prepared, sourcesOf } from './pipeline.ts';
import { centre, midpoint, testCatalogue, testContext, total } from './testing/definitions.ts';

const data = exampleData({ kinds: ['number'] });
const estimator = pipeline({ steps: [centre({ suffix: '-c' }), total()], model: midpoint() });
const stateOf = (fitted: { readonly state: unknown }): PipelineState => fitted.state as PipelineState;

test('pipeline: every part is fitted on the rows of the fold and no others', async () => {
  const fold = takeDatasetRows(
    data,
    Array.from({ length: 80 }, (_, row) => row),
  );
  const { ctx, notes } = testContext();
  const fitted = await fitClassifier(estimator, fold, ctx);
  assert.deepEqual(
    notes.map(({ message }) => message),
    ['centre: fitted on 80 rows'],
  );

  // The rows outside the fold are replaced by nonsense: nothing of the fit may move.
  const columns = data.table.columns.map((column) => {
    assert.ok(column.kind === 'number');
    return numberColumn(
      column.name,
      column.values.map((value, row) => (row < 80 ? value : 1e6)),
    );
  });
  const spoilt = createDataset(
    createTable(columns),
    data.labels.map((label, row) => (row < 80 ? label : 1 - label)),
  );
  const again = await fitClassifier(
    estimator,
    takeDatasetRows(
      spoilt,
      Array.from({ length: 80 }, (_, row) => row),
    ),
    testContext().ctx,
  );
  assert.deepEqual(again, fitted);
});

test('pipeline: each step is fitted on what the step before made', async () => {
  const fitted = stateOf(await fitClassifier(estimator, data, testContext().ctx));
  assert.deepEqual(
    fitted.steps.map(({ id, inputs }) => [id, inputs.map(({ name }) => name)]),
    [
      ['centre', ['tenureYears', 'chargeChange', 'callCount']],
      ['total', ['tenureYears-c', 'chargeChange-c', 'callCount-c']],
    ],
  );
  assert.deepEqual(fitted.model.inputs, [{ name: 'total', kind: 'number' }]);
});

test('pipeline: scoring transforms new rows with what was learned, not with their own', async () => {
  const fitted = await fitClassifier(estimator, data, testContext().ctx);
  const { table } = exampleData({ kinds: ['number'], seed: 2, rows: 3 });
  const made = prepared(stateOf(fitted), table, testCatalogue);
  const [step] = stateOf(fitted).steps;
  const means = (step!.state as { columns: { name: string; mean: number }[] }).columns;
  const due = means.reduce((sum, { name, mean }) => {
    const column = findColumn(table, name);
    assert.ok(column?.kind === 'number');
    return sum + (column.values[0]! - mean);
  }, 0);
  const total0 = findColumn(made, 'total');
  assert.ok(total0?.kind === 'number');
  assert.ok(Math.abs(total0.values[0]! - due) < 1e-12);
  assert.deepEqual(score(fitted, table, testCatalogue), score(stateOf(fitted).model, made, testCatalogue));
});

test('pipeline: sources of the model columns are followed back to the raw names', async () => {
  const fitted = stateOf(await fitClassifier(estimator, data, testContext().ctx));
  assert.deepEqual(
    [...sourcesOf(fitted, testCatalogue)],
    [['total', ['callCount', 'chargeChange', 'tenureYears']]],
  );
  const routed = pipeline({
    steps: [
      columnRouter({
        routes: [
          { columns: ['tenureYears', 'callCount'], steps: [centre(), total({ as: 'both' })] },
          { columns: ['chargeChange'], steps: [centre({ suffix: '-c' })] },
          { columns: ['callCount'], steps: [] },
        ],
      }),
      centre({ suffix: '!' }),
    ],
    model: midpoint(),
  });
  const through = stateOf(await fitClassifier(routed, data, testContext().ctx));
  assert.deepEqual(
    [...sourcesOf(through, testCatalogue)],
    [
      ['both!', ['callCount', 'tenureYears']],
      ['chargeChange-c!', ['chargeChange']],
      ['callCount!', ['callCount']],
    ],
  );
});

test('pipeline: without steps the raw columns are their own sources', async () => {
  const fitted = await fitClassifier(pipeline({ model: midpoint() }), data, testContext().ctx);
  assert.deepEqual(
    [...sourcesOf(stateOf(fitted), testCatalogue)],
    [
      ['tenureYears', ['tenureYears']],
      ['chargeChange', ['chargeChange']],
      ['callCount', ['callCount']],
    ],
  );
  const alone = await fitClassifier(midpoint(), data, testContext().ctx);
  assert.deepEqual(score(fitted, data.table, testCatalogue), score(alone, data.table, testCatalogue));
});

test('pipeline: a pipeline may be the model of another', async () => {
  const nested = pipeline({ steps: [centre()], model: pipeline({ steps: [total()], model: midpoint() }) });
  const flat = pipeline({ steps: [centre(), total()], model: midpoint() });
  const [one, other] = [
    await fitClassifier(nested, data, testContext().ctx),
    await fitClassifier(flat, data, testContext().ctx),
  ];
  assert.deepEqual(score(one, data.table, testCatalogue), score(other, data.table, testCatalogue));
});

test('pipeline: a wrong parameter of a step is refused in the name of the step', async () => {
  const wrong = pipeline({ steps: [{ id: 'total', params: { as: '' } }], model: midpoint() });
  await assert.rejects(fitClassifier(wrong, data, testContext().ctx), {
    code: 'param.value',
    fields: { who: 'total', param: 'as' },
  });
});

test('pipeline: a model without its parameters is refused with what to write', () => {
  const model = { id: 'prior' } as { id: string; params: Record<string, never> };
  assert.throws(() => pipeline({ model }), {
    code: 'param.value',
    message: 'pipeline: model.params must be a group of keys, {} for none, got nothing',
  });
});

test('pipeline: a fitted value survives structuredClone and scores the same', async () => {
  const fitted = await fitClassifier(estimator, data, testContext().ctx);
  assert.deepEqual(
    score(structuredClone(fitted), data.table, testCatalogue),
    score(fitted, data.table, testCatalogue),
  );
});
