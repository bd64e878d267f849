/** Boosting on the real tables: beside scikit-learn's at equal settings, and what its own defaults reach. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { Estimator } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import { type Dataset, takeDatasetRows } from '../table/dataset.ts';
import { gradientBoosting } from './gradient-boosting.ts';
import { meanOf, noChurnTables, type ReferenceTable, type Split } from './testing/churn-tables.ts';
import { areaUnderRoc, fitOn } from './testing/fit.ts';
import { rawSplit, rawTable } from './testing/raw-churn-tables.ts';

const tables = readGolden<Record<'bank' | 'telco', ReferenceTable>>('models-reference');
const golden = readGolden<
  Record<'bank' | 'telco', { boosting: Record<'usual' | 'small', { mean: number }> }> & { splits: number }
>('models-depth-reference');
const catalogue = createCatalogue([gradientBoosting], []);
const settings = {
  usual: { trees: 100, learningRate: 0.1, maxLeaves: 31, minLeaf: 20, l2: 0, rowShare: 1, columnShare: 1 },
  small: { trees: 150, learningRate: 0.05, maxLeaves: 8, minLeaf: 20, l2: 1, rowShare: 1, columnShare: 1 },
};
/** The least mean area under ROC of five folds over the whole table. */
const floors = { bank: 0.86, telco: 0.842 };

async function areaOf(estimator: Estimator, { train, test: held }: Split): Promise<number> {
  const { fitted } = await fitOn(gradientBoosting, estimator, train);
  return areaUnderRoc(held.labels, score(fitted, held.table, catalogue));
}

function folds(data: Dataset): Split[] {
  return foldRows(stratifiedFolds(data.labels, 5, createRandom(42)), 5).map((fold) => ({
    train: takeDatasetRows(data, fold.train),
    test: takeDatasetRows(data, fold.validation),
  }));
}

for (const name of ['bank', 'telco'] as const) {
  for (const key of ['usual', 'small'] as const) {
    test(`gradient-boosting: on ${name} with ${key} settings the mean area under ROC is scikit-learn's within 0.005`, {
      skip: noChurnTables,
    }, async (t) => {
      const data = rawTable(name, tables[name]);
      const areas: number[] = [];
      for (let seed = 0; seed < golden.splits; seed++)
        areas.push(await areaOf(gradientBoosting(settings[key]), rawSplit(data, seed)));
      const due = golden[name].boosting[key].mean;
      t.diagnostic(`${name}, ${key}: ours ${meanOf(areas).toFixed(5)}, scikit-learn ${due.toFixed(5)}`);
      assert.ok(Math.abs(meanOf(areas) - due) <= 0.005, `differs by ${meanOf(areas) - due}`);
    });
  }

  test(`gradient-boosting: on ${name} the defaults reach ${floors[name]} over five folds`, {
    skip: noChurnTables,
  }, async (t) => {
    const areas: number[] = [];
    for (const split of folds(rawTable(name, tables[name])))
      areas.push(await areaOf(gradientBoosting(), split));
    t.diagnostic(`${name}: ${meanOf(areas).toFixed(4)}`);
    assert.ok(meanOf(areas) >= floors[name], `${meanOf(areas)}`);
  });
}
