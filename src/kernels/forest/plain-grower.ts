/**
 * Grows the trees of a forest in plain TypeScript: what the compiled kernel is held against, to the bit.
 *
 * At each node the cut is made that leaves both sides purest by Gini's measure: with S and C the staying and churned
 * weight of a side it maximises the sum over both sides of (C^2 + S^2) / (S + C). Cuts stand between bins that have
 * rows in the node, missing values tried on either side and alone on the right; of equal cuts the first met stays. A cut that
 * gains nothing is made too (two features may only help together). Depth first, left part first.
 * Matches `sklearn.tree` where every value has a bin of its own. Cost: O(features looked at x (rows + bins)) a node.
 */
import { createDraws, type DrawBelow } from '../draws.ts';
import { type BinnedColumns, missingBin, thresholdBetweenBins } from './binned-columns.ts';

import type { GrowingRows, GrownTree, OpenGrower, TreeLimits } from './tree-grower.ts';

interface Growing {
  readonly binned: BinnedColumns;
  readonly limits: TreeLimits;
  /** Of each row, times how often it was drawn but not yet times its class's weight. */
  readonly staying: Float64Array;
  readonly churned: Float64Array;
  readonly ofStaying: number;
  readonly ofChurned: number;
  readonly order: Int32Array;
  readonly drawBelow: DrawBelow;
}

/** What rows weigh, and how many they are. */
interface Sums {
  readonly staying: number;
  readonly churned: number;
  readonly rows: number;
}

interface Cut {
  purity: number;
  feature: number;
  /** The bins on both sides of the cut, both with rows in the node. */
  lower: number;
  upper: number;
  /** Undefined where nothing is missing in the node. */
  isMissingLeft: boolean | undefined;
}

const nothing: Sums = { staying: 0, churned: 0, rows: 0 };

export const openPlainGrower: OpenGrower = (binned, rows, limits) => ({
  grow(seed, isDrawn, firstNode = 0) {
    const drawBelow = createDraws(seed);
    const { weights, labels } = rows;
    const own = drawnWeights(binned.rows, weights, isDrawn, drawBelow);
    const growing: Growing = {
      binned,
      limits,
      staying: own.map((weight, row) => (labels[row] === 1 ? 0 : weight)),
      churned: own.map((weight, row) => (labels[row] === 1 ? weight : 0)),
      ofStaying: rows.ofStaying,
      ofChurned: rows.ofChurned,
      order: Int32Array.from({ length: binned.features }, (_, feature) => feature),
      drawBelow,
    };
    const everyRow = Array.from(own.keys()).filter((row) => own[row]! > 0);
    return growTree(growing, everyRow, firstNode);
  },
});

/** Each row's weight times how often it was drawn. */
function drawnWeights(
  rowCount: number,
  weights: GrowingRows['weights'],
  isDrawn: boolean,
  drawBelow: DrawBelow,
): Float64Array {
  for (;;) {
    const drawn = new Float64Array(rowCount).fill(isDrawn ? 0 : 1);
    if (isDrawn) for (let i = 0; i < rowCount; i++) drawn[drawBelow(rowCount)]! += 1;
    const own = drawn.map((times, row) => times * (weights?.[row] ?? 1));
    // A draw that hits only rows of weight 0 would leave nothing to grow on.
    if (own.some((weight) => weight > 0)) return own;
  }
}

function growTree(growing: Growing, everyRow: readonly number[], firstNode: number): GrownTree {
  const { maxDepth, minSplit, minLeaf } = growing.limits;
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
    cover: [] as number[],
    missingLeft: [] as number[],
  };
  const grow = (rows: readonly number[], depth: number): number => {
    const node = tree.feature.length;
    const all = sumOf(growing, rows);
    const weight = all.staying + all.churned;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(0);
    tree.right.push(0);
    tree.value.push(all.churned / weight);
    tree.cover.push(weight);
    tree.missingLeft.push(0);
    const isPure = all.staying === 0 || all.churned === 0;
    if (isPure || depth >= maxDepth || rows.length < Math.max(minSplit, 2 * minLeaf)) return node;
    const { feature, lower, upper, isMissingLeft } = findCut(growing, rows, all);
    if (feature < 0) return node;
    const { bins, rows: rowCount } = growing.binned;
    const isLeft = (row: number): boolean => {
      const bin = bins[feature * rowCount + row]!;
      return bin === missingBin ? isMissingLeft === true : bin <= lower;
    };
    const left = rows.filter(isLeft);
    const right = rows.filter((row) => !isLeft(row));
    tree.feature[node] = feature;
    tree.threshold[node] = thresholdBetweenBins(growing.binned, feature, lower, upper);
    // Where nothing was missing in training, missing values go with the larger side.
    tree.missingLeft[node] = (isMissingLeft ?? left.length > right.length) ? 1 : 0;
    tree.left[node] = firstNode + grow(left, depth + 1);
    tree.right[node] = firstNode + grow(right, depth + 1);
    return node;
  };
  grow(everyRow, 0);
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    value: Float64Array.from(tree.value),
    cover: Float64Array.from(tree.cover),
    missingLeft: Uint8Array.from(tree.missingLeft),
  };
}

