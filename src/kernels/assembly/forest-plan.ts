/** What growing a tree works on. */

/** What a tree is grown from and to: addresses, and limits. Filled by `kernels/forest/kernel-grower.ts`, word by word. */
@unmanaged
export class Plan {
  /** Bins, a byte each, column after column. */
  bins: u32;
  rows: u32;
  features: u32;
  /** How many bins each feature has, missing values left out. */
  binCounts: u32;
  /** The least and the largest value in each bin, 256 of each a feature. */
  lows: u32;
  highs: u32;
  /** How often each row was drawn, a byte each. */
  draws: u32;
  labels: u32;
  /** Each row's weight; no address where all weigh 1. */
  weights: u32;
  items: u32;
  /** Room for as many items again. */
  spare: u32;
  /** Features in the order in which they are drawn. */
  order: u32;
  /** For each feature the last part of the rows that was seen to have one value: its first item, and the end. */
  constant: u32;
  /** Of each feature the place of its bit where it has two values and misses none, else -1. */
  bitOf: u32;
  /** The bits of each row, 64 a word, word after word of all rows; how many words a row has. */
  bits: u32;
  bitWords: u32;
  /** Words of the bits in which the items of the node differ. */
  varying: u32;
  /** The features looked at together, and those of them that are counted by bins, at most four. */
  asked: u32;
  counted: u32;
  /** Those of two values; what goes right at each as a pair of 32 bits, or what goes left as doubles; how many items go right. */
  twoValued: u32;
  sideSums: u32;
  rightRows: u32;
  /** A column of bins, all 0, for want of a fourth feature. */
  noColumn: u32;
  /** Bins of four features, all 0 between two looks. */
  histograms: u32;
  /** Which bins may have rows, a bit each, for four features; behind them 256 such bits with one set. */
  masks: u32;
  /** The best cut so far, and the sums of the items that go left at it. */
  best: u32;
  bestLeft: u32;
  /** Parts of the rows that are still to become nodes. */
  waiting: u32;
  featuresPerSplit: u32;
  maxDepth: u32;
  minSplit: u32;
  minLeaf: u32;
  /** The grown tree. */
  feature: u32;
  threshold: u32;
  left: u32;
  right: u32;
  value: u32;
  cover: u32;
  missingLeft: u32;
}

/** Where a node is cut; no feature as long as there is no cut. */
@unmanaged
export class Cut {
  purity: f64;
  feature: i32;
  /** The bins on both sides, both with rows in the node. */
  lower: u32;
  upper: u32;
  /** Whether missing values go left: 0 or 1, or `nobodyMissing`. */
  missingLeft: u32;
}

export const missingBin: u32 = 255;
export const nobodyMissing: u32 = 2;

/** The address of the number behind `place` others of four bytes. */
export function wordAt(from: u32, place: u32): usize {
  return <usize>from + ((<usize>place) << 2);
}
