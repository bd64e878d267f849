/**
 * Exact path-dependent SHAP values of the sum of trees, the same bits for a row alone and in a batch, whatever the trees.
 *
 * The kernel takes all but the largest trees (`kernels/trees/shap-image.ts`); others go their way by their depth: shallow
 * ones leaf by leaf for all rows, deep ones row by row, since hardly two rows share a pattern there. Which way is by the
 * model alone.
 * Throws `model.damaged` for trees that do not hang together.
 */
import type { AskedTrees } from '../../kernels/trees/asked-trees.ts';
import { kernelShap } from '../../kernels/trees/kernel-shap.ts';
import { goesLeft } from '../../kernels/trees/plain-sums.ts';
import { rowShap } from '../../kernels/trees/row-shap.ts';
import { type TreeShap, treeShap } from '../../kernels/trees/tree-shap.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireSoundTrees } from './sound-trees.ts';
import { depthOf, type Trees } from './trees.ts';

type Explain = (matrix: Matrix) => TreeShap;

const ready = new WeakMap<Trees, Explain>();

/** Rows explained at a time: enough that patterns repeat, few enough for the processor's cache. */
const block = 4096;
/** Deeper trees have so many patterns that each row is better walked alone. */
const deep = 8;

export function explainTrees(who: string, trees: Trees, matrix: Matrix): TreeShap {
  requireSoundTrees(who, trees, matrix.columns);
  let explain = ready.get(trees);
  if (!explain) {
    const depth = depthOf(trees);
    explain = kernelShap(trees) ?? (depth > deep ? byRow(trees, depth) : byPattern(trees));
    ready.set(trees, explain);
  }
  return explain(matrix);
}

const byRow =
  (trees: Trees & AskedTrees, depth: number): Explain =>
  ({ rows, columns, values }) =>
    rowShap(
      trees,
      (row, node) => goesLeft(trees, node, values[row * columns + trees.feature[node]!]!),
      rows,
      columns,
      depth,
    );

const byPattern =
  (trees: Trees & AskedTrees): Explain =>
  ({ rows, columns, values }) => {
    const all = new Float64Array(rows * columns);
    let base = 0;
    for (let from = 0; from < Math.max(1, rows); from += block) {
      const taken = Math.min(block, rows - from);
      const directions = (node: number, isLeft: Uint8Array): void => {
        const asked = trees.feature[node]!;
        for (let row = 0; row < taken; row++)
          isLeft[row] = goesLeft(trees, node, values[(from + row) * columns + asked]!) ? 1 : 0;
      };
      const part = treeShap(trees, directions, taken, columns);
      base = part.base;
      all.set(part.values, from * columns);
    }
    return { base, values: all };
  };
