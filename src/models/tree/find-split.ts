/**
 * Finds where a node is best cut in two by one feature: the threshold that leaves both sides as pure as possible.
 *
 * Purity is Gini's: with weight W and churned weight C on a side, the cut maximises
 * sum over both sides of (C^2 + (W - C)^2) / W, which is the same as the largest fall in impurity.
 * Cuts stand between consecutive distinct values present in the node. Of equal cuts the first met stays.
 * Matches `sklearn.tree` with `criterion='gini'` and `splitter='best'`. Cost: O(rows of the node) where the
 * feature has few distinct values, else O(rows x log rows).
 */
import { levelCount, type RankedFeatures } from './ranked-features.ts';

/** What a search needs: the rows' ranks and weights, and memory that it uses again at every node. */
export interface SplitSearch {
  readonly ranked: RankedFeatures;
  /** How much each row counts; rows of weight 0 must not be among the node's rows. */
  readonly weights: Float64Array;
  /** The weight of churned rows, 0 for the others. */
  readonly churnWeights: Float64Array;
  /** Groups of rows with one value: its rank, how many rows, their weight, their churned weight. */
  readonly groupRank: Int32Array;
  readonly groupRows: Int32Array;
  readonly groupWeight: Float64Array;
  readonly groupChurn: Float64Array;
  readonly keys: Float64Array;
}

/** The rows of a node, a stretch of the tree's row list, and their totals. */
export interface Node {
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly churn: number;
}

/** The best cut so far; `feature` -1 as long as there is none. `lower` and `upper` are the ranks it stands between. */
export interface Split {
  purity: number;
  feature: number;
  lower: number;
  upper: number;
}

export const noSplit = (): Split => ({ purity: Number.NEGATIVE_INFINITY, feature: -1, lower: 0, upper: 0 });

export function createSplitSearch(
  ranked: RankedFeatures,
  weights: Float64Array,
  churnWeights: Float64Array,
): SplitSearch {
  let most = 0;
  for (let f = 0; f < ranked.features; f++) most = Math.max(most, levelCount(ranked, f));
  return {
    ranked,
    weights,
    churnWeights,
    groupRank: new Int32Array(most),
    groupRows: new Int32Array(most),
    groupWeight: new Float64Array(most),
    groupChurn: new Float64Array(most),
    keys: new Float64Array(ranked.rows),
  };
}

/** Puts the feature's best cut into `best` if it is better. False when the node's rows all have one value. */
export function considerFeature(
  search: SplitSearch,
  node: Node,
  feature: number,
  minLeaf: number,
  best: Split,
): boolean {
  const levels = levelCount(search.ranked, feature);
  const rowCount = node.end - node.start;
  // Counting visits every level once more; past four a row, sorting the few rows is quicker (measured).
  const groups =
    levels <= 4 * rowCount
      ? groupByCounting(search, node, feature, levels)
      : groupBySorting(search, node, feature);
  scanGroups(search, node, feature, groups, minLeaf, best);
  search.groupRows.fill(0, 0, groups);
  search.groupWeight.fill(0, 0, groups);
  search.groupChurn.fill(0, 0, groups);
  return groups > 1;
}

/** Fills the groups, ascending by rank, and returns how many there are. */
function groupByCounting(search: SplitSearch, node: Node, feature: number, levels: number): number {
  const { weights, churnWeights, groupRank, groupRows, groupWeight, groupChurn } = search;
  const { ranks } = search.ranked;
  const { rows, start, end } = node;
  const base = feature * search.ranked.rows;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const rank = ranks[base + row]!;
    groupRows[rank]!++;
    groupWeight[rank]! += weights[row]!;
    groupChurn[rank]! += churnWeights[row]!;
  }
  let groups = 0;
  for (let rank = 0; rank < levels; rank++) {
    const count = groupRows[rank]!;
    if (count === 0) continue;
    if (rank !== groups) {
      groupRows[groups] = count;
      groupWeight[groups] = groupWeight[rank]!;
      groupChurn[groups] = groupChurn[rank]!;
      groupRows[rank] = 0;
      groupWeight[rank] = 0;
      groupChurn[rank] = 0;
    }
    groupRank[groups++] = rank;
  }
  return groups;
}

/** The same groups, found by sorting the node's rows. */
function groupBySorting(search: SplitSearch, node: Node, feature: number): number {
  const { weights, churnWeights, groupRank, groupRows, groupWeight, groupChurn } = search;
  const { ranks } = search.ranked;
  const { rows, start, end } = node;
  const base = feature * search.ranked.rows;
  const count = end - start;
  const keys = search.keys.subarray(0, count);
  // Rank and place in one number, exact below 2^53: rows of one rank keep their order, so sums keep theirs.
  for (let i = 0; i < count; i++) keys[i] = ranks[base + rows[start + i]!]! * count + i;
  keys.sort();
  let groups = 0;
  let previous = -1;
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    const rank = Math.floor(key / count);
    const row = rows[start + (key - rank * count)]!;
    if (rank !== previous) {
      groupRank[groups++] = rank;
      previous = rank;
    }
    groupRows[groups - 1]!++;
    groupWeight[groups - 1]! += weights[row]!;
    groupChurn[groups - 1]! += churnWeights[row]!;
  }
  return groups;
}

function scanGroups(
  search: SplitSearch,
  node: Node,
  feature: number,
  groups: number,
  minLeaf: number,
  best: Split,
): void {
  const { groupRank, groupRows, groupWeight, groupChurn } = search;
  const rowCount = node.end - node.start;
  let leftRows = 0;
  let leftWeight = 0;
  let leftChurn = 0;
  for (let g = 0; g + 1 < groups; g++) {
    leftRows += groupRows[g]!;
    leftWeight += groupWeight[g]!;
    leftChurn += groupChurn[g]!;
    if (leftRows < minLeaf) continue;
    if (rowCount - leftRows < minLeaf) return;
    const rightWeight = node.weight - leftWeight;
    // A weight lost in rounding beside a huge one can't be judged.
    if (!(rightWeight > 0)) continue;
    const leftStayed = leftWeight - leftChurn;
    const rightChurn = node.churn - leftChurn;
    const rightStayed = rightWeight - rightChurn;
    const purity =
      (leftChurn * leftChurn + leftStayed * leftStayed) / leftWeight +
      (rightChurn * rightChurn + rightStayed * rightStayed) / rightWeight;
    if (purity > best.purity) {
      best.purity = purity;
      best.feature = feature;
      best.lower = groupRank[g]!;
      best.upper = groupRank[g + 1]!;
    }
  }
}