/** Sums in the rows' order, multiplied with the weights of the classes at the end. */
function sumOf({ staying, churned, ofStaying, ofChurned }: Growing, rows: readonly number[]): Sums {
  let ofStayed = 0;
  let ofLost = 0;
  for (const row of rows) {
    ofStayed += staying[row]!;
    ofLost += churned[row]!;
  }
  return { staying: ofStayed * ofStaying, churned: ofLost * ofChurned, rows: rows.length };
}

function findCut(growing: Growing, rows: readonly number[], all: Sums): Cut {
  const { order, drawBelow, limits } = growing;
  const features = order.length;
  const best: Cut = {
    purity: Number.NEGATIVE_INFINITY,
    feature: -1,
    lower: 0,
    upper: 0,
    isMissingLeft: undefined,
  };
  const isDrawn = limits.featuresPerSplit < features;
  let hasVarying = !isDrawn;
  // Features with one value in the node count as looked at, but at least one that varies must have been.
  for (let looked = 0; looked < features && (looked < limits.featuresPerSplit || !hasVarying); looked++) {
    if (isDrawn) {
      const other = looked + drawBelow(features - looked);
      const drawn = order[other]!;
      order[other] = order[looked]!;
      order[looked] = drawn;
    }
    if (considerFeature(growing, rows, all, order[looked]!, best)) hasVarying = true;
  }
  return best;
}

/** Puts the feature's best cut into `best` if it is better; false when all rows have one value. */
function considerFeature(
  growing: Growing,
  rows: readonly number[],
  all: Sums,
  feature: number,
  best: Cut,
): boolean {
  const { bins, rows: rowCount } = growing.binned;
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const bin = bins[feature * rowCount + row]!;
    const group = groups.get(bin);
    if (group) group.push(row);
    else groups.set(bin, [row]);
  }
  const missing = groups.has(missingBin) ? sumOf(growing, groups.get(missingBin)!) : nothing;
  const hasMissing = missing.rows > 0;
  const present = [...groups.keys()].sort((a, b) => a - b);
  // Sums of bins are added up before they are multiplied with the weights of the classes.
  let stayed = 0;
  let lost = 0;
  let leftRows = 0;
  for (let i = 0; i + 1 < present.length; i++) {
    const [lower, upper] = [present[i]!, present[i + 1]!];
    const group = groups.get(lower)!;
    stayed += group.reduce((sum, row) => sum + growing.staying[row]!, 0);
    lost += group.reduce((sum, row) => sum + growing.churned[row]!, 0);
    leftRows += group.length;
    const left = { staying: stayed * growing.ofStaying, churned: lost * growing.ofChurned, rows: leftRows };
    tryCut(growing.limits, left, all, best, {
      feature,
      lower,
      upper,
      isMissingLeft: hasMissing ? false : undefined,
    });
    if (!hasMissing || upper === missingBin) continue;
    const withMissing = {
      staying: left.staying + missing.staying,
      churned: left.churned + missing.churned,
      rows: left.rows + missing.rows,
    };
    tryCut(growing.limits, withMissing, all, best, { feature, lower, upper, isMissingLeft: true });
  }
  return present.length > 1;
}

function tryCut({ minLeaf }: TreeLimits, left: Sums, all: Sums, best: Cut, cut: Omit<Cut, 'purity'>): void {
  const right = {
    staying: all.staying - left.staying,
    churned: all.churned - left.churned,
    rows: all.rows - left.rows,
  };
  if (left.rows < minLeaf || right.rows < minLeaf) return;
  // A weight lost in rounding beside a huge one can't be judged.
  if (!(right.staying + right.churned > 0)) return;
  const purity = purityOf(left) + purityOf(right);
  if (purity > best.purity) Object.assign(best, cut, { purity });
}

const purityOf = ({ staying, churned }: Sums): number =>
  (churned * churned + staying * staying) / (staying + churned);
