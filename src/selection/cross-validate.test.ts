import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { type ParallelMap, sequentialMap } from '../base/parallel.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../learn/context.ts';
import { defineClassifier } from '../learn/definition.ts';
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

/** Takes five seconds of the clock a fit, in steps of one, between which it can be ended. */
function slowWorld() {
  let seconds = 0;
  const clock = { now: () => seconds * 1000, cpuSeconds: () => seconds };
  const slow = defineClassifier({
    ...logisticRegression,
    id: 'slow',
    async fit(fitted, params, ctx) {
      for (let step = 0; step < 5; step++) {
        ctx.signal?.throwIfAborted();
        seconds++;
      }
      return logisticRegression.fit(fitted, params, ctx);
    },
  });
  const slowCatalogue = createCatalogue([slow], []);
  const run = (job: FitJob): Promise<FitAnswer> =>
    runFitJob(job, { clock, catalogue: slowCatalogue, map: sequentialMap(run) });
  const ctx: Context = { ...context(sequentialMap(run)), clock, catalogue: slowCatalogue };
  const candidates = Array.from({ length: 4 }, (_, i) => slow({ l2: i + 1 }));
  return { ctx, candidates, secondsNow: () => seconds };
}

test('cross-validate: at its end a search gives up the fit under way and answers with the candidates that are whole', async () => {
  // A candidate takes 25 seconds: at 63 seconds two are whole and the third is in its third fold.
  const whole = slowWorld();
  const cut = slowWorld();
  const progress: [number, number][] = [];
  const expected = await crossValidate(task({ candidates: whole.candidates }), whole.ctx);
  const answered = await crossValidate(
    task({
      candidates: cut.candidates,
      endsAt: 63_000,
      onFit: (done, total) => progress.push([done, total]),
    }),
    cut.ctx,
  );
  assert.equal(whole.secondsNow(), 100);
  assert.equal(cut.secondsNow(), 63, 'nothing goes on beyond the end');
  assert.deepEqual(answered, expected.slice(0, 2));
  assert.deepEqual(progress.at(-1), [12, 20]);
});

test('cross-validate: the first candidate is tried whole however early the end; a late end changes nothing', async () => {
  const early = slowWorld();
  const answered = await crossValidate(task({ candidates: early.candidates, endsAt: 0 }), early.ctx);
  assert.deepEqual([answered.length, early.secondsNow()], [1, 25]);
  const late = slowWorld();
  const whole = slowWorld();
  assert.deepEqual(
    await crossValidate(task({ candidates: late.candidates, endsAt: 1e9 }), late.ctx),
    await crossValidate(task({ candidates: whole.candidates }), whole.ctx),
  );
});

test('cross-validate: an error that is not the end of the search is not taken for it', async () => {
  const { ctx, candidates } = slowWorld();
  const broken: ParallelMap<FitJob, FitAnswer> = () => Promise.reject(new TypeError('a defect'));
  await assert.rejects(crossValidate(task({ candidates, endsAt: 1e9 }), { ...ctx, map: broken }), TypeError);
});

test('cross-validate: rows that no fold validates have no out-of-fold score', async () => {
  const forward = folds.slice(1);
  const [result] = await crossValidate(task({ candidates: [prior()], folds: forward }), context());
  const unseen = new Set(folds[0]!.validation);
  result!.outOfFold.forEach((p, row) => {
    assert.equal(Number.isNaN(p), unseen.has(row));
  });
});
