/**
 * Exact path-dependent SHAP values of the sum of trees, the same bits for a row alone and in a batch, whatever the trees.
 *
 * The kernel takes all but forests too large for its memory, which go the way of its twin; both have the same bits.
 * Throws `model.damaged` for trees that do not hang together, `explain.many-columns` where the way to a leaf asks more than
 * 2,000 different columns.
 */
import { UnavailableError } from '../../base/errors.ts';
import type { AskedTrees } from '../../kernels/trees/asked-trees.ts';
import type { TreeShap } from '../../kernels/trees/explained-trees.ts';
import { kernelShap } from '../../kernels/trees/kernel-shap.ts';
import { goesLeft } from '../../kernels/trees/plain-sums.ts';
import { rowShap } from '../../kernels/trees/row-shap.ts';
import { mostColumns, planShap } from '../../kernels/trees/shap-plan.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireSoundTrees } from './sound-trees.ts';
import type { Trees } from './trees.ts';

type Explain = (matrix: Matrix) => TreeShap;

const ready = new WeakMap<Trees, Explain>();

export function explainTrees(who: string, trees: Trees, matrix: Matrix): TreeShap {
  requireSoundTrees(who, trees, matrix.columns);
  const known = ready.get(trees);
  if (known) return known(matrix);
  const explain = makeReady(who, trees);
  ready.set(trees, explain);
  return explain(matrix);
}

function makeReady(who: string, trees: Trees & AskedTrees): Explain {
  const plan = planShap(trees);
  if (!plan) {
    throw new UnavailableError(
      'explain.many-columns',
      `${who}: contributions are worked out for trees whose ways ask at most ${mostColumns} different columns, one asks more; train with a maxDepth or fewer leaves`,
      { who, most: mostColumns },
    );
  }
  return (
    kernelShap(trees, plan) ??
    (({ rows, columns, values }) =>
      rowShap(
        trees,
        plan,
        (row, node) => goesLeft(trees, node, values[row * columns + trees.feature[node]!]!),
        rows,
        columns,
      ))
  );
}
