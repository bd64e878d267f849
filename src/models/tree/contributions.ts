/** Exact contributions of trees whose leaf values are averaged, in probability. */
import type { Contributions } from '../../learn/definition.ts';
import type { Matrix } from '../../table/matrix.ts';
import { explainTrees } from './explain-trees.ts';
import { type Trees, treeCount } from './trees.ts';

/** SHAP values of the mean leaf value over the trees; `base` is the average prediction over covers. */
export function meanTreeContributions(
  trees: Trees,
  columns: readonly string[],
  matrix: Matrix,
): Contributions {
  const count = treeCount(trees);
  const { base, values } = explainTrees('trees', trees, matrix);
  return { link: 'probability', base: base / count, columns, values: values.map((value) => value / count) };
}
