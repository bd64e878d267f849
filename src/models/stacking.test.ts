import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleData } from '../learn/checks/data.ts';
import type { Estimator, FittedClassifier } from '../learn/definition.ts';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { logit } from '../math/sigmoid.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { type StackingState, stacking } from './stacking.ts';
import { areaUnderRoc, dataOf } from './testing/fit.ts';
import { fitComposite, wholeCatalogue } from './testing/fit-composite.ts';
import { data, fresh, line, table, training, tree } from './testing/line-and-tree.ts';

/** Knows all of its rows for certain, and so next to nothing of others. */
const overgrown = { id: 'decision-tree', params: { maxDepth: null, minLeaf: 1 } };

test('stacking: two models that see different things rank better together than each alone', async () => {
  const area = async (models: Estimator[]): Promise<number> => {
    const { fitted } = await fitComposite(stacking({ models }), data);
    return areaUnderRoc(fresh.labels, score(fitted, table, wholeCatalogue));
  };
  const together = await area([line, tree]);
  assert.ok(together > (await area([line])) + 0.01 && together > (await area([tree])) + 0.01);
});

test('stacking: a model that knows its own rows by heart is trusted by what it says of others', async () => {
  const { fitted } = await fitComposite(stacking({ models: [line, overgrown] }), data);
  const { final } = fitted.state as StackingState;
  const [ofLine, ofTree] = (final.state as { readonly coefficients: Float64Array }).coefficients;
  assert.ok(ofLine! > 5 * ofTree!, `${ofLine} for the line, ${ofTree} for the tree`);
});

test('stacking: the models that stay have learned from all rows, the last one from fits that had not', async () => {
  const { fitted, jobs } = await fitComposite(stacking({ models: [line, tree], folds: 4 }), data);
  const rowsOf = [375, 375, 375, 375, 500];
  assert.deepEqual(
    jobs.map((job) => job.data.table.rowCount),
    [...rowsOf, ...rowsOf],
  );
  assert.equal(new Set(jobs.map((job) => job.stream)).size, 10);
  assert.equal(new Set(jobs.map((job) => job.data)).size, 5, 'one data set a fold for all models');
  const { models, most } = fitted.state as StackingState;
  assert.ok(Math.abs(most - Math.log(502)) < 1e-14);
  const { fitted: alone } = await fitComposite(line, data);
  assert.deepEqual(models[0]!.state, alone.state);
});

test('stacking: a stack of one good model leaves its scores about as they are', async () => {
  const { fitted } = await fitComposite(stacking({ models: [line] }), data);
  const [own] = (fitted.state as StackingState).models;
  const before = score(own!, table, wholeCatalogue);
  score(fitted, table, wholeCatalogue).forEach((p, row) => {
    assert.ok(Math.abs(p - before[row]!) < 0.06, `${p} and ${before[row]}`);
  });
});

test('stacking: weights reach the last model', async () => {
  const weights = Float64Array.from(training.labels, (label) => (label === 1 ? 9 : 1));
  const mean = async (rows: typeof data): Promise<number> => {
    const { fitted } = await fitComposite(stacking({ models: [line, tree] }), rows);
    return score(fitted, table, wholeCatalogue).reduce((sum, p) => sum + p, 0) / table.rowCount;
  };
  assert.ok((await mean({ ...data, weights })) > (await mean(data)) + 0.2);
});

test('stacking: notes of the models and of the last one come through', async () => {
  const short = { id: 'mlp', params: { hidden: [2], maxEpochs: 1 } };
  const { notes } = await fitComposite(stacking({ models: [line, short], folds: 2, final: short }), data);
  assert.deepEqual(
    notes.map((note) => note.code),
    ['model.not-converged', 'model.not-converged'],
  );
});

test('stacking: over models that add up in log-odds the parts are exact: those of each, times its weight', async () => {
  const models = [line, { id: 'gradient-boosting', params: { trees: 15 } }];
  const { fitted } = await fitComposite(stacking({ models, folds: 2 }), data);
  const parts = contributions(fitted, table, wholeCatalogue)!;
  assert.deepEqual([parts.link, ...parts.columns], ['logit', 'x1', 'x2']);
  const state = fitted.state as StackingState;
  const { coefficients } = state.final.state as { readonly coefficients: Float64Array };
  const inner = state.models.map((model) => contributions(model, table, wholeCatalogue)!);
  parts.values.forEach((value, at) => {
    const due = coefficients[0]! * inner[0]!.values[at]! + coefficients[1]! * inner[1]!.values[at]!;
    assert.ok(Math.abs(value - due) < 1e-10, `${value} for ${due}`);
  });
});

test('stacking: parts of any models add up to the score, in the columns that come in', async () => {
  const mixed = exampleData({ kinds: ['number', 'category', 'boolean'] });
  const over = async (final: Estimator): Promise<FittedClassifier> => {
    const models = [
      examplePipeline('logistic-regression'),
      examplePipeline('random-forest', { trees: 5 }),
      examplePipeline('decision-tree', { maxDepth: 30, minLeaf: 1 }),
    ];
    return (await fitComposite(stacking({ models, folds: 2, final }), mixed)).fitted;
  };
  const fitted = await over(line);
  const parts = contributions(fitted, mixed.table, wholeCatalogue)!;
  const columns = mixed.table.columns.map(({ name }) => name);
  assert.deepEqual([parts.link, parts.columns], ['logit', columns]);
  score(fitted, mixed.table, wholeCatalogue).forEach((p, row) => {
    const own = parts.values.subarray(row * columns.length, (row + 1) * columns.length);
    const sum = own.reduce((total, value) => total + value, parts.base);
    assert.ok(Math.abs(sum - logit(p)) < 1e-8, `row ${row}: ${sum} for ${logit(p)}`);
  });
  assert.equal(contributions(await over(tree), mixed.table, wholeCatalogue), undefined);
});

test('stacking: takes columns as they are only when all of its models do', () => {
  const of = (...ids: string[]) =>
    preparationOf(stacking({ models: ids.map((id) => ({ id, params: {} })) }), wholeCatalogue);
  assert.deepEqual(
    [of('gradient-boosting', 'gradient-boosting'), of('gradient-boosting', 'mlp')],
    ['native', 'full'],
  );
});

test('stacking: describes the last model and each of the others; fewer are simpler', async () => {
  const { fitted } = await fitComposite(stacking({ models: [line, tree], folds: 2 }), data);
  assert.match(
    describe(fitted, wholeCatalogue),
    /^A stack of 2 models, weighed up by one more: Logistic regression on 2 columns; strongest: model \d .*Model 1: Logistic.* Model 2: Decision tree/,
  );
  const simplicity = (count: number): number =>
    stacking.simplicity({ models: new Array(count).fill(line), folds: 5, final: line })[1]!;
  assert.ok(simplicity(2) < simplicity(3));
});

test('stacking: fewer rows of an outcome than folds are refused', async () => {
  const few = dataOf(training.rows.slice(0, 20), [1, 1, ...new Array<number>(18).fill(0)]);
  await assert.rejects(fitComposite(stacking({ models: [line] }), few), { code: 'data.too-few' });
});
