import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { DataError, type HoldfastError } from '../base/errors.ts';
import { type ParallelMap, sequentialMap } from '../base/parallel.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../learn/context.ts';
import { defineClassifier } from '../learn/definition.ts';
import { runFitJob } from '../learn/fit.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { crossValidate } from './cross-validate.ts';
import { expandCandidates } from './grid.ts';
import { searchMethodById } from './methods/all.ts';
import type { RecordedFit } from './open-trial.ts';
import { runSearch, type SearchResult, type SearchTask } from './run-search.ts';

const random = createRandom(4);
const x = Array.from({ length: 90 }, () => random.normal());
const data = createDataset(
  createTable([numberColumn('x', x)]),
  x.map((value) => (value + 0.3 * random.normal() > 0 ? 1 : 0)),
);
const folds = foldRows(stratifiedFolds(data.labels, 3, createRandom(2)), 3);
const accuracy = (labels: Uint8Array, scores: Float64Array): number =>
  labels.reduce((right, label, i) => right + ((scores[i]! >= 0.5 ? 1 : 0) === label ? 1 : 0), 0) /
  labels.length;

/** Fits that take a second each of a clock that only they move; those above `bound` diverge on folds of which `isWild` is true. */
function world(bound = 3, isWild = (_: FitJob): boolean => true) {
  const seen: { rows: number; tilt: number }[] = [];
  let seconds = 0;
  const clock = { now: () => 1000 * seconds, cpuSeconds: () => seconds };
  /** P(churn) is above a half where x is above `tilt`, which is best at 0. */
  const tilted = defineClassifier({
    id: 'tilted',
    version: 1,
    title: 'Tilted',
    params: z.strictObject({
      tilt: z
        .number()
        .min(-2)
        .max(2)
        .default(1.9)
        .meta({ search: { type: 'linear', low: -2, high: 2 } }),
    }),
    tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: false },
    examples: [],
    async fit(given, { tilt }, ctx) {
      ctx.signal?.throwIfAborted();
      seconds++;
      ctx.signal?.throwIfAborted();
      seen.push({ rows: given.table.rowCount, tilt });
      return { tilt };
    },
    predictProba: ({ tilt }, table) =>
      requireColumn('tilted', table, 'x', 'number').values.map((value) => (value > tilt ? 0.9 : 0.1)),
    describe: () => 'tilted',
    simplicity: () => [1],
  });
  const catalogue = createCatalogue([tilted], []);
  const run = async (job: FitJob): Promise<FitAnswer> => {
    if ((job.params as { tilt: number }).tilt > bound && isWild(job))
      throw new DataError('learn.diverged', 'tilted: beyond all bounds', { who: 'tilted' });
    return runFitJob(job, { clock, catalogue, map: sequentialMap(run) });
  };
  const context = (map: ParallelMap<FitJob, FitAnswer> = sequentialMap(run)): Context => ({
    random: createRandom(7),
    clock,
    catalogue,
    map,
    note: () => {},
  });
  const task = (id: string, more: Partial<SearchTask> = {}): SearchTask => {
    const method = searchMethodById(id);
    return {
      method,
      ask: {
        grids: { tilted: id === 'grid' ? { tilt: [0, 1.5, 0.1, -1.5] } : {} },
        catalogue,
        trials: 14,
        random: createRandom(9),
        sign: 1,
        resource: 'rows',
        earlier: [],
      },
      endsBy: method.endsBy(undefined),
      wrap: (candidate) => candidate,
      data,
      folds,
      measure: accuracy,
      ...more,
    };
  };
  return { context, task, run, seen, secondsNow: () => seconds };
}

/** Without what a resumed search has not: scores and times of fits that it was told of. */
const told = ({ trials, isCut }: SearchResult) => ({
  isCut,
  trials: trials.map(({ outOfFold: _, seconds: __, ...trial }) => trial),
});

/** How each ended, after how many folds. */
const endsOf = (trials: SearchResult['trials']) =>
  trials.map(({ outcome, folds: values }) => [outcome, values.length]);

