/**
 * Exact path-dependent SHAP values of trees with the compiled kernel: the same bits as its twin `row-shap.ts`, for a row
 * alone and in a batch alike. Trees are made ready once. O(rows x questions x m / 2) for m columns on the widest way of a tree.
 */
import type { Matrix } from '../../math/linear-algebra.ts';
import type { AskedTrees } from './asked-trees.ts';
import type { TreeShap } from './explained-trees.ts';
import { placeImage, workBytes } from './scoring-memory.ts';
import { shapImage } from './shap-image.ts';
import type { ShapPlan } from './shap-plan.ts';

/** More rows at a time would not stay near the processor. */
const mostRows = 64;

/** Undefined for trees that the kernel's memory is too small for: then the twin does it. */
export function kernelShap(trees: AskedTrees, plan: ShapPlan): ((matrix: Matrix) => TreeShap) | undefined {
  const image = shapImage(trees, plan);
  const { asked, base } = plan;
  const width = asked.length;
  // A value a slot, and two sums.
  const block = Math.min(Math.floor(workBytes / (24 * width)), mostRows);
  if (!image || block === 0) return undefined;
  return ({ rows, columns, values }) => {
    const explained = new Float64Array(rows * columns);
    if (width === 0) return { base, values: explained };
    for (let from = 0; from < rows; from += block) {
      const taken = Math.min(block, rows - from);
      const { memory, address } = placeImage(image);
      const { kernels, work, numbers } = memory;
      const given = work / 8;
      const sums = given + 2 * Math.ceil((block * width) / 2);
      for (let row = 0, at = given; row < taken; row++) {
        const start = (from + row) * columns;
        for (let slot = 0; slot < width; slot++) numbers[at++] = values[start + asked[slot]!]!;
      }
      numbers.fill(0, sums, sums + 2 * taken * width);
      kernels.shapRows(address, work, taken, width, 8 * sums);
      for (let row = 0, at = sums; row < taken; row++) {
        const start = (from + row) * columns;
        for (let slot = 0; slot < width; slot++, at += 2)
          explained[start + asked[slot]!] = numbers[at]! + numbers[at + 1]!;
      }
    }
    return { base, values: explained };
  };
}
