import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomRows, randomTrees, type WeighedTrees } from '../../kernels/trees/testing/random-trees.ts';
import { explainTrees } from './explain-trees.ts';
import { treeSums } from './tree-sums.ts';

/** Some questions about a category ask it as a number. */
const mixed = (trees: WeighedTrees): WeighedTrees => ({
  ...trees,
  levelSetAt: trees.levelSetAt.map((set, node) => (node % 2 === 0 ? set : -1)),
});

const kinds = [
  { what: 'of all kinds', trees: randomTrees({ trees: 9, leaves: 20, numbers: 4, categories: 2, seed: 1 }) },
  {
    what: 'that ask a column in two ways',
    trees: mixed(randomTrees({ trees: 9, leaves: 120, numbers: 4, categories: 2, seed: 1 })),
  },
];

for (const { what, trees } of kinds) {
  test(`explain-trees: trees ${what} add up within 1e-12 with numbers, levels and missing values, the same bits alone`, () => {
    const matrix = randomRows({ trees: 0, leaves: 0, numbers: 4, categories: 2, seed: 2 }, 12);
    const { base, values } = explainTrees('forest', trees, matrix);
    treeSums('forest', trees, matrix).forEach((sum, row) => {
      const own = values.slice(row * 6, row * 6 + 6);
      const total = own.reduce((all, value) => all + value, base);
      assert.ok(Math.abs(total - sum) < 1e-12, `row ${row}: ${total}, not ${sum}`);
      const alone = { rows: 1, columns: 6, values: matrix.values.slice(row * 6, row * 6 + 6) };
      assert.deepEqual(explainTrees('forest', trees, alone).values, own);
    });
    assert.equal(
      explainTrees('forest', trees, { rows: 0, columns: 6, values: new Float64Array(0) }).base,
      base,
    );
  });
}

/** A question after another, each a leaf on its left, about the columns in turn. */
function chain(questions: number, columns: number) {
  const nodes = 2 * questions + 1;
  const isQuestion = (node: number): boolean => node % 2 === 0 && node < nodes - 1;
  const ofQuestions = (of: (node: number) => number, leaf = 0) =>
    Int32Array.from({ length: nodes }, (_, node) => (isQuestion(node) ? of(node) : leaf));
  return {
    roots: Int32Array.of(0, nodes),
    feature: ofQuestions((node) => (node / 2) % columns, -1),
    threshold: Float64Array.from({ length: nodes }, (_, node) => node / nodes),
    left: ofQuestions((node) => node + 1),
    right: ofQuestions((node) => node + 2),
    value: Float64Array.from({ length: nodes }, (_, node) => (node % 7) - 3),
    cover: Float64Array.from({ length: nodes }, (_, node) => (isQuestion(node) ? (nodes - node + 1) / 2 : 1)),
  };
}

test('explain-trees: a chain of 2,500 questions is explained like any tree', () => {
  const trees = chain(2500, 30);
  const matrix = { rows: 3, columns: 30, values: Float64Array.from({ length: 90 }, (_, i) => i / 90) };
  const { base, values } = explainTrees('forest', trees, matrix);
  treeSums('forest', trees, matrix).forEach((sum, row) => {
    const total = values.slice(30 * row, 30 * row + 30).reduce((all, value) => all + value, base);
    assert.ok(Math.abs(total - sum) < 1e-12, `row ${row}: ${total}, not ${sum}`);
  });
});

test('explain-trees: a way of more than 2,000 columns is refused with a code', () => {
  const none = { rows: 0, columns: 2001, values: new Float64Array(0) };
  assert.throws(() => explainTrees('forest', chain(2001, 2001), none), {
    code: 'explain.many-columns',
    message: /^forest: .* at most 2000 different columns/,
  });
});

test('explain-trees: trees that do not hang together are refused', () => {
  const { trees } = kinds[0]!;
  const broken = { ...trees, left: trees.left.map(() => 0) };
  const none = { rows: 0, columns: 6, values: new Float64Array(0) };
  assert.throws(() => explainTrees('forest', broken, none), { code: 'model.damaged' });
});
