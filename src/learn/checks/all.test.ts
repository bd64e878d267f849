/** The checks checked: honest definitions pass them all, and each planted fault is found by the check that is for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { numberColumn } from '../../table/column.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';
import { type AnyClassifier, type AnyTransformer, createCatalogue } from '../catalogue.ts';
import { defineClassifier, defineTransformer } from '../definition.ts';
import { centre, crowd, luck, midpoint, testCatalogue, total } from '../testing/definitions.ts';
import { allChecks, checkClassifier, checkTransformer, type Verdict, verdicts } from './all.ts';
import type { Definition } from './subject.ts';

async function verdictsOf(definition: Definition): Promise<Verdict[]> {
  const catalogue = createCatalogue(
    testCatalogue.classifiers.filter(({ id }) => id !== definition.id),
    testCatalogue.transformers.filter(({ id }) => id !== definition.id),
  );
  const found: Verdict[] = [];
  for await (const verdict of verdicts(definition, catalogue)) found.push(verdict);
  return found;
}

const broken = async (definition: Definition): Promise<string[]> =>
  (await verdictsOf(definition)).filter(({ outcome }) => outcome === 'broken').map(({ check }) => check);

test('checks: honest steps and models pass every one', async () => {
  for (const definition of [centre, total, midpoint]) {
    const failed = (await verdictsOf(definition)).filter(({ outcome }) => outcome !== 'held');
    assert.deepEqual(failed, [], definition.id);
  }
});

test('checks: models of luck fail only where learning is asked for', async () => {
  assert.deepEqual(await broken(luck), ['classifier/beats-prior', 'classifier/finds-nothing-in-noise']);
  assert.ok((await broken(crowd)).includes('classifier/beats-prior'));
});

test('checks: ids are unique, every one has a title, a role owes only its own', () => {
  const ids = checkClassifier(midpoint, testCatalogue).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => id.startsWith('classifier/')));
  assert.ok(!ids.includes('classifier/columns-out') && ids.includes('classifier/probabilities'));
  const steps = checkTransformer(centre, testCatalogue).map(({ id }) => id);
  assert.ok(steps.includes('transformer/columns-out') && !steps.includes('transformer/probabilities'));
  assert.ok(allChecks.every(({ title }) => title.length > 10));
});

test('checks: a user runs one check with one example and hears a sentence', async () => {
  const check = checkClassifier(luck, testCatalogue).find(({ id }) => id === 'classifier/beats-prior');
  await assert.rejects(check!.run(luck.examples[0]!), { message: /Brier score is .* is due/ });
});

// --- Planted faults: one honest definition, changed in one place. ---

let calls = 0;
const stepSpec = {
  id: 'step',
  version: 1,
  title: 'Step',
  params: z.strictObject({ by: z.number().min(0).max(10).default(1).describe('How much is added.') }),
  tags: { kinds: ['number' as const], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }],
  fit: async (data: { table: Table }, { by }: { by: number }) => ({
    by,
    names: data.table.columns.map(({ name }) => name),
  }),
  transform: (fitted: { by: number; names: string[] }, table: Table) =>
    createTable(
      fitted.names.map((name) => {
        const { values } = requireColumn('step', table, name, 'number');
        const made = values.map((value) => value + fitted.by);
        const row = made.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
        if (row >= 0) made.fill(0);
        return numberColumn(name, made);
      }),
      table.rowCount,
    ),
  columnsOut: (fitted: { names: string[] }) =>
    fitted.names.map((name) => ({ name, kind: 'number' as const, from: [name] })),
  describe: (fitted: { by: number }) => `Adds ${fitted.by} to everything.`,
};
type StepChange = { [K in keyof typeof stepSpec]?: unknown } & { skips?: unknown; fitTransform?: unknown };
const step = (change: StepChange): AnyTransformer =>
  defineTransformer({ ...stepSpec, ...change } as unknown as Parameters<typeof defineTransformer>[0]);

const mapValues =
  (change: (values: Float64Array, name: string) => Float64Array) =>
  (fitted: { names: string[] }, table: Table) =>
    createTable(
      fitted.names.map((name) =>
        numberColumn(name, change(requireColumn('step', table, name, 'number').values, name)),
      ),
      table.rowCount,
    );

const faultySteps: readonly [string, string, StepChange][] = [
  ['its id is no kebab-case', 'identity', { id: 'myStep' }],
  ['it comes without an upgrade', 'identity', { version: 2 }],
  ['its description has NaN in it', 'describe', { describe: () => 'Adds NaN to everything.' }],
  ['its description is empty', 'describe', { describe: () => '' }],
  [
    'a parameter has no text',
    'params-explained',
    { params: z.strictObject({ by: z.number().min(0).default(1) }) },
  ],
  [
    'a parameter has no default',
    'params-explained',
    { params: z.strictObject({ by: z.number().describe('How much.') }), examples: [{ params: { by: 1 } }] },
  ],
  [
    'the default is not allowed',
    'params-explained',
    {
      params: z.strictObject({ by: z.number().min(2).prefault(1).describe('How much.') }),
      examples: [{ params: { by: 3 } }],
    },
  ],
  [
    'unknown parameters pass',
    'param-unknown',
    { params: z.object({ by: z.number().default(1).describe('How much.') }) },
  ],
  [
    'a wrong value becomes the default',
    'param-value',
    { params: z.strictObject({ by: z.number().min(0).default(1).catch(1).describe('How much.') }) },
  ],
  [
    'the search leaves the range',
    'param-search',
    {
      params: z.strictObject({
        by: z
          .number()
          .min(0)
          .default(1)
          .describe('How much.')
          .meta({ search: { type: 'linear', low: -1, high: 1 } }),
      }),
    },
  ],
  [
    'fitting changes its data',
    'inputs-untouched',
    {
      fit: async (data: { table: Table }) => {
        const [column] = data.table.columns;
        if (column?.kind === 'number' && column.values.length > 0) column.values[0]! += 1;
        return { by: 1, names: data.table.columns.map(({ name }) => name) };
      },
    },
  ],
  ['applying changes its table', 'inputs-untouched', { transform: mapValues((values) => values.fill(1)) }],
  [
    'two fits differ',
    'same-seed-same-bytes',
    {
      fit: async (data: { table: Table }) => ({
        by: calls++,
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'the first training row decides',
    'fit-row-order',
    {
      fit: async (data: { table: Table }) => {
        const [column] = data.table.columns;
        return {
          by: column?.kind === 'number' ? (column.values[0] ?? 0) || 0 : 0,
          names: data.table.columns.map(({ name }) => name),
        };
      },
    },
  ],
  [
    'it draws and says it does not',
    'tag-random',
    {
      fit: async (data: { table: Table }, _: unknown, ctx: { random: { uniform(): number } }) => ({
        by: ctx.random.uniform(),
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'its state holds NaN',
    'plain-state',
    {
      fit: async (data: { table: Table }) => ({
        by: 1,
        other: Number.NaN,
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'its state is a view on shared memory',
    'plain-state',
    {
      fit: async (data: { table: Table }) => ({
        by: 1,
        other: data.table.columns.flatMap((column) => (column.kind === 'number' ? [column.values] : [])),
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'its state holds a function',
    'clone',
    {
      fit: async (data: { table: Table }) => ({
        by: 1,
        other: () => 1,
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'its state holds a map',
    'save-and-load',
    {
      fit: async (data: { table: Table }) => ({
        by: 1,
        other: new Map([[1, 2]]),
        names: data.table.columns.map(({ name }) => name),
      }),
    },
  ],
  [
    'the batch decides',
    'row-alone',
    { transform: mapValues((values) => values.map((value) => value - (values.at(-1) ?? 0))) },
  ],
  [
    'the place of a row decides',
    'row-order',
    { transform: mapValues((values) => values.map((value, row) => value + row)) },
  ],
  [
    'the mean of the batch decides',
    'other-rows',
    {
      transform: mapValues((values) =>
        values.map((value) => value - values.reduce((sum, each) => sum + each / values.length, 0)),
      ),
    },
  ],
  [
    'the first training column decides',
    'fit-column-order',
    {
      fit: async (data: { table: Table }) => {
        const [column] = data.table.columns;
        const values = column?.kind === 'number' ? column.values : new Float64Array(0);
        const present = values.filter((value) => Math.abs(value) < 1e6);
        return { by: Math.max(0, ...present), names: data.table.columns.map(({ name }) => name) };
      },
    },
  ],
  ['it names too few columns', 'columns-out', { columnsOut: () => [] }],
  [
    'it names another kind',
    'columns-out',
    {
      columnsOut: (fitted: { names: string[] }) =>
        fitted.names.map((name) => ({ name, kind: 'boolean', from: [name] })),
    },
  ],
  [
    'a source is no input',
    'columns-from',
    {
      columnsOut: (fitted: { names: string[] }) =>
        fitted.names.map((name) => ({ name, kind: 'number', from: ['elsewhere'] })),
    },
  ],
  [
    'a source is kept quiet',
    'columns-from-whole',
    {
      transform: (fitted: { names: string[] }, table: Table) => {
        const [first] = table.columns;
        return createTable(
          fitted.names.map((name) => ({ ...first!, name })),
          table.rowCount,
        );
      },
    },
  ],
  [
    'fitting with the training rows gives another state',
    'training-rows',
    {
      fitTransform: async (data: { table: Table }) => ({
        state: { by: 2, names: data.table.columns.map(({ name }) => name) },
        table: data.table,
      }),
    },
  ],
  [
    'the training rows get other columns',
    'training-rows',
    {
      fitTransform: async (data: { table: Table }, { by }: { by: number }) => ({
        state: { by, names: data.table.columns.map(({ name }) => name) },
        table: createTable([], data.table.rowCount),
      }),
    },
  ],
  [
    'an empty table makes it stumble',
    'no-rows-to-apply',
    {
      transform: mapValues((values) => {
        if (values.length === 0) throw new Error('nothing here');
        return values;
      }),
    },
  ],
  [
    'a constant column gives NaN',
    'constant-columns',
    {
      fit: async (data: { table: Table }) => ({
        by: 1,
        ranges: data.table.columns.map((column) =>
          column.kind === 'number' ? Math.max(...column.values) - Math.min(...column.values) : 1,
        ),
        names: data.table.columns.map(({ name }) => name),
      }),
      transform: (fitted: { names: string[]; ranges: number[] }, table: Table) =>
        createTable(
          fitted.names.map((name, i) => {
            const { values } = requireColumn('step', table, name, 'number');
            return numberColumn(
              name,
              values.map((value) => (value - value) / fitted.ranges[i]!),
            );
          }),
          table.rowCount,
        ),
    },
  ],
  [
    'a huge number gives infinity',
    'huge-values',
    { transform: mapValues((values) => values.map((value) => value * value)) },
  ],
  [
    'one row makes it crash',
    'one-row-to-fit',
    {
      fit: async (data: { table: Table }) => {
        if (data.table.rowCount === 1) throw new Error('too lonely');
        return { by: 1, names: data.table.columns.map(({ name }) => name) };
      },
    },
  ],
  [
    'missing values are made of nothing',
    'tag-missing',
    { transform: mapValues((values) => values.map((value, row) => (row % 5 === 0 ? Number.NaN : value))) },
  ],
  [
    'missing values pass though it says they may not',
    'tag-missing',
    { tags: { kinds: ['number'], acceptsMissing: false, isRandom: false } },
  ],
];

for (const [fault, check, change] of faultySteps) {
  test(`checks: a step is caught by ${check} when ${fault}`, async () => {
    assert.ok((await broken(step(change))).includes(`transformer/${check}`));
  });
}

test('checks: the step that the faults are planted in has none', async () => {
  assert.deepEqual(await broken(step({})), []);
});

test('checks: a level is known by name, and a check sees when it is not', async () => {
  const byCode = defineTransformer({
    id: 'by-code',
    version: 1,
    title: 'By code',
    params: z.strictObject({}),
    tags: { kinds: ['category'], acceptsMissing: true, isRandom: false },
    examples: [{ params: {} }],
    fit: async (data) => ({ names: data.table.columns.map(({ name }) => name) }),
    transform: ({ names }, table) =>
      createTable(
        names.map((name) =>
          numberColumn(name, Array.from(requireColumn('by-code', table, name, 'category').codes)),
        ),
        table.rowCount,
      ),
    columnsOut: ({ names }) => names.map((name) => ({ name, kind: 'number', from: [name] })),
    describe: () => 'Codes as numbers.',
  });
  assert.deepEqual(await broken(byCode), ['transformer/level-order']);
});

const model = (change: Record<string, unknown>): AnyClassifier =>
  defineClassifier({
    ...Object.fromEntries(Object.entries(midpoint)),
    role: undefined,
    ...change,
  } as unknown as Parameters<typeof defineClassifier>[0]);

const always = (value: number) => (_: unknown, table: Table) => new Float64Array(table.rowCount).fill(value);

const faultyModels: readonly [string, string, Record<string, unknown>][] = [
  ['a score is above 1', 'probabilities', { predictProba: always(1.5) }],
  ['a score is NaN', 'probabilities', { predictProba: always(Number.NaN) }],
  ['a score is missing', 'probabilities', { predictProba: () => new Float64Array(1) }],
  ['it learns nothing', 'beats-prior', { predictProba: always(0.4) }],
  ['it is far too sure', 'finds-nothing-in-noise', { predictProba: always(1) }],
  ['its simplicity is endless', 'simplicity', { simplicity: () => [Number.POSITIVE_INFINITY] }],
  [
    'its contributions do not add up',
    'contributions',
    {
      contributions: (_: unknown, table: Table) => ({
        link: 'probability',
        base: 0.1,
        columns: ['callCount'],
        values: new Float64Array(table.rowCount),
      }),
    },
  ],
  [
    'it takes weights and does not look at them',
    'weights-repeat',
    { tags: { ...midpoint.tags, acceptsWeights: true } },
  ],
];

for (const [fault, check, change] of faultyModels) {
  test(`checks: a model is caught by ${check} when ${fault}`, async () => {
    assert.ok((await broken(model(change))).includes(`classifier/${check}`));
  });
}

test('checks: a model is caught by worker-order when its jobs share a stream', async () => {
  const shared = model({
    tags: crowd.tags,
    async fit(data: unknown, _: unknown, ctx: Parameters<typeof crowd.fit>[2]) {
      const order: number[] = [];
      const job = { id: 'luck', params: {}, data: data as Parameters<typeof crowd.fit>[0], stream: '1' };
      await ctx.map([job, job, job], (index) => order.push(index));
      return { columns: [], rate: 0.5, order };
    },
  });
  assert.ok((await broken(shared)).includes('classifier/worker-order'));
});

test('checks: a model is caught by one-class when it would fit on one outcome', async () => {
  // The grammar refuses for every model, so the refusal must not depend on the definition.
  assert.ok(!(await broken(midpoint)).includes('classifier/one-class'));
});

test('checks: a skip is honoured while it is needed', async () => {
  const skipping = model({
    fit: async () => ({}),
    predictProba: always(0.4),
    describe: () => 'Always the same.',
    tags: { ...midpoint.tags, acceptsMissing: true },
    skips: [{ check: 'classifier/beats-prior', reason: 'it is no real model' }],
  });
  const verdict = (await verdictsOf(skipping)).find(({ check }) => check === 'classifier/beats-prior');
  assert.equal(verdict?.outcome, 'skipped');
  assert.equal(verdict.sentence, 'it is no real model');
  assert.deepEqual(await broken(skipping), []);
});

test('checks: a skip that is no longer needed fails', async () => {
  const skipping = model({ skips: [{ check: 'classifier/beats-prior', reason: 'it is no real model' }] });
  const failed = (await verdictsOf(skipping)).filter(({ outcome }) => outcome === 'broken');
  assert.deepEqual(
    failed.map(({ sentence }) => sentence),
    ['midpoint: skip of classifier/beats-prior is no longer needed'],
  );
});

test('checks: a skip of no known check, or without a reason, fails', async () => {
  const strange = model({ skips: [{ check: 'classifier/no-such', reason: 'why not' }] });
  assert.equal((await broken(strange)).length, checkClassifier(strange, testCatalogue).length);
  const silent = step({ skips: [{ check: 'transformer/describe', reason: ' ' }] });
  assert.ok((await broken(silent)).length > 0);
});

test('checks: a definition without an example fails every check', async () => {
  const found = await verdictsOf(step({ examples: [] }));
  assert.ok(found.every(({ outcome, runs }) => outcome === 'broken' && runs === 0));
});
