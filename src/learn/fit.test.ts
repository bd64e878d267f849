import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { createRandom } from '../base/random.ts';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { createCatalogue } from './catalogue.ts';
import { exampleData } from './checks/data.ts';
import { columnRouter } from './column-router.ts';
import type { Context, FitJob } from './context.ts';
import { defineClassifier, defineTransformer } from './definition.ts';
import {
  columnsOut,
  describe,
  fitAndTransform,
  fitClassifier,
  fitTransformer,
  importances,
  runFitJob,
  score,
  transform,
} from './fit.ts';
import {
  centre,
  crowd,
  jobContext,
  luck,
  midpoint,
  testCatalogue,
  testContext,
  total,
} from './testing/definitions.ts';

const data = exampleData({ kinds: ['number'] });
const { ctx } = testContext();

test('fit: a fitted value is plain data that names what it was fitted on', async () => {
  const fitted = await fitClassifier(midpoint(), data, ctx);
  assert.deepEqual(
    { ...fitted, state: null },
    {
      role: 'classifier',
      id: 'midpoint',
      version: 1,
      params: {},
      inputs: [
        { name: 'tenureYears', kind: 'number' },
        { name: 'chargeChange', kind: 'number' },
        { name: 'callCount', kind: 'number' },
      ],
      state: null,
    },
  );
});

test('fit: parameters are checked again, so plain data from a file cannot slip by', async () => {
  await assert.rejects(fitClassifier({ id: 'crowd', params: { size: -1 } }, data, ctx), {
    code: 'param.value',
    fields: { who: 'crowd', param: 'size' },
  });
  await assert.rejects(fitTransformer({ id: 'centre', params: { sufix: 'a' } }, data, ctx), {
    code: 'param.unknown',
  });
});

test('fit: what no catalogue knows is refused', async () => {
  await assert.rejects(fitClassifier({ id: 'midpont', params: {} }, data, ctx), {
    code: 'catalogue.unknown',
    message: /did you mean midpoint\?/,
  });
});

test('fit: no rows, one outcome, wrong weights and wrong kinds are refused each with its own code', async () => {
  const none = createDataset(createTable([numberColumn('a', [])]), []);
  const same = createDataset(createTable([numberColumn('a', [1, 2])]), [1, 1]);
  const text = createDataset(createTable([categoryColumn('plan', ['x', 'y'])]), [0, 1]);
  await assert.rejects(fitClassifier(midpoint(), none, ctx), {
    code: 'learn.no-rows',
    fields: { who: 'midpoint' },
  });
  await assert.rejects(fitTransformer(centre(), none, ctx), {
    code: 'learn.no-rows',
    fields: { who: 'centre' },
  });
  await assert.rejects(fitClassifier(midpoint(), same, ctx), {
    code: 'learn.one-class',
    message: 'midpoint: all 2 rows have the same outcome, two needed; add customers of the other',
  });
  await assert.rejects(fitTransformer(centre(), text, ctx), {
    code: 'column.kind',
    fields: { who: 'centre', column: 'plan', kind: 'category' },
  });
  const ofChurned = Float64Array.from(data.labels);
  await assert.rejects(fitClassifier(crowd(), { ...data, weights: ofChurned }, ctx), {
    code: 'learn.one-class',
    message: /rows of a weight above 0 have the same outcome/,
  });
  const weights = new Float64Array(data.labels.length).fill(1);
  await assert.rejects(fitClassifier(midpoint(), { ...data, weights }, ctx), {
    code: 'learn.weights',
    message: 'midpoint: does not accept row weights; leave them out',
  });
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0, 1e308, 5e-324]) {
    await assert.rejects(fitClassifier(crowd(), { ...data, weights: weights.map(() => wrong) }, ctx), {
      code: 'learn.weights',
    });
  }
});

