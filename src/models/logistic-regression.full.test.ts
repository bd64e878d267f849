/** The regression against scikit-learn's on the real tables, on the same rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { score } from '../learn/fit.ts';
import { logisticRegression } from './logistic-regression.ts';
import { noChurnTables, type ReferenceTable, referenceSplit } from './testing/churn-tables.ts';
import { areaUnderRoc, fitOn } from './testing/fit.ts';

const golden = readGolden<Record<'bank' | 'telco', ReferenceTable> & { splits: number }>('models-reference');
const catalogue = createCatalogue([logisticRegression], []);

for (const name of ['bank', 'telco'] as const) {
  test(`logistic-regression: on ${name} the area under ROC of every split is scikit-learn's`, {
    skip: noChurnTables,
  }, async () => {
    const { regression } = golden[name];
    const areas: number[] = [];
    for (let seed = 0; seed < golden.splits; seed++) {
      const { train, test: held } = referenceSplit(name, golden[name], seed, true);
      const { fitted, notes } = await fitOn(
        logisticRegression,
        logisticRegression({ l2: regression.l2 }),
        train,
      );
      assert.deepEqual(notes, []);
      areas.push(areaUnderRoc(held.labels, score(fitted, held.table, catalogue)));
    }
    assertClose(areas, regression.rocAuc, {
      absolute: 1e-5,
      reason: 'one pair of customers with nearly equal scores is 2e-6 of the area',
    });
  });
}
