import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createCatalogue } from '../learn/catalogue.ts';
import { defineClassifier } from '../learn/definition.ts';
import { fitTransformer } from '../learn/fit.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { testContext } from './testing/fit.ts';
import { type TopKState, topK } from './top-k.ts';

/** A model that leans on columns as their first row says. */
const spec = {
  id: 'first-row',
  version: 1,
  title: 'First row',
  params: z.strictObject({}),
  tags: { kinds: ['number' as const], acceptsMissing: false, acceptsWeights: true, isRandom: false },
  examples: [{ params: {} }],
  fit: async (data: ReturnType<typeof createDataset>) => ({
    leans: Float64Array.from(data.table.columns, (column) =>
      column.kind === 'number' ? column.values[0]! : 0,
    ),
  }),
  predictProba: () => new Float64Array(0),
  describe: () => 'Leans as the first row says.',
  simplicity: () => [1],
};
const leaning = defineClassifier({ ...spec, importances: ({ leans }: { leans: Float64Array }) => leans });
const silent = defineClassifier({ ...spec, id: 'silent' });
const ctx = { ...testContext(), catalogue: createCatalogue([leaning, silent], [topK]) };

const table = createTable([
  numberColumn('a', [2, 0]),
  numberColumn('b', [5, 0]),
  numberColumn('c', [2, 0]),
  numberColumn('d', [9, 0]),
  numberColumn('e', [0, 0]),
]);
const data = createDataset(table, [1, 0]);
const model = (id: string) => ({ id, params: {} });
const stateOf = async (k: number): Promise<TopKState> =>
  (await fitTransformer(topK({ k, model: model('first-row') }), data, ctx)).state as TopKState;

test('top-k: the columns of largest importance stay, in their own order; of equals the earlier', async () => {
  const { kept, importances, dropped } = await stateOf(3);
  assert.deepEqual(
    kept.map(({ name }) => name),
    ['a', 'b', 'd'],
  );
  assert.deepEqual(importances, [2, 5, 9]);
  assert.deepEqual(dropped, ['c', 'e']);
});

test('top-k: with no more columns than k all stay and no model is fitted', async () => {
  const { kept, importances } = await stateOf(5);
  assert.equal(kept.length, 5);
  assert.deepEqual(importances, []);
});

test('top-k: a model that does not tell how it leans on columns is refused, with those that do', async () => {
  await assert.rejects(fitTransformer(topK({ k: 1, model: model('silent') }), data, ctx), {
    code: 'param.value',
    message: /model must be one of first-row, got silent/,
  });
  await assert.rejects(fitTransformer(topK({ k: 1, model: model('lost') }), data, ctx), {
    code: 'catalogue.unknown',
  });
});
