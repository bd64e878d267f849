import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { contributions, fitClassifier, score } from '../../learn/fit.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable, takeRows } from '../../table/table.ts';
import { decisionTree } from '../decision-tree.ts';
import { randomForest } from '../random-forest.ts';

const catalogue = createCatalogue([decisionTree, randomForest], []);
const random = createRandom(3);
const columns = ['a', 'b', 'c', 'd'].map((name) =>
  numberColumn(
    name,
    Array.from({ length: 700 }, () => random.normal()),
  ),
);
const table = createTable(columns);
const labels = columns[0]!.values.map((a, row) =>
  a + columns[1]!.values[row]! + random.normal() > 0 ? 1 : 0,
);
const data = createDataset(table, labels);
const ctx = {
  random: createRandom(1),
  clock: stoppedClock(),
  catalogue,
  map: sequentialMap(() => Promise.reject(new Error('no jobs here'))),
  note: () => {},
};

for (const estimator of [decisionTree(), randomForest({ trees: 20 })]) {
  test(`${estimator.id}: contributions add up to the probability of every row within 1e-12, whatever the block`, async () => {
    const fitted = await fitClassifier(estimator, data, ctx);
    const { link, base, values } = contributions(fitted, table, catalogue)!;
    assert.equal(link, 'probability');
    score(fitted, table, catalogue).forEach((p, row) => {
      const total = values.slice(row * 4, row * 4 + 4).reduce((sum, value) => sum + value, base);
      assert.ok(Math.abs(total - p) < 1e-12, `row ${row}`);
    });
    const alone = contributions(fitted, takeRows(table, [600]), catalogue)!;
    assert.deepEqual([...alone.values], [...values.slice(2400, 2404)]);
    assert.equal(contributions(fitted, takeRows(table, []), catalogue)!.base, base);
  });
}