test('search: a grid tries every candidate on every fold, as cross-validation does', async () => {
  const { task, context } = world();
  const { trials, isCut } = await runSearch(task('grid'), context());
  const asked = task('grid');
  const candidates = expandCandidates(asked.ask.grids, asked.ask.catalogue);
  const expected = await crossValidate({ ...asked, candidates }, context());
  assert.deepEqual(
    trials.map(({ candidate, folds: values, outOfFold, seconds }) => ({
      candidate,
      folds: values,
      outOfFold,
      seconds,
    })),
    expected.map(({ notes: _, ...result }) => result),
  );
  assert.ok(!isCut && trials.every(({ outcome }) => outcome === 'whole'));
});

test('search: trials do not depend on the order in which fits end', async () => {
  for (const id of ['random', 'bayes', 'halving'] as const) {
    const { task, context, run } = world();
    const backwards: ParallelMap<FitJob, FitAnswer> = async (jobs, onDone) => {
      const answers: FitAnswer[] = [];
      for (const index of jobs.map((_, i) => i).reverse()) {
        answers[index] = await run(jobs[index]!);
        onDone?.(index, answers[index]);
      }
      return answers;
    };
    const forwards = await runSearch(task(id), context());
    assert.deepEqual(await runSearch(task(id), context(backwards)), forwards, id);
  }
});

test('search: killed after any fit it goes on with the same trials, and repeats no fit that was recorded', async () => {
  for (const id of ['grid', 'random', 'bayes', 'halving'] as const) {
    const whole = world();
    const expected = await runSearch(whole.task(id), whole.context());
    const total = whole.seen.length;
    for (let kill = 1; kill < total; kill += 9) {
      const { task, context, seen } = world();
      const recorded: RecordedFit[] = [];
      const dying = task(id, {
        record(fit) {
          recorded.push(fit);
          if (recorded.length === kill) throw new Error('killed');
        },
      });
      await assert.rejects(runSearch(dying, context()), /killed/);
      seen.length = 0;
      const again = await runSearch(task(id, { recorded }), context());
      assert.deepEqual(told(again), told(expected), `${id} after ${kill} of ${total} fits`);
      assert.deepEqual([seen.length, again.resumed], [total - kill, kill]);
      const kept = again.trials.filter(({ outOfFold }) => outOfFold !== null);
      for (const { number, outOfFold } of kept)
        assert.deepEqual(outOfFold, expected.trials[number - 1]!.outOfFold);
    }
  }
});

test('search: a trial hopelessly behind ends before its last fold; every fit or spared one is told', async () => {
  const { task, context, seen } = world();
  const heard: [number, number][] = [];
  const { trials } = await runSearch(
    task('random', { onFit: (done, total) => heard.push([done, total]) }),
    context(),
  );
  const early = trials.filter(({ outcome }) => outcome === 'behind');
  assert.ok(early.length > 0);
  assert.ok(
    trials.slice(0, 8).every(({ outcome }) => outcome === 'whole'),
    'there is no best before the first round',
  );
  for (const { folds: values, outOfFold } of early) assert.ok(values.length === 2 && outOfFold === null);
  assert.equal(seen.length, 14 * 3 - early.length);
  assert.deepEqual(heard.at(-1), [42, 42]);
  const kept = await runSearch({ ...task('random'), endsBy: [] }, context());
  assert.deepEqual(
    kept.trials.map(({ candidate }) => candidate),
    trials.map(({ candidate }) => candidate),
  );
});

test('search: at its end it gives up the fit under way; what has seen every fold counts', async () => {
  const { task, context, secondsNow } = world();
  const { trials, isCut, most } = await runSearch(task('grid', { endsAt: 7500 }), context());
  assert.deepEqual([isCut, most, secondsNow()], [true, 4, 8]);
  assert.deepEqual(endsOf(trials), [
    ['whole', 3],
    ['whole', 3],
    ['cut', 1],
    ['cut', 0],
  ]);
});

test('search: in the first round, where nothing can end early, a budget cuts one trial short rather than all', async () => {
  const { task, context } = world();
  const { trials } = await runSearch(task('bayes', { endsAt: 13_500 }), context());
  assert.deepEqual(endsOf(trials.slice(0, 6)), [...Array(4).fill(['whole', 3]), ['cut', 1], ['cut', 0]]);
});

