/**
 * Finds the best cut of the nodes of a tree with the compiled kernel; the same cuts as the plain twin, to the bit. The
 * bins of all rows are copied into the kernel's memory once, gradients once a tree.
 */
import { createArena } from '../arena.ts';
import { type KernelBuild, openKernels, trainingBuild } from '../kernel-module.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { CutSearch, OpenSearch, SearchedNode } from './cut-search.ts';
import {
  considerLevels,
  keepSplit,
  noSplit,
  type Split,
  type SplitLimits,
  type Totals,
} from './find-split.ts';
import { binStride } from './histogram.ts';

const binBytes = 8 * binStride;
/** Words that tell the kernel of a feature. */
const askedWords = 4;

/** Address of a histogram. */
type Address = number;

export const openKernelSearch: OpenSearch<Address> = (binned, limits) =>
  kernelSearch(trainingBuild(), binned, limits);

export function kernelSearch(
  build: KernelBuild,
  binned: BinnedFeatures,
  limits: SplitLimits,
): CutSearch<Address> {
  const { rows: rowCount, features: width, offsets: firstBins } = binned;
  const arena = createArena();
  const { memory } = arena;
  const bins = arena.allocate(rowCount * width);
  const slopes = arena.allocate(16 * rowCount);
  const rows = arena.allocate(4 * rowCount);
  const asked = arena.allocate(4 * askedWords * width);
  const found = arena.allocate(16 * width);
  turnToRows(binned, new Uint8Array(memory.buffer, bins, rowCount * width));
  const kernels = openKernels(build, memory);
  const { l2, minLeaf } = limits;
  const histogramNumbers = binStride * firstBins[width]!;
  const free: Address[] = [];
  const take = (): Address => free.pop() ?? arena.allocate(8 * histogramNumbers);

  /** Those that the kernel was told of last: a tree asks for the same at each of its nodes. */
  let told: Int32Array | undefined;
  const ask = (features: Int32Array): void => {
    if (features === told) return;
    told = features;
    const words = new Uint32Array(memory.buffer, asked, askedWords * features.length);
    features.forEach((feature, i) => {
      const [first, end] = [firstBins[feature]!, firstBins[feature + 1]!];
      words.set(
        [feature, binBytes * first, binBytes * (end - first), binned.isCategory[feature]!],
        askedWords * i,
      );
    });
  };
  const count = (own: Int32Array, features: Int32Array, histogram: Address): void => {
    new Int32Array(memory.buffer, rows, own.length).set(own);
    kernels.boostingCount(
      ...([bins, width, slopes, rows, own.length, asked, features.length, histogram] as const),
    );
  };
  const cut = (
    { gradient, hessian, count: rowsHere }: Totals,
    features: Int32Array,
    histogram: Address,
  ): Split => {
    kernels.boostingCut(
      ...([asked, features.length, histogram] as const),
      ...([gradient, hessian, rowsHere, l2, minLeaf, found] as const),
    );
    const best = noSplit();
    const gains = new Float64Array(memory.buffer, found, 2 * features.length);
    const words = new Int32Array(memory.buffer, found, 4 * features.length);
    const sums = new Float64Array(memory.buffer, histogram, histogramNumbers);
    features.forEach((feature, i) => {
      if (binned.isCategory[feature] === 1)
        considerLevels(binned, sums, { gradient, hessian, count: rowsHere }, feature, limits, best);
      else if (gains[2 * i]! > best.gain)
        keepSplit(best, gains[2 * i]!, feature, words[4 * i + 2]!, null, words[4 * i + 3] === 1);
    });
    return best;
  };
  const cutWhere = (may: boolean, { totals }: SearchedNode, features: Int32Array, kept: Address) => {
    if (may) return { split: cut(totals, features, kept), kept };
    free.push(kept);
    return undefined;
  };

  return {
    begin(gradients, hessians) {
      const pairs = new Float64Array(memory.buffer, slopes, 2 * rowCount);
      for (let row = 0; row < rowCount; row++) {
        pairs[2 * row] = gradients[row]!;
        pairs[2 * row + 1] = hessians[row]!;
      }
    },
    root({ rows: own, totals }, features) {
      const kept = take();
      ask(features);
      count(own, features, kept);
      return { split: cut(totals, features, kept), kept };
    },
    children(parent, left, right, [mayCutLeft, mayCutRight], features) {
      const isLeftSmaller = left.totals.count < right.totals.count;
      const ofSmaller = take();
      ask(features);
      count((isLeftSmaller ? left : right).rows, features, ofSmaller);
      kernels.boostingSubtract(asked, features.length, parent.kept, ofSmaller);
      return [
        cutWhere(mayCutLeft, left, features, isLeftSmaller ? ofSmaller : parent.kept),
        cutWhere(mayCutRight, right, features, isLeftSmaller ? parent.kept : ofSmaller),
      ];
    },
    drop: ({ kept }) => {
      free.push(kept);
    },
  };
}

/** From columns of bins to rows of bins. */
function turnToRows({ rows, features, bins }: BinnedFeatures, to: Uint8Array): void {
  for (let feature = 0; feature < features; feature++)
    for (let row = 0, at = feature; row < rows; row++, at += features) to[at] = bins[feature * rows + row]!;
}
