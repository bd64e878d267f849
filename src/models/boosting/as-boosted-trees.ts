/** A tree as the engine grew it, on bins, as one that asks values: cuts become thresholds, sets of levels stand in a row. O(nodes). */
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import type { GrownTree } from '../../kernels/boosting/boosting-engine.ts';
import { levelWords } from '../../kernels/boosting/find-split.ts';
import type { BoostedTrees } from './boosted-trees.ts';

export function asBoostedTrees(grown: GrownTree, { edges, isCategory }: BinnedFeatures): BoostedTrees {
  const { feature, bin, missingLeft, left, right, value, gain, cover, levels } = grown;
  const nodes = feature.length;
  const threshold = new Float64Array(nodes);
  const levelSetAt = new Int32Array(nodes).fill(-1);
  const levelSets: number[] = [];
  feature.forEach((asked, node) => {
    if (asked < 0) return;
    if (isCategory[asked]) {
      levelSetAt[node] = levelSets.length;
      levelSets.push(...levels.subarray(levelWords * node, levelWords * (node + 1)));
    } else {
      // All numbers go left where only missing values go right.
      threshold[node] = edges[asked]![bin[node]!] ?? Number.MAX_VALUE;
    }
  });
  return {
    ...{ roots: Int32Array.of(0, nodes), feature, threshold, left, right, value, cover, missingLeft, gain },
    ...{ levelSetAt, levelSets: Uint32Array.from(levelSets) },
  };
}
