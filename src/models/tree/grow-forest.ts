/**
 * Grows trees of bins: all in the compiled kernel, each from its own stream of draws, so that a tree is the same however
 * many stand before it and whoever grows it. O(trees x features looked at x rows x depth).
 */
import type { Random } from '../../base/random.ts';
import { seedWords } from '../../kernels/draws.ts';
import { openKernelGrower } from '../../kernels/forest/kernel-grower.ts';
import type { GrowingRows, TreeLimits } from '../../kernels/forest/tree-grower.ts';
import type { Stopper } from '../../learn/context.ts';
import { binColumns } from './bin-columns.ts';
import { createTreeCollector, type ForestTrees } from './tree-collector.ts';

export interface ForestSettings extends TreeLimits {
  readonly trees: number;
  /** Each tree sees as many rows as there are, drawn with repetition, instead of each row once. */
  readonly isDrawn: boolean;
}

export function growForest(
  columns: readonly Float64Array[],
  rows: GrowingRows,
  settings: ForestSettings,
  random: Random,
  signal?: Stopper,
): ForestTrees {
  const grower = openKernelGrower(binColumns(columns, rows.labels.length), rows, settings);
  const collector = createTreeCollector(settings.trees);
  for (let t = 0; t < settings.trees; t++) {
    signal?.throwIfAborted();
    const words = seedWords(random.fork('tree', t));
    collector.add(grower.grow(words, settings.isDrawn, collector.count()));
  }
  return collector.trees();
}
