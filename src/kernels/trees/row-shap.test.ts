import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { rowShap } from './row-shap.ts';
import { planShap } from './shap-plan.ts';
import { patternShap } from './testing/pattern-shap.ts';
import { type AskingTree, isLeft, randomTree, testShapley } from './testing/shapley.ts';

const explain = (tree: AskingTree, rows: readonly (readonly number[])[]) =>
  rowShap(tree, planShap(tree)!, (row, node) => isLeft(tree, rows[row]!, node), rows.length, rows[0]!.length);

testShapley('row-shap', explain);

test('row-shap: on deep trees of many features equals the way by patterns within 1e-12', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const [features, depth] = [15, 18];
    const tree = randomTree(seed, features, depth);
    const random = createRandom(seed);
    const rows = Array.from({ length: 10 }, () => Array.from({ length: features }, () => random.uniform()));
    const got = explain(tree, rows);
    const due = patternShap(
      tree,
      (node, out) => {
        rows.forEach((row, r) => {
          out[r] = isLeft(tree, row, node) ? 1 : 0;
        });
      },
      10,
      features,
    );
    assert.ok(Math.abs(got.base - due.base) < 1e-12);
    got.values.forEach((value, i) => {
      assert.ok(Math.abs(value - due.values[i]!) < 1e-12, `${value} at ${i}, ${due.values[i]} is due`);
    });
  }
});
