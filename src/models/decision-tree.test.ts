import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { describe, score } from '../learn/fit.ts';
import { type DecisionTreeState, decisionTree } from './decision-tree.ts';
import { dataOf, fitOn, tableOf } from './testing/fit.ts';
import { impurityImportance } from './tree/trees.ts';

interface GoldenTree {
  feature: number[];
  threshold: number[];
  left: number[];
  right: number[];
  value: number[];
  cover: number[];
  importance: number[];
}

const golden = readGolden<{
  tree: {
    rows: number[][];
    labels: number[];
    weights: number[];
    single: GoldenTree;
    cases: {
      name: string;
      weighted: boolean;
      maxDepth: number | null;
      minLeaf: number;
      minSplit: number;
      tree: GoldenTree;
    }[];
  };
}>('models').tree;
const catalogue = createCatalogue([decisionTree], []);

function assertSameTree(state: DecisionTreeState, due: GoldenTree): void {
  const { trees } = state;
  assert.deepEqual([...trees.feature], due.feature);
  assert.deepEqual([...trees.threshold], due.threshold);
  assert.deepEqual([...trees.left], due.left);
  assert.deepEqual([...trees.right], due.right);
  assert.deepEqual([...trees.cover], due.cover);
  const reason = 'shares of the same counts, divided in another order';
  assertClose(trees.value, due.value, { absolute: 1e-15, reason });
  assertClose(impurityImportance(trees, state.columns.length), due.importance, { absolute: 1e-12, reason });
}

for (const { name, weighted, maxDepth, minLeaf, minSplit, tree } of golden.cases) {
  test(`decision-tree: every node is scikit-learn's (${name})`, async () => {
    const { fitted } = await fitOn(
      decisionTree,
      decisionTree({ maxDepth, minLeaf, minSplit }),
      dataOf(golden.rows, golden.labels, weighted ? golden.weights : null),
    );
    assertSameTree(fitted.state as DecisionTreeState, tree);
  });
}

test("decision-tree: grown to the end on one column every node is scikit-learn's", async () => {
  const { fitted } = await fitOn(
    decisionTree,
    decisionTree({ maxDepth: null, minLeaf: 1 }),
    dataOf(
      golden.rows.map((row) => row.slice(0, 1)),
      golden.labels,
    ),
  );
  assertSameTree(fitted.state as DecisionTreeState, golden.single);
});

test('decision-tree: balanced classes move the shares in the leaves, not the questions of a pure cut', async () => {
  const rows = [[1], [2], [3], [3], [3]];
  const data = dataOf(rows, [0, 0, 1, 0, 0]);
  const estimator = decisionTree({ minLeaf: 1, classWeight: 'balanced' });
  const { fitted } = await fitOn(decisionTree, estimator, data);
  // The churned row weighs 2.5, each of the others 0.625.
  assertClose(score(fitted, tableOf([[1], [3]]), catalogue), [0, 2.5 / 3.75], {
    absolute: 1e-15,
    reason: 'the weights are rounded',
  });
});

test('decision-tree: describes its groups and what they are made by', async () => {
  const { fitted } = await fitOn(
    decisionTree,
    decisionTree({ minLeaf: 1 }),
    dataOf(
      [
        [1, 0],
        [2, 0],
        [3, 0],
        [4, 0],
      ],
      [0, 0, 1, 1],
    ),
  );
  assert.equal(
    describe(fitted, catalogue),
    'Decision tree on 2 columns: 2 groups, at most 1 question each; asks most about x1.',
  );
});

test('decision-tree: missing values go where they make the groups purer, in training and afterwards', async () => {
  const missing = Number.NaN;
  const data = dataOf([[1], [2], [3], [4], [missing], [missing]], [1, 1, 0, 0, 1, 1]);
  const { fitted } = await fitOn(decisionTree, decisionTree({ minLeaf: 1 }), data);
  assert.deepEqual([...score(fitted, tableOf([[missing], [2], [3]]), catalogue)], [1, 1, 0]);
});

test('decision-tree: one saved before missing values were welcome refuses them as it did', async () => {
  const { fitted } = await fitOn(
    decisionTree,
    decisionTree({ minLeaf: 1 }),
    dataOf([[1], [2], [3], [4]], [1, 1, 0, 0]),
  );
  const { columns, trees } = fitted.state as DecisionTreeState;
  const { missingLeft, ...known } = trees;
  assert.equal(missingLeft?.length, known.feature.length);
  const old = { ...fitted, version: 1, state: { columns, trees: known } };
  assert.deepEqual([...score(old, tableOf([[1], [4]]), catalogue)], [1, 0]);
  assert.throws(() => score(old, tableOf([[Number.NaN]]), catalogue), { code: 'column.not-finite' });
});
