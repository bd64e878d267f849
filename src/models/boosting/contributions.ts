/** Exact contributions of boosted trees, in log-odds: path-dependent SHAP values, as `tree/tree-shap.ts` defines them. */
import type { Contributions } from '../../learn/definition.ts';
import type { Matrix } from '../../table/matrix.ts';
import { mostFeatures, treeShap } from '../tree/tree-shap.ts';
import { depthOf } from '../tree/trees.ts';
import { type BoostedTrees, goesLeft } from './boosted-trees.ts';

/** Rows explained at a time: enough that patterns repeat, few enough for the processor's cache. */
const block = 4096;

/**
 * SHAP values of the sum of the trees; `base` is the start of every sum and the trees' mean over covers. Undefined for
 * trees so deep that a way could ask more features than `treeShap` takes.
 */
export function boostedContributions(
  start: number,
  trees: BoostedTrees,
  columns: readonly string[],
  { rows, values }: Matrix,
): Contributions | undefined {
  const width = columns.length;
  if (Math.min(depthOf(trees), width) > mostFeatures) return undefined;
  const contributions = new Float64Array(rows * width);
  let base = start;
  for (let from = 0; from < Math.max(1, rows); from += block) {
    const taken = Math.min(block, rows - from);
    const part = treeShap(
      trees,
      (node, left) => {
        const asked = trees.feature[node]!;
        for (let row = 0; row < taken; row++)
          left[row] = goesLeft(trees, node, values[(from + row) * width + asked]!) ? 1 : 0;
      },
      taken,
      width,
    );
    base = start + part.base;
    contributions.set(part.values, from * width);
  }
  return { link: 'logit', base, columns, values: contributions };
}
