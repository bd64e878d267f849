/** The best cut of a node; what is looked at, in which order and by which sums is told in `kernels/boosting/find-split.ts`. */
import { binsOf } from './boosting-histogram';
import {
  askedBytes,
  askedCategory,
  askedFeature,
  askedLength,
  askedWay,
  bendOf,
  binBend,
  binBytes,
  binShift,
  countOf,
  nodeBend,
  nodeBin,
  nodeFeature,
  nodeLeftBend,
  nodeLeftSlope,
  nodeLevels,
  nodeLower,
  nodeMissingLeft,
  nodeScore,
  nodeSlope,
  nodeUpper,
  planIsBounded,
  planL1,
  planL2,
  planLeastBend,
  planMinLeaf,
  planScratch,
  planSupport,
} from './boosting-memory';

/** Puts the best cut of the features asked for into the node; `nodeFeature` stays -1 where none is worth it. */
export function findCut(plan: usize, node: usize, asked: usize, askedEnd: usize): void {
  const isBounded = load<u32>(plan, planIsBounded) !== 0;
  for (let f = asked; f < askedEnd; f += askedBytes) {
    if (load<u8>(f, askedCategory)) cutLevels(plan, node, f);
    else if (isBounded) cutBounded(plan, node, f);
    else cutNumber(plan, node, f);
  }
}

/** What a side with a value of its own costs less: with T the slope less l1, T^2 / (bend + l2), less where bounds hold it. */
export function sideScore(slope: f64, bend: f64, l1: f64, l2: f64, lower: f64, upper: f64): f64 {
  const value = sideValue(slope, bend, l1, l2, lower, upper);
  return -(2 * slope * value + (bend + l2) * value * value + 2 * l1 * Math.abs(value));
}

/** Where the loss of a side is least, within its bounds. */
export function sideValue(slope: f64, bend: f64, l1: f64, l2: f64, lower: f64, upper: f64): f64 {
  if (!(bend + l2 > 0)) return 0;
  const size = max<f64>(Math.abs(slope) - l1, 0) / (bend + l2);
  return min<f64>(max<f64>(slope > 0 ? -size : size, lower), upper);
}

/** Missing values on the right and on the left at once: the two lanes. */
function cutNumber(plan: usize, node: usize, f: usize): void {
  const leastBend = load<f64>(plan, planLeastBend);
  const minLeaf = load<i32>(plan, planMinLeaf);
  const histogram = binsOf(plan, node, f);
  const missing = histogram + <usize>load<u32>(f, askedLength) - binBytes;
  const missingSlope = load<i64>(missing);
  const missingBend = load<i64>(missing, binBend);
  const all = load<i64>(node, nodeBend);
  const allCount = countOf(all);
  const l2 = f64x2.splat(load<f64>(plan, planL2));
  const allBend = f64x2.splat(bendOf(all));
  const allSlope = f64x2.splat(<f64>load<i64>(node, nodeSlope));
  const moreSlope = f64x2(0, <f64>missingSlope);
  const moreBend = f64x2(0, bendOf(missingBend));
  let best = load<f64>(node, nodeScore);
  let bests = f64x2.splat(best);
  let bestAt: usize = 0;
  let isMissingLeft = false;
  let slope: i64 = 0;
  let bend: i64 = 0;
  // Behind the last bin only missing values are left to go right.
  const last = missing - binBytes;
  const end = missingBend ? missing : last;
  for (let at = histogram; at < end; at += binBytes) {
    const own = load<i64>(at, binBend);
    if (!own) continue;
    slope += load<i64>(at);
    bend += own;
    const count = countOf(bend);
    if (allCount - count < minLeaf) break;
    const g = f64x2.add(f64x2.splat(<f64>slope), moreSlope);
    const h = f64x2.add(f64x2.splat(bendOf(bend)), moreBend);
    const q = f64x2.sub(allSlope, g);
    const rest = f64x2.sub(allBend, h);
    const left = f64x2.add(h, l2);
    const right = f64x2.add(rest, l2);
    // Compared without a division, which only a better cut needs; whether it is allowed is asked then, too.
    const above = f64x2.add(f64x2.mul(f64x2.mul(g, g), right), f64x2.mul(f64x2.mul(q, q), left));
    const below = f64x2.mul(left, right);
    if (!v128.any_true(f64x2.gt(above, f64x2.mul(bests, below)))) continue;
    for (let lane = 0; lane < 2; lane++) {
      const countLeft = lane ? count + countOf(missingBend) : count;
      if (lane && (!missingBend || at === last)) break;
      if (countLeft < minLeaf || allCount - countLeft < minLeaf) continue;
      if (laneOf(h, lane) < leastBend || laneOf(rest, lane) < leastBend) continue;
      if (!(laneOf(above, lane) > best * laneOf(below, lane))) continue;
      best = laneOf(above, lane) / laneOf(below, lane);
      bests = f64x2.splat(best);
      bestAt = at;
      isMissingLeft = lane !== 0;
    }
  }
  if (bestAt) keepNumber(node, f, best, histogram, bestAt, isMissingLeft, missing);
}

