import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelShap } from '../../kernels/trees/kernel-shap.ts';
import { randomRows, randomTrees, type WeighedTrees } from '../../kernels/trees/testing/random-trees.ts';
import { explainTrees } from './explain-trees.ts';
import { treeSums } from './tree-sums.ts';
import { depthOf } from './trees.ts';

/** Some questions about a category ask it as a number, which the kernel does not take. */
const mixed = (trees: WeighedTrees): WeighedTrees => ({
  ...trees,
  levelSetAt: trees.levelSetAt.map((set, node) => (node % 2 === 0 ? set : -1)),
});

const kinds = [
  { what: 'of bytes', trees: randomTrees({ trees: 9, leaves: 20, numbers: 4, categories: 2, seed: 1 }) },
  {
    what: 'shallow and mixed',
    trees: mixed(randomTrees({ trees: 20, leaves: 4, numbers: 4, categories: 2, seed: 1 })),
  },
  {
    what: 'deep and mixed',
    trees: mixed(randomTrees({ trees: 9, leaves: 120, numbers: 4, categories: 2, seed: 1 })),
  },
];

test('explain-trees: these trees go the three ways', () => {
  assert.deepEqual(
    kinds.map(({ trees }) => [kernelShap(trees) !== undefined, depthOf(trees) > 8]),
    [
      [true, true],
      [false, false],
      [false, true],
    ],
  );
});

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

test('explain-trees: trees that do not hang together are refused', () => {
  const { trees } = kinds[0]!;
  const broken = { ...trees, left: trees.left.map(() => 0) };
  const none = { rows: 0, columns: 6, values: new Float64Array(0) };
  assert.throws(() => explainTrees('forest', broken, none), { code: 'model.damaged' });
});
