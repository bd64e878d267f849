/** The forest against scikit-learn's on the real tables, on the same rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../golden/compare.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { score } from '../learn/fit.ts';
import { randomForest } from './random-forest.ts';
import { meanOf, noChurnTables, type ReferenceTable, referenceSplit } from './testing/churn-tables.ts';
import { areaUnderRoc, fitOn } from './testing/fit.ts';

const golden = readGolden<Record<'bank' | 'telco', ReferenceTable> & { splits: number; states: number }>(
  'models-reference',
);
const catalogue = createCatalogue([randomForest], []);
const forest = randomForest({ trees: 100, maxDepth: 10, minSplit: 5, minLeaf: 2 });

for (const name of ['bank', 'telco'] as const) {
  test(`random-forest: on ${name} the mean area under ROC is scikit-learn's within 0.005`, {
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
    assert.ok(Math.abs(difference) <= 0.005, `differs by ${difference}`);
  });
}
