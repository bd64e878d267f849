/** Grows a whole tree of a boosting in one call, and takes every row a tree further. */
import { findCut, sideScore, sideValue } from './boosting-cut';
import { clearBins, countRecords, subtractBins } from './boosting-histogram';
import {
  askedBytes,
  askedCategory,
  askedLength,
  askedMissing,
  askedWay,
  bendOf,
  binBytes,
  countOf,
  nodeBend,
  nodeBin,
  nodeBytes,
  nodeCost,
  nodeDepth,
  nodeEnd,
  nodeFeature,
  nodeFrom,
  nodeHistogram,
  nodeLeft,
  nodeLeftBend,
  nodeLeftSlope,
  nodeLevels,
  nodeLower,
  nodeMissingLeft,
  nodeRestEnd,
  nodeRestFrom,
  nodeRight,
  nodeScore,
  nodeSlope,
  nodeState,
  nodeUpper,
  nodeValue,
  planAsked,
  planHistogramBytes,
  planHistograms,
  planIsByDepth,
  planL1,
  planL2,
  planMinLeaf,
  planMostDepth,
  planMostLeaves,
  planNodes,
  planRate,
  planRecordBytes,
  planRecords,
  planScratch,
  recordTag,
} from './boosting-memory';
import { addToRecords, partition } from './boosting-rows';

/** Of what a node costs less. */
const leastGain: f64 = 9.094947017729282e-13;

/** The slopes and bends of all records, before the first tree. */
export function boostingBegin(plan: usize, all: i32): void {
  const records = <usize>load<u32>(plan, planRecords);
  addToRecords(plan, records, records + <usize>all * <usize>load<u32>(plan, planRecordBytes), 0);
}

/**
 * One tree learned from the first `learning` of `all` records, asking `features` of the plan's list. Returns how many
 * nodes it has; they stand in the plan's nodes.
 */
export function boostingTree(plan: usize, learning: i32, all: i32, features: i32): i32 {
  const recordBytes = <usize>load<u32>(plan, planRecordBytes);
  const records = <usize>load<u32>(plan, planRecords);
  const nodes = <usize>load<u32>(plan, planNodes);
  const asked = <usize>load<u32>(plan, planAsked);
  const askedEnd = asked + <usize>features * askedBytes;
  const mostLeaves = load<i32>(plan, planMostLeaves);
  let histograms = <usize>load<u32>(plan, planHistograms);
  const histogramBytes = <usize>load<u32>(plan, planHistogramBytes);
  const restFrom = records + <usize>learning * recordBytes;
  const end = records + <usize>all * recordBytes;
  startNode(nodes, records, restFrom, restFrom, end, 0);
  store<f64>(nodes, -Infinity, nodeLower);
  store<f64>(nodes, Infinity, nodeUpper);
  addUp(nodes, recordBytes);
  finishNode(plan, nodes);
  let count = 1;
  // Histograms of nodes that stay leaves, to be used again: a list through their first word.
  let free: usize = 0;
  if (mayBeCut(plan, nodes) && mostLeaves > 1) {
    store<u32>(nodes, <u32>histograms, nodeHistogram);
    histograms += histogramBytes;
    clearBins(asked, askedEnd, load<u32>(nodes, nodeHistogram));
    countRecords(records, restFrom, recordBytes, asked, askedEnd, load<u32>(nodes, nodeHistogram));
    findCut(plan, nodes, asked, askedEnd);
    if (load<i32>(nodes, nodeFeature) >= 0) store<u32>(nodes, 1, nodeState);
  }
  for (let leaves = 1; leaves < mostLeaves; leaves++) {
    const parent = nextNode(plan, nodes, count);
    if (!parent) break;
    const left = nodes + <usize>count * nodeBytes;
    const right = left + nodeBytes;
    store<i32>(parent, count, nodeLeft);
    store<i32>(parent, count + 1, nodeRight);
    count += 2;
    cutNode(plan, parent, left, right, asked, askedEnd);
    const histogram = <usize>load<u32>(parent, nodeHistogram);
    const mayLeft = mayBeCut(plan, left);
    const mayRight = mayBeCut(plan, right);
    if (leaves + 1 === mostLeaves) break;
    if (!mayLeft && !mayRight) {
      store<u32>(histogram, <u32>free);
      free = histogram;
      continue;
    }
    const isLeftSmaller = countOf(load<i64>(left, nodeBend)) <= countOf(load<i64>(right, nodeBend));
    const smaller = isLeftSmaller ? left : right;
    const larger = isLeftSmaller ? right : left;
    let own = free;
    if (free) free = <usize>load<u32>(free);
    else {
      own = histograms;
      histograms += histogramBytes;
    }
    clearBins(asked, askedEnd, own);
    countRecords(
      load<u32>(smaller, nodeFrom),
      load<u32>(smaller, nodeEnd),
      recordBytes,
      asked,
      askedEnd,
      own,
    );
    store<u32>(smaller, <u32>own, nodeHistogram);
    store<u32>(larger, <u32>histogram, nodeHistogram);
    if (isLeftSmaller ? mayRight : mayLeft) subtractBins(asked, askedEnd, histogram, own);
    for (let child = left; child <= right; child += nodeBytes) {
      if (child === left ? mayLeft : mayRight) findCut(plan, child, asked, askedEnd);
      if (load<i32>(child, nodeFeature) >= 0) store<u32>(child, 1, nodeState);
      else {
        const unused = <usize>load<u32>(child, nodeHistogram);
        store<u32>(unused, <u32>free);
        free = unused;
      }
    }
  }
  const nodesEnd = nodes + <usize>count * nodeBytes;
  for (let node = nodes; node < nodesEnd; node += nodeBytes) {
    if (load<u32>(node, nodeState) === 2) continue;
    const value = load<f64>(node, nodeValue);
    addToRecords(plan, load<u32>(node, nodeFrom), load<u32>(node, nodeEnd), value);
    addToRecords(plan, load<u32>(node, nodeRestFrom), load<u32>(node, nodeRestEnd), value);
  }
  return count;
}

