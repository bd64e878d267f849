/**
 * Grows the trees of a forest with the compiled kernel; the same trees as the plain twin, to the bit. Bins and weights of
 * all rows are copied into the kernel's memory once; a tree is one call.
 */
import { createArena } from '../arena.ts';
import type { SeedWords } from '../draws.ts';
import { type KernelBuild, openKernels, trainingBuild } from '../kernel-module.ts';
import { type BinnedColumns, missingBin } from './binned-columns.ts';
import type { GrowingRows, GrownTree, OpenGrower, TreeGrower, TreeLimits } from './tree-grower.ts';

/** Sums of whole numbers up to here are kept in 32 bits. */
const mostWhole = 2_147_483_647;
const itemBytes = { whole: 16, broken: 32 } as const;
/** Bins of four features. */
const histogramBytes = 4 * 256 * itemBytes.broken;
/** Bits for the bins of four features, and of each single bin. */
const maskBytes = (4 + 256) * 32;
const cutBytes = 24;
const waitingBytes = 48;

export const openKernelGrower: OpenGrower = (binned, rows, limits) =>
  kernelGrower(trainingBuild(), binned, rows, limits);

export function kernelGrower(
  build: KernelBuild,
  binned: BinnedColumns,
  rows: GrowingRows,
  limits: TreeLimits,
): TreeGrower {
  const { rows: rowCount, features } = binned;
  const isWhole = hasWholeWeights(rows, rowCount);
  const bitOf = bitsOf(binned);
  const bitWords = Math.ceil(bitOf.filter((bit) => bit >= 0).length / 64);
  const arena = createArena({
    who: 'trees',
    lower: 'learn from fewer rows or columns, or with smaller trees (maxDepth, minLeaf)',
  });
  const { memory } = arena;
  const room = (bytes: number): number => arena.allocate(bytes);
  const copied = (source: Uint8Array | Int32Array | Float64Array): number => {
    const address = room(source.byteLength);
    new Uint8Array(memory.buffer, address, source.byteLength).set(
      new Uint8Array(source.buffer, source.byteOffset, source.byteLength),
    );
    return address;
  };
  const items = rowCount * itemBytes[isWhole ? 'whole' : 'broken'];
  const deepest = Math.min(limits.maxDepth, rowCount);
  // A tree of so many levels, or with a leaf for each row.
  const mostNodes = deepest < 30 ? Math.min(2 * rowCount, 2 << deepest) : 2 * rowCount;
  const draws = room(rowCount);
  const nodes = {
    feature: room(4 * mostNodes),
    threshold: room(8 * mostNodes),
    left: room(4 * mostNodes),
    right: room(4 * mostNodes),
    value: room(8 * mostNodes),
    cover: room(8 * mostNodes),
    missingLeft: room(mostNodes),
  };
  // The words of the kernel's `Plan`, in its order.
  const words = [
    copied(binned.bins),
    rowCount,
    features,
    copied(binned.binCounts),
    copied(binned.lows),
    copied(binned.highs),
    draws,
    copied(rows.labels),
    rows.weights ? copied(rows.weights) : 0,
    room(items + itemBytes.broken),
    room(items),
    room(4 * features),
    room(8 * features),
    copied(bitOf),
    room(8 * rowCount * bitWords),
    bitWords,
    room(8 * bitWords),
    room(4 * features),
    room(4 * 4),
    room(4 * features),
    // Six are summed at a time.
    room(16 * (features + 6)),
    room(8 * (features + 6)),
    room(rowCount),
    room(histogramBytes),
    room(maskBytes),
    room(cutBytes),
    room(16),
    room(waitingBytes * (deepest + 2)),
    Math.min(limits.featuresPerSplit, features),
    Math.min(limits.maxDepth, rowCount),
    limits.minSplit,
    limits.minLeaf,
    ...[nodes.feature, nodes.threshold, nodes.left, nodes.right, nodes.value, nodes.cover, nodes.missingLeft],
  ];
  const plan = room(4 * words.length);
  new Uint32Array(memory.buffer, plan, words.length).set(words);
  const kernels = openKernels(build, memory);
  kernels.forestBits(plan);

  /** How many rows the tree is grown from. */
  const draw = (isDrawn: boolean): number => {
    for (;;) {
      if (isDrawn) kernels.forestDraw(plan);
      else new Uint8Array(memory.buffer, draws, rowCount).fill(1);
      const count = kernels.forestItems(plan, isWhole ? 1 : 0);
      // A draw that hits only rows of weight 0 would leave nothing to grow on.
      if (count > 0) return count;
    }
  };
  return {
    grow(seed: SeedWords, isDrawn: boolean, firstNode = 0): GrownTree {
      kernels.drawSeed(...seed);
      const count = draw(isDrawn);
      const grown = kernels.forestGrow(
        ...([plan, isWhole ? 1 : 0, count, rows.ofStaying, rows.ofChurned, firstNode] as const),
      );
      return {
        feature: new Int32Array(memory.buffer, nodes.feature, grown),
        threshold: new Float64Array(memory.buffer, nodes.threshold, grown),
        left: new Int32Array(memory.buffer, nodes.left, grown),
        right: new Int32Array(memory.buffer, nodes.right, grown),
        value: new Float64Array(memory.buffer, nodes.value, grown),
        cover: new Float64Array(memory.buffer, nodes.cover, grown),
        missingLeft: new Uint8Array(memory.buffer, nodes.missingLeft, grown),
      };
    },
  };
}

/** The place of a bit for each feature of two values that misses none, whose only cut needs no counting by bins; else -1. */
function bitsOf({ rows, bins, binCounts }: BinnedColumns): Int32Array {
  let bits = 0;
  return binCounts.map((count, feature) =>
    count === 2 && !bins.subarray(feature * rows, (feature + 1) * rows).includes(missingBin) ? bits++ : -1,
  );
}

/** Whether no draw can have a sum of weights that is no whole number of 32 bits. */
function hasWholeWeights({ weights }: GrowingRows, rowCount: number): boolean {
  if (!weights) return rowCount <= mostWhole;
  let most = 0;
  for (const weight of weights) {
    if (!Number.isInteger(weight)) return false;
    most = Math.max(most, weight);
  }
  return most * rowCount <= mostWhole;
}