test('score: finds columns by name in any order, ignores others, refuses what is missing or of another kind', async () => {
  const fitted = await fitClassifier(midpoint(), data, ctx);
  const { table } = exampleData({ kinds: ['number'], seed: 2 });
  const due = score(fitted, table, testCatalogue);
  const extra = categoryColumn('plan', new Array<string>(table.rowCount).fill('x'));
  const reversed = createTable([extra, ...[...table.columns].reverse()]);
  assert.deepEqual(score(fitted, reversed, testCatalogue), due);
  assert.throws(() => score(fitted, createTable(table.columns.slice(1)), testCatalogue), {
    code: 'column.missing',
    fields: { who: 'midpoint', column: 'tenureYears' },
  });
  const other = categoryColumn('tenureYears', new Array<string>(table.rowCount).fill('x'));
  assert.throws(() => score(fitted, createTable([other, ...table.columns.slice(1)]), testCatalogue), {
    code: 'column.kind',
    fields: { who: 'midpoint', column: 'tenureYears', kind: 'category' },
  });
});

test('score: numbers that are no probabilities are refused, as a changed model file may hold them', async () => {
  const fitted = await fitClassifier(midpoint(), data, ctx);
  for (const wrong of [Number.NaN, -0.1, 1.5, Number.POSITIVE_INFINITY]) {
    const liar = defineClassifier({
      id: 'midpoint',
      version: 1,
      title: 'Liar',
      params: z.strictObject({}),
      tags: { kinds: ['number'], acceptsMissing: false, acceptsWeights: false, isRandom: false },
      examples: [],
      fit: async () => ({}),
      predictProba: (_, table) => new Float64Array(table.rowCount).fill(wrong),
      describe: () => '',
      simplicity: () => [1],
    });
    assert.throws(() => score(fitted, data.table, createCatalogue([liar], [])), { code: 'model.damaged' });
  }
});

test('score: an estimator that is not fitted, and a fitted step, are refused by the compiler', async () => {
  const step = await fitTransformer(centre(), data, ctx);
  // @ts-expect-error an estimator has no state
  assert.throws(() => score(midpoint(), data.table, testCatalogue));
  // @ts-expect-error a fitted step is no model
  assert.throws(() => score(step, data.table, testCatalogue), { code: 'catalogue.unknown' });
  // @ts-expect-error an estimator has no state
  assert.throws(() => transform(centre(), data.table, testCatalogue));
});

test('transform: gives the columns that columnsOut names, and fitAndTransform the same for the training rows', async () => {
  const { fitted, data: made } = await fitAndTransform(centre({ suffix: '!' }), data, ctx);
  assert.deepEqual(made.table, transform(fitted, data.table, testCatalogue));
  assert.deepEqual(
    columnsOut(fitted, testCatalogue).map(({ name, from }) => [name, from]),
    [
      ['tenureYears!', ['tenureYears']],
      ['chargeChange!', ['chargeChange']],
      ['callCount!', ['callCount']],
    ],
  );
  assert.equal(made.labels, data.labels);
  assert.equal(describe(fitted, testCatalogue), '3 columns centred.');
});

test('fitAndTransform: a step may make of its training rows what transform would not, also on a route of a router', async () => {
  const marking = defineTransformer({
    id: 'marking',
    version: 1,
    title: 'Marking',
    params: z.strictObject({}),
    tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
    examples: [{ params: {} }],
    fit: async () => null,
    fitTransform: async ({ table }) => ({ state: null, table: marked(table.rowCount, 1) }),
    transform: (_state, table) => marked(table.rowCount, 2),
    columnsOut: () => [{ name: 'mark', kind: 'number', from: ['tenureYears'] }],
    describe: () => 'Marks training rows.',
  });
  const marked = (rows: number, mark: number) =>
    createTable([numberColumn('mark', new Float64Array(rows).fill(mark))], rows);
  const catalogue = createCatalogue([], [marking, columnRouter]);
  const routed = columnRouter({ routes: [{ columns: ['tenureYears'], steps: [marking()] }] });
  for (const estimator of [marking(), routed]) {
    const made = await fitAndTransform(estimator, data, { ...ctx, catalogue });
    assert.deepEqual(made.data.table, marked(data.table.rowCount, 1));
    assert.deepEqual(transform(made.fitted, data.table, catalogue), marked(data.table.rowCount, 2));
    assert.deepEqual(made.fitted, await fitTransformer(estimator, data, { ...ctx, catalogue }));
  }
});

