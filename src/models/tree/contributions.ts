/** Exact contributions of trees that ask whether a number is at most a threshold. */
import type { Contributions } from '../../learn/definition.ts';
import type { Matrix } from '../../table/matrix.ts';
import { mostFeatures, treeShap } from './tree-shap.ts';
import { depthOf, type Trees, treeCount } from './trees.ts';

/** Rows explained at a time: enough that patterns repeat, few enough for the processor's cache. */
const block = 4096;

/**
 * SHAP values of the mean leaf value over the trees, in probability; `base` is the average prediction over covers.
 * Undefined for trees so deep that a way could ask more features than `treeShap` takes.
 */
export function meanTreeContributions(
  trees: Trees,
  columns: readonly string[],
  { rows, values }: Matrix,
): Contributions | undefined {
  if (Math.min(depthOf(trees), columns.length) > mostFeatures) return undefined;
  const width = columns.length;
  const count = treeCount(trees);
  const contributions = new Float64Array(rows * width);
  let base = 0;
  for (let from = 0; from < Math.max(1, rows); from += block) {
    const taken = Math.min(block, rows - from);
    const part = treeShap(
      trees,
      (node, goesLeft) => {
        const asked = trees.feature[node]!;
        const threshold = trees.threshold[node]!;
        for (let row = 0; row < taken; row++)
          goesLeft[row] = values[(from + row) * width + asked]! <= threshold ? 1 : 0;
      },
      taken,
      width,
    );
    base = part.base / count;
    part.values.forEach((value, i) => {
      contributions[from * width + i] = value / count;
    });
  }
  return { link: 'probability', base, columns, values: contributions };
}