function startNode(node: usize, from: usize, end: usize, restFrom: usize, restEnd: usize, depth: i32): void {
  store<u32>(node, <u32>from, nodeFrom);
  store<u32>(node, <u32>end, nodeEnd);
  store<u32>(node, <u32>restFrom, nodeRestFrom);
  store<u32>(node, <u32>restEnd, nodeRestEnd);
  store<i32>(node, depth, nodeDepth);
  store<u32>(node, 0, nodeState);
  store<i32>(node, -1, nodeFeature);
}

function addUp(node: usize, recordBytes: usize): void {
  const end = <usize>load<u32>(node, nodeEnd);
  let sums = i64x2.splat(0);
  for (let at = <usize>load<u32>(node, nodeFrom); at < end; at += recordBytes)
    sums = i64x2.add(sums, v128.load(at));
  v128.store(node, sums, nodeSlope);
}

/** The value and the cost of a node whose sums and bounds are known. */
function finishNode(plan: usize, node: usize): void {
  const l1 = load<f64>(plan, planL1);
  const l2 = load<f64>(plan, planL2);
  const slope = <f64>load<i64>(node, nodeSlope);
  const bend = bendOf(load<i64>(node, nodeBend));
  const lower = load<f64>(node, nodeLower);
  const upper = load<f64>(node, nodeUpper);
  store<f64>(node, load<f64>(plan, planRate) * sideValue(slope, bend, l1, l2, lower, upper), nodeValue);
  const cost = sideScore(slope, bend, l1, l2, lower, upper);
  store<f64>(node, cost, nodeCost);
  // A gain in the last bits is rounding.
  store<f64>(node, cost + cost * leastGain, nodeScore);
}

function mayBeCut(plan: usize, node: usize): bool {
  return (
    load<i32>(node, nodeDepth) < load<i32>(plan, planMostDepth) &&
    countOf(load<i64>(node, nodeBend)) >= 2 * load<i32>(plan, planMinLeaf)
  );
}

