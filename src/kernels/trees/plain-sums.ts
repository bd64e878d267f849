/** Sums of trees by a walk from each root, the twin of `kernel-sums.ts`. O(rows x trees x depth). */
import type { AskedTrees, TreeSums } from './asked-trees.ts';

export function plainSums(trees: AskedTrees): TreeSums {
  const { roots, feature, left, right, value } = trees;
  return ({ rows, columns, values }) => {
    const sums = new Float64Array(rows);
    for (let t = 0; t + 1 < roots.length; t++) {
      const root = roots[t]!;
      for (let row = 0; row < rows; row++) {
        const base = row * columns;
        let node = root;
        for (let asked = feature[node]!; asked >= 0; asked = feature[node]!)
          node = goesLeft(trees, node, values[base + asked]!) ? left[node]! : right[node]!;
        sums[row]! += value[node]!;
      }
    }
    return sums;
  };
}

/** Does a value go left at a node? */
export function goesLeft(trees: AskedTrees, node: number, value: number): boolean {
  if (Number.isNaN(value)) return trees.missingLeft?.[node] === 1;
  const set = trees.levelSetAt?.[node] ?? -1;
  if (set < 0) return value <= trees.threshold[node]!;
  return ((trees.levelSets![set + (value >> 5)]! >>> (value & 31)) & 1) === 1;
}
