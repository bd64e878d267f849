/**
 * Where boosting keeps its numbers; `kernels/boosting/engine-memory.ts` writes and reads the same places.
 *
 * A record is a row: its slope and its bend with a 1 that counts it (two whole numbers of 64 bits, side by side as in a
 * bin of a histogram), the sum of its trees, a tag (place in the list of rows, times 2, and its label), and a byte for each
 * bundle: the bins of one feature, or of several (`kernels/boosting/bundles.ts`).
 */

export const recordSum: usize = 16;
export const recordTag: usize = 24;

/** A bin of a histogram: sum of slopes; sum of bends with the number of rows above them. */
export const binShift: usize = 4;
export const binBytes: usize = 16;
export const binBend: usize = 8;
export const countShift: i64 = 37;
export const bendMask: i64 = (1 << 37) - 1;

/** A bundle that is counted: its byte in a record, where in a histogram its codes begin and how long they are in bytes. */
export const bundleBytes: usize = 16;
export const bundleFirst: usize = 4;
export const bundleLength: usize = 8;

/** A feature that is asked for: the byte of its bundle, where that begins in a histogram, and how long its own bins are in bytes. */
export const askedBytes: usize = 32;
export const askedFirst: usize = 4;
export const askedLength: usize = 8;
/** 1 for a category; 1 up, -1 down for a number whose way is given; 1 where a value is missing in training. */
export const askedCategory: usize = 12;
export const askedWay: usize = 13;
export const askedMissing: usize = 14;
export const askedFeature: usize = 16;
/** In bytes of a histogram: from bin to bin in the codes of its bundle, until these begin anew, and all codes. */
export const askedStride: usize = 20;
export const askedRound: usize = 24;
export const askedCodes: usize = 28;

/** The plan of a fit: addresses, then limits, then numbers. Slopes and bends are in steps, so l1, l2 and the rest too. */
export const planRecords: usize = 0;
export const planRecordBytes: usize = 4;
export const planNodes: usize = 8;
export const planHistograms: usize = 12;
export const planHistogramBytes: usize = 16;
export const planAsked: usize = 20;
export const planScratch: usize = 24;
/** Room for the bins of a feature. */
export const planBins: usize = 52;
export const planBundles: usize = 56;
export const planBundlesEnd: usize = 60;
/** 0 where every row weighs 1. */
export const planWeights: usize = 28;
export const planMostLeaves: usize = 32;
export const planMostDepth: usize = 36;
export const planMinLeaf: usize = 40;
/** Which leaf is cut next: 0 that of the largest gain, 1 the oldest, 2 all of a level by one question. */
export const planOrder: usize = 44;
export const byDepth: u32 = 1;
export const symmetric: u32 = 2;
/** Whether l1 or a given way bounds the values of leaves. */
export const planIsBounded: usize = 48;
export const planSlopeSteps: usize = 64;
export const planBendSteps: usize = 72;
export const planL1: usize = 80;
export const planL2: usize = 88;
export const planLeastBend: usize = 96;
/** What turns slope / bend into what a leaf adds. */
export const planRate: usize = 104;
export const planSupport: usize = 112;

export const nodeBytes: usize = 160;
/** Records of a node: those it learns from, and those that only follow. */
export const nodeFrom: usize = 0;
export const nodeEnd: usize = 4;
export const nodeRestFrom: usize = 8;
export const nodeRestEnd: usize = 12;
export const nodeDepth: usize = 16;
export const nodeHistogram: usize = 20;
/** 0 a leaf, 1 a leaf with a cut or, of a symmetric tree, one that may be cut, 2 cut. */
export const nodeState: usize = 24;
export const nodeFeature: usize = 28;
export const nodeBin: usize = 32;
export const nodeMissingLeft: usize = 36;
export const nodeLeft: usize = 40;
export const nodeRight: usize = 44;
export const nodeSlope: usize = 48;
export const nodeBend: usize = 56;
export const nodeLeftSlope: usize = 64;
export const nodeLeftBend: usize = 72;
export const nodeLower: usize = 80;
export const nodeUpper: usize = 88;
/** What the node costs less as it is, and what its sides would together. */
export const nodeCost: usize = 96;
export const nodeScore: usize = 104;
export const nodeValue: usize = 112;
export const nodeLevels: usize = 120;

/** The bends of a bin or node, without the count. */
export function bendOf(counted: i64): f64 {
  return <f64>(counted & bendMask);
}

export function countOf(counted: i64): i32 {
  return <i32>(counted >> countShift);
}
