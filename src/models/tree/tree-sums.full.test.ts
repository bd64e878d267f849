/** Models as users grow them, with categories and missing values: scored and explained as the plain twins do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../../base/clock.ts';
import { createRandom } from '../../base/random.ts';
import { goesLeft, plainSums } from '../../kernels/trees/plain-sums.ts';
import { rowShap } from '../../kernels/trees/row-shap.ts';
import { planShap } from '../../kernels/trees/shap-plan.ts';
import { patternShap } from '../../kernels/trees/testing/pattern-shap.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Context } from '../../learn/context.ts';
import { fitClassifier } from '../../learn/fit.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { type Matrix, toMatrix } from '../../table/matrix.ts';
import { createTable } from '../../table/table.ts';
import { featureMatrix } from '../boosting/features.ts';
import { type GradientBoostingState, gradientBoosting } from '../gradient-boosting.ts';
import { type RandomForestState, randomForest } from '../random-forest.ts';
import { explainTrees } from './explain-trees.ts';
import { treeSums } from './tree-sums.ts';
import type { Trees } from './trees.ts';

const rows = 4000;
const ctx: Context = {
  random: createRandom(1),
  clock: stoppedClock(),
  catalogue: createCatalogue([gradientBoosting, randomForest], []),
  map: () => Promise.reject(new Error('no jobs here')),
  note: () => {},
};

/** Twelve columns of numbers; with `gaps` three of categories more and missing values in all. */
function customers(gaps: boolean): Dataset {
  const random = createRandom(5);
  const numbers = Array.from({ length: 12 }, () => Array.from({ length: rows }, () => random.normal()));
  const levels = Array.from({ length: 3 }, (_, c) =>
    Array.from({ length: rows }, () => `level ${random.integer(8 + 10 * c)}`),
  );
  const labels = numbers[0]!.map((a, row) => {
    const odds = a + numbers[1]![row]! * numbers[2]![row]! + (levels[0]![row]!.endsWith('3') ? 2 : 0);
    return odds + random.normal() > 0.5 ? 1 : 0;
  });
  const isGap = () => gaps && random.uniform() < 0.05;
  const columns = [
    ...numbers.map((values, c) =>
      numberColumn(
        `number ${c}`,
        values.map((value) => (isGap() ? Number.NaN : value)),
      ),
    ),
    ...(gaps
      ? levels.map((values, c) =>
          categoryColumn(
            `category ${c}`,
            values.map((value) => (isGap() ? null : value)),
          ),
        )
      : []),
  ];
  return createDataset(createTable(columns), Uint8Array.from(labels));
}

function assertAsTwins(trees: Trees, matrix: Matrix): void {
  assert.deepEqual(treeSums('twins', trees, matrix), plainSums(trees)(matrix));
  const few = { ...matrix, rows: 20, values: matrix.values.slice(0, 20 * matrix.columns) };
  const got = explainTrees('twins', trees, few);
  const isLeft = (row: number, node: number): boolean =>
    goesLeft(trees, node, few.values[row * few.columns + trees.feature[node]!]!);
  assert.deepEqual(got, rowShap(trees, planShap(trees)!, isLeft, 20, few.columns));
  const directions = (node: number, out: Uint8Array): void => {
    for (let row = 0; row < 20; row++) out[row] = isLeft(row, node) ? 1 : 0;
  };
  const due = patternShap(trees, directions, 20, few.columns);
  assert.ok(Math.abs(got.base - due.base) < 1e-11);
  got.values.forEach((value, at) => {
    assert.ok(Math.abs(value - due.values[at]!) < 1e-12, `${value} at ${at}, ${due.values[at]} is due`);
  });
}

for (const maxLeaves of [8, 31, 120]) {
  test(`tree-sums: boosting with ${maxLeaves} leaves scores to the bit and explains as its twin to the bit, as patterns within 1e-12`, async () => {
    const data = customers(true);
    const { state } = await fitClassifier(gradientBoosting({ trees: 100, maxLeaves, minLeaf: 5 }), data, ctx);
    const { features, trees } = state as GradientBoostingState;
    assertAsTwins(trees, featureMatrix('twins', features, data.table));
  });
}

for (const maxDepth of [6, null]) {
  test(`tree-sums: a forest of depth ${maxDepth ?? 'without limit'} scores to the bit and explains as its twin to the bit, as patterns within 1e-12`, async () => {
    const data = customers(false);
    const { state } = await fitClassifier(randomForest({ trees: 30, maxDepth, minLeaf: 2 }), data, ctx);
    assertAsTwins((state as RandomForestState).trees, toMatrix('twins', data.table));
  });
}
