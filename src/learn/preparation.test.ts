/** What a model says of the columns in front of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createCatalogue } from './catalogue.ts';
import { exampleData } from './checks/data.ts';
import { defineClassifier } from './definition.ts';
import { contributionSources, fitClassifier, preparationOf } from './fit.ts';
import { pipeline } from './pipeline.ts';
import { centre, midpoint, testCatalogue, testContext, total } from './testing/definitions.ts';

test('preparation: full unless the model says otherwise, and then by its parameters', () => {
  const picky = defineClassifier({
    id: 'picky',
    version: 1,
    title: 'Picky',
    params: z.strictObject({ raw: z.boolean().default(true).describe('As they come.') }),
    tags: midpoint.tags,
    examples: [],
    fit: () => Promise.resolve(null),
    predictProba: (_, table) => new Float64Array(table.rowCount).fill(0.5),
    describe: () => 'Never fitted.',
    simplicity: () => [0],
    preparation: ({ raw }) => (raw ? 'native' : 'full'),
  });
  const catalogue = createCatalogue([...testCatalogue.classifiers, picky], []);
  assert.equal(preparationOf(midpoint(), catalogue), 'full');
  assert.equal(preparationOf(picky(), catalogue), 'native');
  assert.equal(preparationOf(picky({ raw: false }), catalogue), 'full');
});

test('contribution sources: a pipeline names the inputs behind each column, a model of its inputs names none', async () => {
  const data = exampleData({ kinds: ['number'] });
  const { ctx } = testContext();
  const fitted = await fitClassifier(pipeline({ steps: [centre(), total()], model: midpoint() }), data, ctx);
  assert.deepEqual(
    [...contributionSources(fitted, testCatalogue)!],
    [['total', ['callCount', 'chargeChange', 'tenureYears']]],
  );
  const alone = await fitClassifier(midpoint(), data, ctx);
  assert.equal(contributionSources(alone, testCatalogue), undefined);
});
