import { isLeft, testShapley } from './testing/shapley.ts';
import { treeShap } from './tree-shap.ts';

testShapley('tree-shap', (tree, rows) =>
  treeShap(
    tree,
    (node, out) => {
      rows.forEach((row, r) => {
        out[r] = isLeft(tree, row, node) ? 1 : 0;
      });
    },
    rows.length,
    rows[0]!.length,
  ),
);
