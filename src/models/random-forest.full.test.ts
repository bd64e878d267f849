/** The forest against scikit-learn's on the real tables, on the same rows; and a very large one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { score } from '../learn/fit.ts';
import { randomForest } from './random-forest.ts';
import { meanOf, noChurnTables, type ReferenceTable, referenceSplit } from './testing/churn-tables.ts';
import { areaUnderRoc, dataOf, fitOn } from './testing/fit.ts';

const golden = readGolden<Record<'bank' | 'telco', ReferenceTable> & { splits: number; states: number }>(
  'models-reference',
);
const catalogue = createCatalogue([randomForest], []);
const forest = randomForest({ trees: 100, maxDepth: 10, minSplit: 5, minLeaf: 2 });

test('random-forest: more trees than a model should hold are told of', async () => {
  const random = createRandom(5);
  const rows = Array.from({ length: 3000 }, () => [random.normal(), random.normal()]);
  // Nothing to learn: grown to the end, every tree has about 1,900 nodes.
  const labels = rows.map(() => random.integer(2));
  const of = (trees: number) => randomForest({ trees, maxDepth: null, minLeaf: 1 });
  const large = await fitOn(randomForest, of(1600), dataOf(rows, labels));
  assert.deepEqual(
    large.notes.map(({ code }) => code),
    ['model.large'],
  );
  assert.match(large.notes[0]!.message, /^random-forest: its trees take 1\d\d MB, 100 MB is what/);
  assert.deepEqual((await fitOn(randomForest, of(10), dataOf(rows, labels))).notes, []);
});

for (const name of ['bank', 'telco'] as const) {
  test(`random-forest: on ${name} the mean area under ROC is not below scikit-learn's by more than 0.001`, {
    skip: noChurnTables,
  }, async (t) => {
    const spec = golden[name];
    const areas: number[] = [];
    for (let seed = 0; seed < golden.splits; seed++) {
      const { train, test: held } = referenceSplit(name, spec, seed);
      assert.equal(train.table.columns.length, spec.columns);
      assert.equal(held.table.rowCount, spec.testRows[seed]);
      assert.equal(
        held.labels.reduce((sum, label) => sum + label, 0),
        spec.testChurned[seed],
      );
      for (let state = 0; state < golden.states; state++) {
        const { fitted } = await fitOn(randomForest, forest, train, 1000 * seed + state);
        areas.push(areaUnderRoc(held.labels, score(fitted, held.table, catalogue)));
      }
    }
    const difference = meanOf(areas) - spec.forest.mean;
    t.diagnostic(`${name}: ours ${meanOf(areas).toFixed(5)}, scikit-learn ${spec.forest.mean.toFixed(5)}`);
    // Above by 0.003 would be too good: both grow the same kind of trees.
    assert.ok(difference >= -0.001 && difference <= 0.003, `differs by ${difference}`);
  });
}
