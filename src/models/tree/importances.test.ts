/** How much models lean on columns, and the selection by it, against scikit-learn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, type Numbers, readGolden } from '../../../golden/compare.ts';
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { type TopKState, topK } from '../../features/top-k.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Context } from '../../learn/context.ts';
import { fitClassifier, fitTransformer, importances } from '../../learn/fit.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { decisionTree } from '../decision-tree.ts';
import { logisticRegression } from '../logistic-regression.ts';
import { prior } from '../prior.ts';
import { randomForest } from '../random-forest.ts';

const golden = readGolden<{
  signal: number[][];
  outcome: number[];
  topK: Record<'tree' | 'logistic', { kept: number[]; importances: Numbers }>;
}>('features-steps');
const data = createDataset(
  createTable(golden.signal.map((values, i) => numberColumn(`c${i}`, values))),
  golden.outcome,
);
const ctx: Context = {
  random: createRandom(1),
  clock: stoppedClock(),
  catalogue: createCatalogue([prior, decisionTree, randomForest, logisticRegression], [topK]),
  map: sequentialMap(() => Promise.reject(new Error('nothing here sends jobs'))),
  note: () => undefined,
};

const cases = {
  tree: decisionTree({ maxDepth: 2, minLeaf: 10 }),
  logistic: logisticRegression({ l2: 1 }),
};

for (const [name, estimator] of Object.entries(cases)) {
  test(`importances: ${estimator.id} leans on columns as scikit-learn's, and top-k keeps the same three`, async () => {
    const due = golden.topK[name as keyof typeof cases];
    const fitted = await fitClassifier(estimator, data, ctx);
    assertClose(importances(fitted, ctx.catalogue)!, due.importances, {
      absolute: 1e-9,
      reason: 'the same tree; for weights, minimisers that stop within 1e-12 of the gradient',
    });
    const { state } = await fitTransformer(topK({ k: 3, model: estimator }), data, ctx);
    assert.deepEqual(
      (state as TopKState).kept.map((column) => column.name),
      due.kept.map((place) => `c${place}`),
    );
  });
}

test('importances: a forest gives shares that sum to 1, a model without columns gives none', async () => {
  const forest = importances(await fitClassifier(randomForest({ trees: 5 }), data, ctx), ctx.catalogue)!;
  assert.ok(Math.abs(forest.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  assert.equal(importances(await fitClassifier(prior(), data, ctx), ctx.catalogue), undefined);
});

test('importances: the unit of a column has no say in logistic regression', async () => {
  const inPence = createDataset(
    createTable(
      golden.signal.map((values, i) =>
        numberColumn(
          `c${i}`,
          values.map((value) => 100 * value),
        ),
      ),
    ),
    golden.outcome,
  );
  const free = logisticRegression({ l2: 0 });
  assertClose(
    importances(await fitClassifier(free, inPence, ctx), ctx.catalogue)!,
    importances(await fitClassifier(free, data, ctx), ctx.catalogue)!,
    { relative: 1e-6, reason: 'two roads to one minimum' },
  );
});