/** The open node to cut next: of the largest gain, or the oldest; 0 where none is open. */
function nextNode(plan: usize, nodes: usize, count: i32): usize {
  const isByDepth = load<u32>(plan, planIsByDepth) !== 0;
  let best: usize = 0;
  let bestGain: f64 = 0;
  const end = nodes + <usize>count * nodeBytes;
  for (let node = nodes; node < end; node += nodeBytes) {
    if (load<u32>(node, nodeState) !== 1) continue;
    if (isByDepth) return node;
    const gain = load<f64>(node, nodeScore) - load<f64>(node, nodeCost);
    if (!best || gain > bestGain) {
      best = node;
      bestGain = gain;
    }
  }
  return best;
}

/** Parts the records of a node between two new ones. */
function cutNode(plan: usize, node: usize, left: usize, right: usize, asked: usize, askedEnd: usize): void {
  const place = <u32>load<i32>(node, nodeFeature) + <u32>recordTag + 4;
  let f = asked;
  while (f < askedEnd && load<u32>(f) !== place) f += askedBytes;
  const bend = load<i64>(node, nodeLeftBend);
  const otherBend = load<i64>(node, nodeBend) - bend;
  if (!load<u8>(f, askedMissing))
    store<u32>(node, countOf(bend) > countOf(otherBend) ? 1 : 0, nodeMissingLeft);
  const isLeft = <usize>load<u32>(plan, planScratch);
  sideTable(node, f, isLeft);
  const from = <usize>load<u32>(node, nodeFrom);
  const end = <usize>load<u32>(node, nodeEnd);
  const restFrom = <usize>load<u32>(node, nodeRestFrom);
  const restEnd = <usize>load<u32>(node, nodeRestEnd);
  const middle = partition(plan, from, end, place, isLeft);
  const restMiddle = restFrom < restEnd ? partition(plan, restFrom, restEnd, place, isLeft) : restEnd;
  const depth = load<i32>(node, nodeDepth) + 1;
  startNode(left, from, middle, restFrom, restMiddle, depth);
  startNode(right, middle, end, restMiddle, restEnd, depth);
  const slope = load<i64>(node, nodeLeftSlope);
  store<i64>(left, slope, nodeSlope);
  store<i64>(left, bend, nodeBend);
  store<i64>(right, load<i64>(node, nodeSlope) - slope, nodeSlope);
  store<i64>(right, otherBend, nodeBend);
  boundChildren(plan, node, left, right, load<i8>(f, askedWay));
  finishNode(plan, left);
  finishNode(plan, right);
  store<u32>(node, 2, nodeState);
}

/** Which bins go left: a byte for each of the 256. */
function sideTable(node: usize, f: usize, isLeft: usize): void {
  memory.fill(isLeft, 0, 256);
  if (load<u8>(f, askedCategory)) {
    for (let bin: usize = 0; bin < 256; bin++)
      store<u8>(isLeft + bin, <u8>((load<u32>(node + ((bin >> 5) << 2), nodeLevels) >> <u32>(bin & 31)) & 1));
  } else memory.fill(isLeft, 1, <usize>load<i32>(node, nodeBin) + 1);
  const missingBin = <usize>(load<u32>(f, askedLength) / <u32>binBytes - 1);
  store<u8>(isLeft + missingBin, <u8>load<u32>(node, nodeMissingLeft));
}

/** Children keep their parent's bounds; where the way is given the middle of their values parts them. */
function boundChildren(plan: usize, node: usize, left: usize, right: usize, way: i8): void {
  const lower = load<f64>(node, nodeLower);
  const upper = load<f64>(node, nodeUpper);
  let middle: f64 = 0;
  if (way) {
    const l1 = load<f64>(plan, planL1);
    const l2 = load<f64>(plan, planL2);
    const ofLeft = sideValue(
      <f64>load<i64>(left, nodeSlope),
      bendOf(load<i64>(left, nodeBend)),
      l1,
      l2,
      lower,
      upper,
    );
    const ofRight = sideValue(
      <f64>load<i64>(right, nodeSlope),
      bendOf(load<i64>(right, nodeBend)),
      l1,
      l2,
      lower,
      upper,
    );
    middle = (ofLeft + ofRight) / 2;
  }
  store<f64>(left, way < 0 ? middle : lower, nodeLower);
  store<f64>(left, way > 0 ? middle : upper, nodeUpper);
  store<f64>(right, way > 0 ? middle : lower, nodeLower);
  store<f64>(right, way < 0 ? middle : upper, nodeUpper);
}
