import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boostedSums, joinBoostedTrees } from './boosted-trees.ts';
import { boostedContributions } from './contributions.ts';
import { addLeaf, emptyTree, flattened, setLevels } from './testing/written-tree.ts';

/** Column 0 at most 2 (missing: right)? Then -1, else level 33 of column 1 (missing: left)? Then 5, else 7. */
const tree = emptyTree();
for (const [value, cover] of [
  [0, 10],
  [-1, 4],
  [0, 6],
  [5, 2],
  [7, 4],
] as const)
  addLeaf(tree, value, cover);
Object.assign(tree.feature, { 0: 0, 2: 1 });
Object.assign(tree.left, { 0: 1, 2: 3 });
Object.assign(tree.right, { 0: 2, 2: 4 });
tree.threshold[0] = 2;
tree.missingLeft[2] = 1;
setLevels(tree, 2, Uint32Array.of(0, 2, 0, 0, 0, 0, 0, 0));
const trees = joinBoostedTrees([flattened(tree), flattened(tree)]);
const names = ['number', 'plan'];
const matrix = { rows: 4, columns: 2, values: Float64Array.of(2, 0, 3, 33, Number.NaN, 1, 9, Number.NaN) };

test('contributions: base and parts of a row add up to its log-odds, missing values and levels included', () => {
  const { base, values, link } = boostedContributions(0.5, trees, names, matrix);
  assert.equal(link, 'logit');
  boostedSums(trees, matrix).forEach((sum, row) => {
    assert.ok(Math.abs(base + values[2 * row]! + values[2 * row + 1]! - (0.5 + sum)) < 1e-12);
  });
});

test('contributions: the values are those of Shapley for two columns', () => {
  const { base, values } = boostedContributions(0, trees, names, matrix);
  // Worth of a set of known columns for row 1 (3, level 33), each tree: mean over covers of what is not known.
  const known = (number: boolean, plan: boolean): number => {
    const right = plan ? 5 : (2 * 5 + 4 * 7) / 6;
    return number ? right : 0.4 * -1 + 0.6 * right;
  };
  const number = (known(true, false) - known(false, false) + (known(true, true) - known(false, true))) / 2;
  assert.ok(Math.abs(base - 2 * known(false, false)) < 1e-12);
  assert.ok(Math.abs(values[2]! - 2 * number) < 1e-12);
});

test('contributions: without a row there is still a base', () => {
  const none = boostedContributions(1, trees, names, { rows: 0, columns: 2, values: new Float64Array(0) });
  assert.ok(Math.abs(none.base - (1 + 2 * (0.4 * -1 + 0.6 * (38 / 6)))) < 1e-12);
});
