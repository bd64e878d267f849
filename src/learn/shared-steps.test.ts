import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { columnNames, selectColumns } from '../table/table.ts';
import { createCatalogue } from './catalogue.ts';
import { exampleData } from './checks/data.ts';
import type { Context } from './context.ts';
import { defineTransformer } from './definition.ts';
import { fitClassifier } from './fit.ts';
import { pipeline } from './pipeline.ts';
import { midpoint, testCatalogue, testContext, total } from './testing/definitions.ts';

/** Passes columns on, counts its fits, tells of each in a note, and draws a number where it is told to. */
function counting(draws: boolean): { step: ReturnType<typeof define>; fits: () => number } {
  let fits = 0;
  const step = define((ctx) => {
    fits++;
    ctx.note({ code: 'counting.fitted', message: 'counting: fitted' });
    if (draws) ctx.random.fork('own').uniform();
  });
  return { step, fits: () => fits };
}

const define = (onFit: (ctx: Context) => void) =>
  defineTransformer({
    id: 'counting',
    version: 1,
    title: 'Counting',
    params: z.strictObject({ name: z.string().default('a').describe('Tells two steps apart.') }),
    tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
    examples: [],
    async fit(fitted, _, ctx): Promise<{ names: string[] }> {
      onFit(ctx);
      return { names: columnNames(fitted.table) };
    },
    transform: ({ names }, table) => selectColumns(table, names),
    columnsOut: ({ names }) => names.map((name) => ({ name, kind: 'number' as const, from: [name] })),
    describe: () => 'Counts.',
  });

function world(draws = false) {
  const { step, fits } = counting(draws);
  const catalogue = createCatalogue(testCatalogue.classifiers, [...testCatalogue.transformers, step]);
  const { ctx, notes } = testContext();
  const fit = (data: ReturnType<typeof exampleData>, name = 'a') =>
    fitClassifier(pipeline({ steps: [step({ name }), total()], model: midpoint() }), data, {
      ...ctx,
      catalogue,
    });
  return { fit, fits, notes };
}

const data = exampleData({ kinds: ['number'] });

test('shared steps: pipelines on the same data set fit a step once, with the same result and notes for each', async () => {
  const { fit, fits, notes } = world();
  const first = await fit(data);
  assert.deepEqual(await fit(data), first);
  assert.equal(fits(), 1);
  assert.deepEqual(
    notes.map(({ message }) => message),
    ['counting: fitted', 'counting: fitted'],
  );
});

test('shared steps: other rows, other parameters or another catalogue have a fit of their own', async () => {
  const { fit, fits } = world();
  await fit(data);
  await fit({ ...data });
  await fit(data, 'b');
  assert.equal(fits(), 3);
  const other = world();
  await other.fit(data);
  assert.equal(other.fits(), 1);
});

test('shared steps: a step that draws random numbers is fitted for each pipeline', async () => {
  const { fit, fits } = world(true);
  await fit(data);
  await fit(data);
  assert.equal(fits(), 2);
});
