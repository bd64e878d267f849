/** Stacks held against scikit-learn's on the same folds; `golden/stacking.py` made the answers. */
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { foldRows } from '../../data/splits/stratified-folds.ts';
import { score } from '../../learn/fit.ts';
import type { StackingState } from '../stacking.ts';
import { dataOf, tableOf } from '../testing/fit.ts';
import { contextWithoutJobs, wholeCatalogue } from '../testing/fit-composite.ts';
import { searched } from '../testing/searched.ts';
import { stackFitted } from './fitted-stack.ts';

const golden = readGolden<{
  rows: number[][];
  labels: number[];
  foldOf: number[];
  fresh: number[][];
  cases: { l2: number; coefficients: number[]; intercept: number; scores: number[] }[];
}>('stacking');

test('golden: last models and scores are those of StackingClassifier on the same folds', async () => {
  const models = [
    { id: 'logistic-regression', params: {} },
    { id: 'logistic-regression', params: { l2: 300 } },
    { id: 'decision-tree', params: { maxDepth: 3, minLeaf: 4 } },
  ];
  const known = await searched(
    models,
    dataOf(golden.rows, golden.labels),
    foldRows(Int32Array.from(golden.foldOf), 4),
  );
  const ctx = contextWithoutJobs();
  const fresh = tableOf(golden.fresh);
  for (const { l2, coefficients, intercept, scores } of golden.cases) {
    const final = { id: 'logistic-regression', params: { l2 } };
    const stack = await stackFitted({ ...known, final }, ctx);
    const { final: last } = stack.state as StackingState;
    const found = last.state as { readonly coefficients: Float64Array; readonly intercept: number };
    const reason = 'two searches for one minimum, on log-odds that end where theirs do';
    assertClose([...found.coefficients, found.intercept], [...coefficients, intercept], {
      absolute: 1e-8,
      reason,
    });
    assertClose(score(stack, fresh, wholeCatalogue), scores, { absolute: 1e-9, reason });
  }
});
