/** Where missing values go in a tree, against scikit-learn's trees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { score } from '../../learn/fit.ts';
import { type DecisionTreeState, decisionTree } from '../decision-tree.ts';
import { dataOf, fitOn, tableOf } from '../testing/fit.ts';

interface GoldenCase {
  readonly depth: number;
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly missingLeft: readonly number[];
  readonly value: readonly number[];
  readonly scored: readonly (readonly (number | null)[])[];
  readonly scores: readonly number[];
}

const golden = readGolden<{
  rows: (number | null)[][];
  labels: number[];
  cases: GoldenCase[];
}>('models-missing-tree');
const catalogue = createCatalogue([decisionTree], []);

/** A golden file has null where a value is missing. */
const numbers = (rows: readonly (readonly (number | null)[])[]): number[][] =>
  rows.map((row) => row.map((value) => value ?? Number.NaN));

for (const due of golden.cases) {
  test(`missing-values: every node and score is scikit-learn's (depth ${due.depth})`, async () => {
    const { fitted } = await fitOn(
      decisionTree,
      decisionTree({ maxDepth: due.depth, minLeaf: 8 }),
      dataOf(numbers(golden.rows), golden.labels),
    );
    const { trees } = fitted.state as DecisionTreeState;
    assert.deepEqual([...trees.feature], due.feature);
    assert.deepEqual([...trees.threshold], due.threshold);
    assert.deepEqual([...trees.missingLeft!], due.missingLeft);
    const reason = 'shares of the same counts, divided in another order';
    assertClose(trees.value, due.value, { absolute: 1e-15, reason });
    assertClose(score(fitted, tableOf(numbers(due.scored)), catalogue), due.scores, {
      absolute: 1e-15,
      reason,
    });
  });
}
