/**
 * The sum over the trees, for each row of a matrix, of the value of the leaf that it reaches: added tree after tree, with the
 * same bits for a row alone and in a batch.
 *
 * Trees are looked at and made ready for the kernel the first time they are asked; a model is scored many times and never
 * changed. Throws `model.damaged` for trees that do not hang together.
 */
import type { TreeSums } from '../../kernels/trees/asked-trees.ts';
import { kernelSums } from '../../kernels/trees/kernel-sums.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireSoundTrees } from './sound-trees.ts';
import type { Trees } from './trees.ts';

const ready = new WeakMap<Trees, TreeSums>();

export function treeSums(who: string, trees: Trees, matrix: Matrix): Float64Array {
  requireSoundTrees(who, trees, matrix.columns);
  let sums = ready.get(trees);
  if (!sums) {
    sums = kernelSums(trees);
    ready.set(trees, sums);
  }
  return sums(matrix);
}
