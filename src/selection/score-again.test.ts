import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sequentialMap } from '../base/parallel.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { rocAuc } from '../evaluation/metrics/roc-auc.ts';
import { prepareSample } from '../evaluation/sample.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../learn/context.ts';
import { runFitJob } from '../learn/fit.ts';
import { allModels } from '../models/all.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { searchMethodById } from './methods/all.ts';
import { runSearch, type SearchTask } from './run-search.ts';
import { scoreAgain } from './score-again.ts';

const random = createRandom(4);
const x = Array.from({ length: 240 }, () => random.normal());
const data = createDataset(
  createTable([
    numberColumn('x', x),
    numberColumn(
      'y',
      x.map(() => random.normal()),
    ),
  ]),
  x.map((value) => (value + random.normal() > 0 ? 1 : 0)),
);
const catalogue = createCatalogue(allModels, []);
const clock = { now: () => 0, cpuSeconds: () => 0 };
const ctx: Context = {
  random: createRandom(3),
  clock,
  catalogue,
  map: sequentialMap((job: FitJob): Promise<FitAnswer> => runFitJob(job, { clock, catalogue, map: ctx.map })),
  note: () => {},
};
const method = searchMethodById('grid');
const task: SearchTask = {
  wrap: ({ id, params }) => ({ id, params }),
  data,
  folds: foldRows(stratifiedFolds(data.labels, 3, createRandom(2)), 3),
  measure: (labels, scores) => rocAuc.compute(prepareSample(labels, scores, 0.5)),
  method,
  ask: {
    grids: { prior: {}, 'random-forest': { trees: [3, 5] } },
    catalogue,
    trials: 9,
    random: createRandom(1),
    sign: 1,
    resource: 'rows',
    earlier: [],
  },
  endsBy: [],
};

test('score again: the scores that were not kept come out as they were, to the bit; those that were are not made anew', async () => {
  const { trials } = await runSearch(task, ctx);
  const kept = trials.map((trial, i) => (i === 1 ? trial : { ...trial, outOfFold: null }));
  const again = await scoreAgain(task, kept, ctx);
  assert.deepEqual(
    again!.map(({ outOfFold }) => outOfFold),
    trials.map(({ outOfFold }) => outOfFold),
  );
  assert.equal(again![1]!.outOfFold, trials[1]!.outOfFold);
});

test('score again: also of trials on a share of the rows', async () => {
  const shared: SearchTask = {
    ...task,
    keeps: 9,
    method: {
      ...method,
      next: (past, ask) => method.next(past, ask).map((one) => ({ ...one, share: 0.5 })),
    },
  };
  const { trials } = await runSearch(shared, ctx);
  assert.ok(trials.every(({ outOfFold, share }) => outOfFold !== null && share === 0.5));
  const bare = trials.map((trial) => ({ ...trial, outOfFold: null }));
  assert.deepEqual(await scoreAgain(shared, bare, ctx), trials);
});

test('score again: fits that don’t repeat are told by their metrics', async () => {
  const { trials } = await runSearch(task, ctx);
  const foreign = trials.map((trial) => ({
    ...trial,
    folds: [0.5, 0.5, Number(trial.folds[2]) + 1e-9],
    outOfFold: null,
  }));
  assert.equal(await scoreAgain(task, foreign, ctx), null);
});

test('run search: keeps the scores of the best trials alone', async () => {
  const { trials } = await runSearch({ ...task, keeps: 1 }, ctx);
  const best = trials.reduce((a, b) =>
    b.folds.reduce((s, v) => s + v) > a.folds.reduce((s, v) => s + v) ? b : a,
  );
  assert.deepEqual(
    trials.filter(({ outOfFold }) => outOfFold !== null).map(({ number }) => number),
    [best.number],
  );
});