test('search: the first trial is tried whole however early the end', async () => {
  for (const id of ['grid', 'bayes'] as const) {
    const { task, context, secondsNow } = world();
    const { trials } = await runSearch(task(id, { endsAt: 0 }), context());
    assert.equal(secondsNow(), 3);
    assert.deepEqual(
      trials.filter(({ outcome }) => outcome === 'whole').map(({ number }) => number),
      [1],
    );
  }
});

test('search: a candidate that diverges is given up and told; the others are tried as without it', async () => {
  const { task, context } = world();
  const expected = await runSearch(task('grid'), context());
  // 1.5 diverges on its second fold alone.
  const wild = world(1, ({ stream }) => stream.endsWith('fold:1'));
  const recorded: RecordedFit[] = [];
  const heard: [number, number][] = [];
  const kept = wild.task('grid', {
    record: (fit) => recorded.push(fit),
    onFit: (done, total) => heard.push([done, total]),
  });
  const { trials } = await runSearch(kept, wild.context());
  assert.deepEqual(endsOf(trials), [
    ['whole', 3],
    ['diverged', 1],
    ['whole', 3],
    ['whole', 3],
  ]);
  assert.deepEqual(
    trials.filter(({ outcome }) => outcome === 'whole'),
    expected.trials.filter(({ number }) => number !== 2),
  );
  assert.equal(trials[1]!.outOfFold, null);
  assert.deepEqual(heard.at(-1), [12, 12]);
  assert.deepEqual(
    recorded.filter(({ value }) => value === null).map(({ fold, candidate }) => [fold, candidate.params]),
    [[1, { tilt: 1.5 }]],
  );
});

test('search: with candidates that diverge it goes on where it was killed, with the same trials', async () => {
  for (const id of ['grid', 'random', 'bayes', 'halving', 'auto'] as const) {
    const whole = world(0.8);
    const all: RecordedFit[] = [];
    const expected = await runSearch(whole.task(id, { record: (fit) => all.push(fit) }), whole.context());
    const outcomes = expected.trials.map(({ outcome }) => outcome);
    assert.ok(outcomes.includes('diverged') && outcomes.includes('whole'), `${id}: ${outcomes}`);
    for (let kill = 1; kill < all.length; kill += 7) {
      const { task, context } = world(0.8);
      const again = await runSearch(task(id, { recorded: all.slice(0, kill) }), context());
      assert.deepEqual(told(again), told(expected), `${id} after ${kill} of ${all.length} fits`);
    }
  }
});

test('search: where all diverge it says so; however early the end, one that does not is looked for', async () => {
  const all = world(-3);
  await assert.rejects(runSearch(all.task('grid'), all.context()), (error: HoldfastError) => {
    assert.equal(error.code, 'learn.diverged');
    assert.match(error.message, /of 4 candidates \(tilted\) none .*preprocess\.numeric\.scale/);
    return true;
  });
  const first = world(-1);
  const { trials } = await runSearch(first.task('grid', { endsAt: 0 }), first.context());
  assert.deepEqual(
    trials.map(({ outcome }) => outcome),
    ['diverged', 'diverged', 'diverged', 'whole'],
  );
});

test('search: on a share of the rows a fit sees that share, and only trials on all of them have scores', async () => {
  const { task, context, seen } = world();
  const method = {
    ...searchMethodById('random'),
    next: (past: readonly unknown[]) =>
      [0.25, 0.5, 1].slice(past.length).map((share) => ({
        candidate: { id: 'tilted', params: { tilt: 0 } },
        origin: 'drawn' as const,
        share,
      })),
  };
  const { trials } = await runSearch({ ...task('random'), method, endsBy: [] }, context());
  // Each outcome is rounded on its own.
  [15, 15, 15, 30, 30, 30, 60, 60, 60].forEach((rows, i) => {
    assert.ok(Math.abs(seen[i]!.rows - rows) <= 1, `${seen[i]!.rows} of ${rows}`);
  });
  assert.deepEqual(
    trials.map(({ outOfFold }) => outOfFold !== null),
    [false, false, true],
  );
});