function laneOf(pair: v128, lane: i32): f64 {
  return lane ? f64x2.extract_lane(pair, 1) : f64x2.extract_lane(pair, 0);
}

/** The same with l1, bounds and a given way. */
function cutBounded(plan: usize, node: usize, f: usize): void {
  const l1 = load<f64>(plan, planL1);
  const l2 = load<f64>(plan, planL2);
  const leastBend = load<f64>(plan, planLeastBend);
  const minLeaf = load<i32>(plan, planMinLeaf);
  const lower = load<f64>(node, nodeLower);
  const upper = load<f64>(node, nodeUpper);
  const way = <f64>load<i8>(f, askedWay);
  const histogram = binsOf(plan, node, f);
  const missing = histogram + <usize>load<u32>(f, askedLength) - binBytes;
  const missingSlope = load<i64>(missing);
  const missingBend = load<i64>(missing, binBend);
  const all = load<i64>(node, nodeBend);
  const allSlope = load<i64>(node, nodeSlope);
  const allCount = countOf(all);
  let best = load<f64>(node, nodeScore);
  let bestAt: usize = 0;
  let isMissingLeft = false;
  let slope: i64 = 0;
  let bend: i64 = 0;
  const last = missing - binBytes;
  const end = missingBend ? missing : last;
  for (let at = histogram; at < end; at += binBytes) {
    const own = load<i64>(at, binBend);
    if (!own) continue;
    slope += load<i64>(at);
    bend += own;
    const ways = missingBend && at !== last ? 2 : 1;
    for (let way2 = 0; way2 < ways; way2++) {
      const left = way2 ? bend + missingBend : bend;
      const right = all - left;
      if (countOf(left) < minLeaf || allCount - countOf(left) < minLeaf) continue;
      const h = bendOf(left);
      const rest = bendOf(right);
      if (h < leastBend || rest < leastBend) continue;
      const g = <f64>(way2 ? slope + missingSlope : slope);
      const q = <f64>allSlope - g;
      if (way !== 0) {
        const rise = sideValue(q, rest, l1, l2, lower, upper) - sideValue(g, h, l1, l2, lower, upper);
        if (way * rise < 0) continue;
      }
      const score = sideScore(g, h, l1, l2, lower, upper) + sideScore(q, rest, l1, l2, lower, upper);
      if (score > best) {
        best = score;
        bestAt = at;
        isMissingLeft = way2 !== 0;
      }
    }
  }
  if (bestAt) keepNumber(node, f, best, histogram, bestAt, isMissingLeft, missing);
}

function keepNumber(
  node: usize,
  f: usize,
  score: f64,
  histogram: usize,
  bestAt: usize,
  isMissingLeft: bool,
  missing: usize,
): void {
  let slope: i64 = isMissingLeft ? load<i64>(missing) : 0;
  let bend: i64 = isMissingLeft ? load<i64>(missing, binBend) : 0;
  for (let at = histogram; at <= bestAt; at += binBytes) {
    slope += load<i64>(at);
    bend += load<i64>(at, binBend);
  }
  keep(node, f, score, <i32>((bestAt - histogram) >> binShift), isMissingLeft, slope, bend);
}

function keep(node: usize, f: usize, score: f64, bin: i32, isMissingLeft: bool, slope: i64, bend: i64): void {
  store<f64>(node, score, nodeScore);
  store<i32>(node, load<i32>(f, askedFeature), nodeFeature);
  store<i32>(node, bin, nodeBin);
  store<u32>(node, isMissingLeft ? 1 : 0, nodeMissingLeft);
  store<i64>(node, slope, nodeLeftSlope);
  store<i64>(node, bend, nodeLeftBend);
}

