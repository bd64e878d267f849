import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { matrix } from '../math/linear-algebra.ts';
import type { LogisticRegressionState } from '../models/logistic-regression.ts';
import { explainTrees } from '../models/tree/explain-trees.ts';
import { meanLeafValue, type Trees } from '../models/tree/trees.ts';
import { numberColumn } from '../table/column.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';
import { exactAttribution } from './attribution.ts';
import { weightedRidge } from './lime.ts';
import { partialDependence } from './partial-dependence.ts';
import type { ScoreTable } from './score-table.ts';
import { catalogue } from './testing/customers.ts';

interface TreeArrays {
  readonly roots: number[];
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly value: number[];
  readonly cover: number[];
}
interface Golden {
  readonly treeShap: readonly {
    readonly name: string;
    readonly trees: TreeArrays;
    readonly rows: number[][];
    /** Where boosting begins; a forest's trees are averaged instead. */
    readonly start?: number;
    readonly predictions: number[];
    readonly base: number;
    readonly values: number[][];
  }[];
  readonly linearShap: {
    readonly coefficients: number[];
    readonly means: number[];
    readonly intercept: number;
    readonly rows: number[][];
    readonly base: number;
    readonly values: number[][];
  };
  readonly partialDependence: {
    readonly rows: number[][];
    readonly cases: readonly {
      column: number;
      grid: number[];
      mean: number[];
      low: number[];
      high: number[];
    }[];
  };
  readonly weightedRidge: {
    readonly switches: number[][];
    readonly answers: number[];
    readonly weights: number[];
    readonly penalty: number;
    readonly effects: number[];
    readonly intercept: number;
    readonly fit: number;
  };
}

const golden = readGolden<Golden>('explain');
const names = ['a', 'b', 'c', 'd', 'e'];
const tableOf = (rows: readonly (readonly number[])[]): Table =>
  createTable(
    names.map((name, c) =>
      numberColumn(
        name,
        rows.map((row) => row[c]!),
      ),
    ),
  );
const treesOf = (arrays: TreeArrays): Trees => ({
  roots: Int32Array.from(arrays.roots),
  feature: Int32Array.from(arrays.feature),
  threshold: Float64Array.from(arrays.threshold),
  left: Int32Array.from(arrays.left),
  right: Int32Array.from(arrays.right),
  value: Float64Array.from(arrays.value),
  cover: Float64Array.from(arrays.cover),
});

for (const { name, trees: arrays, rows, start, predictions, base, values } of golden.treeShap) {
  test(`golden: TreeSHAP of ${name} is that of shap within 1e-12, additive within 1e-9`, () => {
    const trees = treesOf(arrays);
    const shap = explainTrees(name, trees, matrix(rows.length, names.length, Float64Array.from(rows.flat())));
    const share = start === undefined ? 1 / (arrays.roots.length - 1) : 1;
    const ours = rows.map((_, row) =>
      Array.from(
        shap.values.subarray(row * names.length, (row + 1) * names.length),
        (value) => value * share,
      ),
    );
    assertClose(ours, values, { absolute: 1e-12, reason: 'other order of the same sums' });
    const ourBase = shap.base * share + (start ?? 0);
    assertClose(ourBase, base, { absolute: 1e-12, reason: 'other order of the same sums' });
    ours.forEach((parts, row) => {
      const total = parts.reduce((sum, part) => sum + part, ourBase);
      assertClose(total, predictions[row]!, { absolute: 1e-9, reason: 'what is promised' });
    });
  });
}

test('golden: linear SHAP is that of shap', () => {
  const { coefficients, means, intercept, rows, base, values } = golden.linearShap;
  const state = {
    columns: names,
    coefficients: Float64Array.from(coefficients),
    means: Float64Array.from(means),
    intercept,
    base: null,
  };
  const attribution = exactAttribution(
    {
      role: 'classifier',
      id: 'logistic-regression',
      version: catalogue.classifier('logistic-regression').version,
      params: {},
      inputs: names.map((name) => ({ name, kind: 'number' })),
      state: state as unknown as LogisticRegressionState,
    },
    tableOf(rows),
    catalogue,
  )!;
  assertClose(attribution.base, base, { absolute: 1e-12, reason: 'other order of the same sums' });
  assertClose([...attribution.values], values.flat(), {
    absolute: 1e-12,
    reason: 'other order of the same sums',
  });
});

test("golden: partial dependence and its spread are scikit-learn's", () => {
  const trees = treesOf(golden.treeShap.find(({ name }) => name === 'a forest')!.trees);
  const score: ScoreTable = (table) => {
    const columns = names.map((name) => requireColumn('test', table, name, 'number').values);
    const values = Float64Array.from(
      { length: table.rowCount * names.length },
      (_, i) => columns[i % names.length]![Math.floor(i / names.length)]!,
    );
    return meanLeafValue(trees, { rows: table.rowCount, columns: names.length, values });
  };
  const table = tableOf(golden.partialDependence.rows);
  for (const { column, grid, mean, low, high } of golden.partialDependence.cases) {
    const name = names[column]!;
    const { points } = partialDependence(score, table, createTable([numberColumn(name, grid)]), name);
    const reason = 'other order of the same sums';
    assertClose(
      points.map((point) => point.value as number),
      grid,
      { reason },
    );
    assertClose(
      points.map((point) => point.mean),
      mean,
      { absolute: 1e-14, reason },
    );
    assertClose(
      points.map((point) => point.low),
      low,
      { absolute: 1e-14, reason },
    );
    assertClose(
      points.map((point) => point.high),
      high,
      { absolute: 1e-14, reason },
    );
  }
});

test("golden: LIME's weighted ridge is scikit-learn's", () => {
  const { switches, answers, weights, penalty, effects, intercept, fit } = golden.weightedRidge;
  const ours = weightedRidge(
    matrix(switches.length, 4, Float64Array.from(switches.flat())),
    Float64Array.from(answers),
    Float64Array.from(weights),
    penalty,
  );
  const tolerance = { absolute: 1e-13, reason: 'the same equations solved in another order' };
  assertClose(ours.effects, effects, tolerance);
  assertClose([ours.intercept, ours.fit], [intercept, fit], tolerance);
  assert.ok(fit > 0.5);
});