test('importances: in the order of the inputs, or undefined where a model tells none', async () => {
  const fitted = await fitClassifier(midpoint(), data, ctx);
  assert.equal(importances(fitted, testCatalogue), undefined);
  const telling = createCatalogue(
    [defineClassifier({ ...midpoint, importances: () => Float64Array.of(3, 1, 2) })],
    [],
  );
  assert.deepEqual([...importances(fitted, telling)!], [3, 1, 2]);
});

/** A model whose state has changed shape twice: { rate } -> { share } -> { shares }. */
const aged = (version: number, upgrades?: NonNullable<Parameters<typeof defineClassifier>[0]['upgrades']>) =>
  createCatalogue(
    [
      defineClassifier<z.ZodObject, { shares: number[] }>({
        id: 'aged',
        version,
        title: 'Aged',
        params: z.strictObject({}),
        tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: false },
        examples: [{ params: {} }],
        ...(upgrades ? { upgrades } : {}),
        fit: async () => ({ shares: [0.5] }),
        predictProba: ({ shares }, table) => new Float64Array(table.rowCount).fill(shares[0]!),
        describe: ({ shares }) => `${shares.length} shares.`,
        simplicity: () => [0],
      }),
    ],
    [],
  );
const upgrades = {
  1: (state: unknown) => ({ share: (state as { rate: number }).rate }),
  2: (state: unknown) => ({ shares: [(state as { share: number }).share] }),
};
const old = {
  role: 'classifier',
  id: 'aged',
  version: 1,
  params: {},
  inputs: [],
  state: { rate: 0.25 },
} as const;

test('score: an old state is upgraded step by step, and itself left as it was', () => {
  const catalogue = aged(3, upgrades);
  assert.deepEqual(score(old, createTable([], 2), catalogue), Float64Array.of(0.25, 0.25));
  assert.deepEqual(
    score({ ...old, version: 2, state: { share: 0.75 } }, createTable([], 1), catalogue),
    Float64Array.of(0.75),
  );
  assert.equal(describe(old, catalogue), '1 shares.');
  assert.deepEqual(old.state, { rate: 0.25 });
});

test('score: a state from the future is refused, and so is one without a way up', () => {
  assert.throws(() => score({ ...old, version: 4 }, createTable([], 1), aged(3, upgrades)), {
    code: 'model.newer',
    message: 'aged: state of version 4, this Holdfast knows up to 3; update Holdfast',
  });
  assert.throws(() => score(old, createTable([], 1), aged(3, { 1: upgrades[1] })), {
    code: 'model.damaged',
    fields: { who: 'aged' },
  });
});

test('fit jobs: for any order of the jobs, each gives the same', async () => {
  const jobs: FitJob[] = Array.from({ length: 6 }, (_, i) => ({
    id: i % 2 === 0 ? 'luck' : 'crowd',
    params: {},
    data,
    stream: createRandom(1).fork('job', i).path,
  }));
  const run = async (order: readonly number[]): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const i of order) answers[i] = await runFitJob(jobs[i]!, jobContext());
    return answers;
  };
  const due = await run([0, 1, 2, 3, 4, 5]);
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
  await fc.assert(
    fc.asyncProperty(order, async (places) => assert.deepEqual(await run(places), due)),
    { numRuns: 20 },
  );
  const states = due.map((answer) => JSON.stringify((answer as { fitted: { state: unknown } }).fitted.state));
  assert.equal(new Set(states).size, 6, 'streams of other names draw other numbers');
});

test('fit jobs: an answer brings the notes and the time of its own fit', async () => {
  let seconds = 1;
  const ticking: Omit<Context, 'random' | 'note'> = {
    ...jobContext(),
    clock: { now: () => 0, cpuSeconds: () => seconds++ },
  };
  const answer = await runFitJob({ id: luck.id, params: {}, data, stream: '1' }, ticking);
  assert.deepEqual(answer.notes, [{ code: 'luck.drawn', message: 'luck: one number drawn' }]);
  assert.equal(answer.cpuSeconds, 1);
});

test('fit: a step that adds columns up says of what', async () => {
  const fitted = await fitTransformer(total({ as: 'sum' }), data, ctx);
  assert.deepEqual(columnsOut(fitted, testCatalogue), [
    { name: 'sum', kind: 'number', from: ['callCount', 'chargeChange', 'tenureYears'] },
  ]);
});
