import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { type ParallelMap, sequentialMap } from '../base/parallel.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../learn/context.ts';
import { runFitJob } from '../learn/fit.ts';
import { logisticRegression } from '../models/logistic-regression.ts';
import { prior } from '../models/prior.ts';
import { randomForest } from '../models/random-forest.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { type CrossValidation, crossValidate } from './cross-validate.ts';

const catalogue = createCatalogue([prior, logisticRegression, randomForest], []);
const random = createRandom(4);
const x = Array.from({ length: 120 }, () => random.normal());
const data = createDataset(
  createTable([numberColumn('x', x)]),
  x.map((value) => (value + random.normal() > 0 ? 1 : 0)),
);
const folds = foldRows(stratifiedFolds(data.labels, 5, createRandom(2)), 5);
const accuracy = (labels: Uint8Array, scores: Float64Array): number =>
  labels.reduce((right, label, i) => right + ((scores[i]! >= 0.5 ? 1 : 0) === label ? 1 : 0), 0) /
  labels.length;

function context(map?: ParallelMap<FitJob, FitAnswer>): Context {
  const clock = stoppedClock();
  const run = (job: FitJob): Promise<FitAnswer> =>
    runFitJob(job, { clock, catalogue, map: sequentialMap(run) });
  return { random: createRandom(7), clock, catalogue, map: map ?? sequentialMap(run), note: () => {} };
}

const task = (more: Partial<CrossValidation>): CrossValidation => ({
  candidates: [prior(), logisticRegression(), randomForest({ trees: 5 })],
  wrap: (candidate) => candidate,
  data,
  folds,
  measure: accuracy,
  ...more,
});

test('cross-validate: every row is scored by the fit that did not see it, and fold scores are of those rows', async () => {
  const [, logistic] = await crossValidate(task({}), context());
  assert.ok(logistic!.outOfFold.every((p) => p > 0 && p < 1));
  folds.forEach(({ validation }, fold) => {
    const labels = Uint8Array.from(validation, (row) => data.labels[row]!);
    const scores = Float64Array.from(validation, (row) => logistic!.outOfFold[row]!);
    assert.equal(logistic!.folds[fold], accuracy(labels, scores));
  });
});

test('cross-validate: a result depends on the candidate alone, not on its place, its company or the order of work', async () => {
  const forest = randomForest({ trees: 5 });
  const inCompany = (await crossValidate(task({}), context()))[2]!;
  const [alone] = await crossValidate(task({ candidates: [forest] }), context());
  assert.deepEqual(alone, inCompany);
  const backwards: ParallelMap<FitJob, FitAnswer> = async (jobs, onDone) => {
    const clock = stoppedClock();
    const answers: FitAnswer[] = [];
    for (const index of jobs.map((_, i) => i).reverse()) {
      answers[index] = await runFitJob(jobs[index]!, { clock, catalogue, map: backwards });
      onDone?.(index, answers[index]);
    }
    return answers;
  };
  assert.deepEqual((await crossValidate(task({}), context(backwards)))[2], inCompany);
});

test('cross-validate: a search that is over answers with the batches it has tried, equal to those of a whole one', async () => {
  const candidates = Array.from({ length: 10 }, (_, i) => logisticRegression({ l2: i + 1 }));
  const whole = await crossValidate(task({ candidates }), context());
  const progress: [number, number][] = [];
  const cut = await crossValidate(
    task({ candidates, isOver: () => true, onFit: (done, total) => progress.push([done, total]) }),
    context(),
  );
  assert.deepEqual(cut, whole.slice(0, 4));
  assert.deepEqual(progress.at(-1), [20, 50]);
  assert.equal((await crossValidate(task({ candidates, isOver: () => false }), context())).length, 10);
});
