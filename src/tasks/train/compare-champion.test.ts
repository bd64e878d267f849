import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createRandom } from '../../base/random.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { defineClassifier } from '../../learn/definition.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import type { JudgedBy } from '../learned-keys.ts';
import type { LoadedModel } from '../ports.ts';
import { compareWithChampion } from './compare-champion.ts';

/** Gives the first column as the score. */
const echo = defineClassifier({
  id: 'echo',
  version: 1,
  title: 'Echo',
  params: z.strictObject({}),
  tags: { kinds: ['number'], acceptsMissing: false, acceptsWeights: false, isRandom: false },
  examples: [],
  fit: async () => ({}),
  predictProba: (_, table) => Float64Array.from((table.columns[0] as { values: Float64Array }).values),
  describe: () => 'Echo.',
  simplicity: () => [1],
});
const catalogue = createCatalogue([echo], []);
const judged: JudgedBy = { columns: {} };

/** A model in use that knows the customers `known` names, by their ids or by whole rows. */
const champion = (known: (key: string) => boolean, of: 'id' | 'row' = 'id', input = 'signal'): LoadedModel =>
  ({
    manifest: { hashFilter: { of }, contract: { columns: {} }, data: { schemaHash: 'another' } },
    fitted: {
      role: 'classifier',
      id: 'echo',
      version: 1,
      params: {},
      inputs: [{ name: input, kind: 'number' }],
      state: {},
    },
    knowsTrainingKey: known,
  }) as unknown as LoadedModel;

/** 400 customers, every fourth leaves, and a signal that tells them apart a little. */
function holdout(ids = true): { data: Dataset; signal: Float64Array } {
  const random = createRandom(3);
  const labels = Uint8Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
  const signal = Float64Array.from(labels, (label) => (0.3 * label + random.uniform()) / 1.3);
  const table = createTable([numberColumn('signal', signal)]);
  const data = createDataset(table, labels, { ids: ids ? Array.from(labels, (_, row) => `c${row}`) : null });
  return { data, signal };
}

test('champion: an equal model is not worse, and the difference is exactly 0', () => {
  const { data, signal } = holdout();
  assert.deepEqual(
    compareWithChampion(
      champion(() => false),
      judged,
      data,
      signal,
      catalogue,
    ),
    {
      low: 0,
      rows: 400,
      of: 400,
    },
  );
});

test('champion: a model without any signal is worse than it, one that knows all is better', () => {
  const { data, signal } = holdout();
  const random = createRandom(5);
  const noise = signal.map(() => random.uniform());
  const truth = Float64Array.from(data.labels);
  const low = (scores: Float64Array) =>
    (
      compareWithChampion(
        champion(() => false),
        judged,
        data,
        scores,
        catalogue,
      ) as { low: number }
    ).low;
  assert.ok(low(noise) < -0.1, String(low(noise)));
  assert.ok(low(truth) > 0.1, String(low(truth)));
});

test('champion: customers that it has learned from are left out, and scores keep to their rows', () => {
  const { data, signal } = holdout();
  const known = (key: string) => Number(key.slice(4)) < 200;
  assert.deepEqual(compareWithChampion(champion(known), judged, data, signal, catalogue), {
    low: 0,
    rows: 200,
    of: 400,
  });
});

test('champion: not comparable where it knows nearly all, where that cannot be told, and where a column is missing', () => {
  const { data, signal } = holdout();
  for (const [model, customers, words] of [
    [champion(() => true), data, /learned from 400 of the 400/],
    [
      champion((key) => Number(key.slice(4)) >= 36),
      data,
      /of the others 9 left and 27 stayed, at least 10 each/,
    ],
    [champion(() => false), holdout(false).data, /cannot be told/],
    [champion(() => false, 'row'), data, /cannot be told/],
    [champion(() => false, 'id', 'other'), data, /have not all the columns that it needs/],
  ] as const) {
    const facts = compareWithChampion(model, judged, customers, signal, catalogue);
    assert.ok('notComparable' in facts, String(words));
    assert.match(facts.notComparable, words);
  }
});
