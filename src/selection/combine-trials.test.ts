import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sequentialMap } from '../base/parallel.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { rocAuc } from '../evaluation/metrics/roc-auc.ts';
import { quickMeasure } from '../evaluation/quick-measure.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../learn/context.ts';
import { runFitJob } from '../learn/fit.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { allModels } from '../models/all.ts';
import { type CombineTask, chooseLibrary, combineTrials } from './combine-trials.ts';
import { blendScores } from './ensemble-selection.ts';
import { meanOf } from './one-standard-error.ts';
import type { SearchedTrial } from './open-trial.ts';
import type { ScoredTrial } from './score-again.ts';

const catalogue = createCatalogue(allModels, []);
const clock = { now: () => 0, cpuSeconds: () => 0 };
const ctx: Context = {
  random: createRandom(3),
  clock,
  catalogue,
  map: sequentialMap((job: FitJob): Promise<FitAnswer> => runFitJob(job, { clock, catalogue, map: ctx.map })),
  note: () => {},
};
const measure = quickMeasure(rocAuc);
const rows = 600;
const draws = createRandom(7);
const truth = Float64Array.from({ length: rows }, () => draws.normal());
const labels = Uint8Array.from(truth, (z) => (draws.uniform() < sigmoid(1.5 * z) ? 1 : 0));
const folds = foldRows(stratifiedFolds(labels, 4, createRandom(2)), 4);

/** A trial that sees the truth through so much noise of its own. */
function seen(number: number, noise: number, more: Partial<SearchedTrial> = {}): ScoredTrial {
  const own = createRandom(number);
  const outOfFold = truth.map((z) => sigmoid(z + noise * own.normal()));
  return {
    candidate: { id: 'gradient-boosting', params: { trees: 50 + number } },
    origin: 'drawn',
    share: 1,
    number,
    folds: foldValues(outOfFold),
    outcome: 'whole',
    seconds: 1,
    ...more,
    outOfFold,
  };
}
const foldValues = (scores: Float64Array): number[] =>
  folds.map(({ validation }) =>
    measure(
      Uint8Array.from(validation, (row) => labels[row]!),
      Float64Array.from(validation, (row) => scores[row]!),
    ),
  );
const task: CombineTask = {
  labels,
  folds,
  measure,
  sign: 1,
  affordable: () => Infinity,
  scored: async (trials) => trials as ScoredTrial[],
};

test('combine trials: those that err differently are better together, and both ways of it say so fold by fold', async () => {
  const trials = [seen(1, 1.2), seen(2, 1.2), seen(3, 1.3), seen(4, 8)];
  const best = Math.max(...trials.map((trial) => meanOf(trial.folds)));
  const { together, isTrimmed } = (await combineTrials(trials, task, ctx))!;
  assert.equal(isTrimmed, false);
  const [vote, stack] = together;
  assert.equal(vote!.combination.by, 'soft-voting');
  assert.equal(stack!.combination.by, 'stacking');
  assert.ok(meanOf(vote!.folds) > best + 0.02, `${meanOf(vote!.folds)} and ${best}`);
  assert.ok(meanOf(stack!.folds) > best + 0.02, `${meanOf(stack!.folds)} and ${best}`);
  const weights = vote!.combination.by === 'soft-voting' ? vote!.combination.weights : [];
  assert.deepEqual(
    vote!.members.map(({ weight }) => weight),
    weights,
  );
  assert.deepEqual(vote!.outOfFold, blendScores(vote!.memberScores, weights));
  assert.equal(vote!.seconds, vote!.members.length);
});

test('combine trials: one that is best alone stays alone', async () => {
  const perfect = seen(1, 0);
  const blind = [2, 3].map((number) => ({
    ...seen(number, 0),
    outOfFold: new Float64Array(rows).fill(0.5),
    folds: [0.5, 0.5, 0.5, 0.5],
  }));
  const none = { together: [], isTrimmed: false };
  assert.deepEqual(await combineTrials([perfect, ...blind], task, ctx), none);
  assert.deepEqual(await combineTrials([perfect], task, ctx), none);
});