/** Of a category; the bin for missing values stands behind its levels. */
function cutLevels(plan: usize, node: usize, f: usize): void {
  const histogram = binsOf(plan, node, f);
  const orders = <usize>load<u32>(plan, planScratch);
  const placed = orders + 2048;
  const count = orderLevels(plan, node, f, histogram, orders, placed);
  if (count < 2) return;
  const l1 = load<f64>(plan, planL1);
  const l2 = load<f64>(plan, planL2);
  const leastBend = load<f64>(plan, planLeastBend);
  const minLeaf = load<i32>(plan, planMinLeaf);
  const lower = load<f64>(node, nodeLower);
  const upper = load<f64>(node, nodeUpper);
  const all = load<i64>(node, nodeBend);
  const allSlope = load<i64>(node, nodeSlope);
  let best = load<f64>(node, nodeScore);
  let bestSize = 0;
  let bestIsFromEnd = false;
  let bestSlope: i64 = 0;
  let bestBend: i64 = 0;
  // No more than half from either end, so that rare levels stay with the larger group.
  const half = (count + 1) >> 1;
  for (let end = 0; end < 2; end++) {
    let slope: i64 = 0;
    let bend: i64 = 0;
    for (let i = 0; i < half - end; i++) {
      const place = end ? count - 1 - i : i;
      const at = histogram + ((<usize>load<u32>(placed + ((<usize>place) << 2))) << binShift);
      slope += load<i64>(at);
      bend += load<i64>(at, binBend);
      const right = all - bend;
      if (countOf(bend) < minLeaf || countOf(right) < minLeaf) continue;
      const h = bendOf(bend);
      const rest = bendOf(right);
      if (h < leastBend || rest < leastBend) continue;
      const score =
        sideScore(<f64>slope, h, l1, l2, lower, upper) +
        sideScore(<f64>(allSlope - slope), rest, l1, l2, lower, upper);
      if (score > best) {
        best = score;
        bestSize = i + 1;
        bestIsFromEnd = end !== 0;
        bestSlope = slope;
        bestBend = bend;
      }
    }
  }
  if (!bestSize) return;
  const missingBin = load<u32>(f, askedLength) / <u32>binBytes - 1;
  memory.fill(node + nodeLevels, 0, 32);
  let isMissingLeft = false;
  for (let i = 0; i < bestSize; i++) {
    const place = bestIsFromEnd ? count - 1 - i : i;
    const bin = load<u32>(placed + ((<usize>place) << 2));
    if (bin === missingBin) isMissingLeft = true;
    else {
      const word = node + ((<usize>(bin >> 5)) << 2);
      store<u32>(word, load<u32>(word, nodeLevels) | (1 << (bin & 31)), nodeLevels);
    }
  }
  keep(node, f, best, -1, isMissingLeft, bestSlope, bestBend);
}

/** The levels with rows enough, by slope / (bend + support), equal ones as they stand; returns how many. */
function orderLevels(
  plan: usize,
  node: usize,
  f: usize,
  histogram: usize,
  orders: usize,
  placed: usize,
): i32 {
  const support = load<f64>(plan, planSupport);
  const all = load<i64>(node, nodeBend);
  const rowsPerBend = <f64>countOf(all) / bendOf(all);
  const bins = load<u32>(f, askedLength) / <u32>binBytes;
  let count: usize = 0;
  for (let bin: u32 = 0; bin < bins; bin++) {
    const at = histogram + ((<usize>bin) << binShift);
    const own = load<i64>(at, binBend);
    const bend = bendOf(own);
    if (!own || !(bend * rowsPerBend >= 10)) continue;
    const order = <f64>load<i64>(at) / (bend + support);
    let to = count++;
    for (; to > 0 && load<f64>(orders + ((to - 1) << 3)) > order; to--) {
      store<f64>(orders + (to << 3), load<f64>(orders + ((to - 1) << 3)));
      store<u32>(placed + (to << 2), load<u32>(placed + ((to - 1) << 2)));
    }
    store<f64>(orders + (to << 3), order);
    store<u32>(placed + (to << 2), bin);
  }
  return <i32>count;
}
