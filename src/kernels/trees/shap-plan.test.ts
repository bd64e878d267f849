import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planShap, shapFactors } from './shap-plan.ts';

/**
 * Column 7 at most 5? Then 1. Else column 3? Then column 7 again, each a leaf; else 4. The node numbers are those of a walk
 * from left to right.
 */
const trees = {
  roots: Int32Array.of(0, 1, 8),
  feature: Int32Array.of(-1, 7, -1, 3, 7, -1, -1, -1),
  left: Int32Array.of(0, 2, 0, 4, 5, 0, 0, 0),
  right: Int32Array.of(0, 3, 0, 7, 6, 0, 0, 0),
  value: Float64Array.of(10, 0, 1, 0, 0, 2, 3, 4),
  cover: Float64Array.of(10, 10, 5, 5, 4, 1, 3, 1),
};

test('shap-plan: questions with another below them come first, with shares and what was asked before', () => {
  const { trees: planned, asked, base } = planShap(trees)!;
  assert.equal(base, 10 + 0.5 * 1 + 0.5 * (0.8 * (0.25 * 2 + 0.75 * 3) + 0.2 * 4));
  assert.deepEqual([...asked], [7, 3]);
  assert.equal(planned.length, 1, 'a tree that asks nothing adds to the base alone');
  const tree = planned[0]!;
  assert.deepEqual([tree.branches, [...tree.node], [...tree.slot]], [2, [1, 3, 4], [0, 1, 0]]);
  assert.deepEqual(
    [[...tree.left], [...tree.right]],
    [
      [-3, 2, -6],
      [1, -8, -7],
    ],
  );
  assert.deepEqual([...tree.leftShare], [0.5, 0.8, 0.25]);
  assert.deepEqual([...tree.rightShare], [0.5, 0.2, 0.75]);
  // Column 7 was asked by question 0, whose right the way took.
  assert.deepEqual([...tree.before], [-1, -1, 1]);
  assert.deepEqual([...tree.shareBefore], [1, 1, 0.5]);
  assert.equal(tree.points.length, 2, 'two columns on the widest way');
});

test('shap-plan: on either side of a question its column was asked by it, behind it no longer', () => {
  const both = {
    roots: Int32Array.of(0, 7),
    feature: Int32Array.of(0, 1, -1, -1, 1, -1, -1),
    left: Int32Array.of(1, 2, 0, 0, 5, 0, 0),
    right: Int32Array.of(4, 3, 0, 0, 6, 0, 0),
    value: new Float64Array(7),
    cover: Float64Array.of(4, 2, 1, 1, 2, 1, 1),
  };
  assert.deepEqual([...planShap(both)!.trees[0]!.before], [-1, -1, -1]);
  const again = { ...both, feature: Int32Array.of(0, 0, -1, -1, 0, -1, -1) };
  assert.deepEqual([...planShap(again)!.trees[0]!.before], [-1, 0, 1]);
});

/** Each question asks a column of its own, and its right is the next one. */
function chain(questions: number, columns: number) {
  const nodes = 2 * questions + 1;
  const isQuestion = (node: number): boolean => node % 2 === 0 && node < nodes - 1;
  const ofQuestions = (of: (node: number) => number, leaf = 0) =>
    Int32Array.from({ length: nodes }, (_, node) => (isQuestion(node) ? of(node) : leaf));
  return {
    roots: Int32Array.of(0, nodes),
    feature: ofQuestions((node) => (node / 2) % columns, -1),
    left: ofQuestions((node) => node + 1),
    right: ofQuestions((node) => node + 2),
    value: Float64Array.from({ length: nodes }, (_, node) => node % 7),
    cover: Float64Array.from({ length: nodes }, (_, node) => (isQuestion(node) ? (nodes - node + 1) / 2 : 1)),
  };
}

test('shap-plan: a way of many questions is no trouble, one of more than 2,000 columns is not planned', () => {
  assert.equal(planShap(chain(20_000, 5))!.trees[0]!.points.length, 4);
  assert.equal(planShap(chain(2001, 2001)), undefined);
});

test('shap-plan: factors are 1 - t and 1 at first, and relative to the share that went on later', () => {
  assert.deepEqual(shapFactors(0.25, undefined), [0.75, 1]);
  assert.deepEqual(shapFactors(0.5, 0.5), [0.5 / 0.75, 1 / (0.75 * 0.75)]);
});