test('combine trials: weights that were chosen on noise don’t look better than noise', async () => {
  const noise = Array.from({ length: 12 }, (_, i) => {
    const own = createRandom(100 + i);
    const outOfFold = Float64Array.from({ length: rows }, () => own.uniform());
    return { ...seen(i + 1, 0), outOfFold, folds: foldValues(outOfFold) };
  });
  const { together: combined } = (await combineTrials(noise, task, ctx))!;
  const [vote] = combined;
  assert.ok(vote, 'something seems better together');
  // On the rows that chose them the weights look good; on those of a fold that had no part in it they don't.
  const asChosen = meanOf(foldValues(vote.outOfFold));
  assert.ok(asChosen > meanOf(vote.folds) + 0.01, `${asChosen} and ${meanOf(vote.folds)}`);
  for (const { folds: values } of combined)
    assert.ok(Math.abs(meanOf(values) - 0.5) < 0.04, String(meanOf(values)));
});

test('combine trials: takes no more than may be paid for, and fits that don’t repeat are passed on', async () => {
  const trials = [1, 2, 3, 4, 5, 6].map((number) => seen(number, 1.2, { seconds: 10 }));
  const all = await combineTrials(trials, task, ctx);
  assert.ok(all!.together[0]!.members.length > 3);
  for (const affordable of [60, 35, 20]) {
    const { together, isTrimmed } = (await combineTrials(
      trials,
      { ...task, affordable: () => affordable },
      ctx,
    ))!;
    const [vote] = together;
    assert.ok(isTrimmed || affordable === 60);
    assert.ok(vote!.seconds <= affordable, `${vote!.seconds} of ${affordable}`);
  }
  assert.deepEqual(await combineTrials(trials, { ...task, affordable: () => 9 }, ctx), {
    together: [],
    isTrimmed: true,
  });
  assert.equal(await combineTrials(trials, { ...task, scored: async () => null }, ctx), null);
});

test('combine trials: rows that no fold validates have no part in it', async () => {
  const trials = [seen(1, 1.2), seen(2, 1.2)];
  const late = folds.slice(1);
  const unseen = new Set(folds[0]!.validation);
  const parted = trials.map((trial) => ({
    ...trial,
    outOfFold: trial.outOfFold.map((p, row) => (unseen.has(row) ? Number.NaN : p)),
  }));
  const { together } = (await combineTrials(parted, { ...task, folds: late }, ctx))!;
  for (const { folds: values, outOfFold } of together) {
    assert.equal(values.length, 3);
    outOfFold.forEach((p, row) => void assert.equal(Number.isNaN(p), unseen.has(row)));
  }
});

test('library: the best of all and of every family, the simplest first', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('gradient-boosting', 'logistic-regression', 'prior'),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        {
          minLength: 1,
          maxLength: 60,
        },
      ),
      (made) => {
        const trials = made.map(
          ([id, mean], i): SearchedTrial => ({
            candidate: { id, params: {} },
            origin: 'drawn',
            share: 1,
            number: i + 1,
            folds: [mean],
            outcome: 'whole',
            seconds: 1,
            outOfFold: null,
          }),
        );
        const library = chooseLibrary(trials, 1, catalogue);
        assert.equal(library.length, Math.min(24, trials.length));
        const order = ['prior', 'logistic-regression', 'gradient-boosting'];
        const places = library.map(({ candidate }) => order.indexOf(candidate.id));
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
        for (const family of order) {
          const own = trials.filter(({ candidate }) => candidate.id === family);
          const taken = library.filter(({ candidate }) => candidate.id === family);
          assert.ok(taken.length >= Math.min(5, own.length));
          const worst = Math.min(...taken.map((one) => one.folds[0]!));
          assert.ok(own.every((one) => taken.includes(one) || one.folds[0]! <= worst));
        }
      },
    ),
    { numRuns: 25 },
  );
});
