/** Exact contributions of boosted trees, in log-odds: path-dependent SHAP values, as `kernels/trees/row-shap.ts` defines them. */
import type { Contributions } from '../../learn/definition.ts';
import type { Matrix } from '../../table/matrix.ts';
import { explainTrees } from '../tree/explain-trees.ts';
import type { BoostedTrees } from './boosted-trees.ts';

/** SHAP values of the sum of the trees; `base` is the start of every sum and the trees' mean over covers. */
export function boostedContributions(
  start: number,
  trees: BoostedTrees,
  columns: readonly string[],
  matrix: Matrix,
): Contributions {
  const { base, values } = explainTrees('gradient-boosting', trees, matrix);
  return { link: 'logit', base: start + base, columns, values };
}
