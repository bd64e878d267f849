/** The nodes of a boosted tree: their sums and values, and how one is cut in two. */
import { sideScore, sideValue } from './boosting-cut';
import {
  askedBytes,
  askedCategory,
  askedCodes,
  askedFeature,
  askedLength,
  askedMissing,
  askedRound,
  askedStride,
  askedWay,
  bendOf,
  binBytes,
  countOf,
  nodeBend,
  nodeBin,
  nodeCost,
  nodeDepth,
  nodeEnd,
  nodeFeature,
  nodeFrom,
  nodeLeftBend,
  nodeLeftSlope,
  nodeLevels,
  nodeLower,
  nodeMissingLeft,
  nodeRestEnd,
  nodeRestFrom,
  nodeScore,
  nodeSlope,
  nodeState,
  nodeUpper,
  nodeValue,
  planL1,
  planL2,
  planMinLeaf,
  planMostDepth,
  planRate,
  planScratch,
} from './boosting-memory';
import { partition } from './boosting-rows';

/** Of what a node costs less. */
const leastGain: f64 = 9.094947017729282e-13;

export function startNode(
  node: usize,
  from: usize,
  end: usize,
  restFrom: usize,
  restEnd: usize,
  depth: i32,
): void {
  store<u32>(node, <u32>from, nodeFrom);
  store<u32>(node, <u32>end, nodeEnd);
  store<u32>(node, <u32>restFrom, nodeRestFrom);
  store<u32>(node, <u32>restEnd, nodeRestEnd);
  store<i32>(node, depth, nodeDepth);
  store<u32>(node, 0, nodeState);
  store<i32>(node, -1, nodeFeature);
}

export function addUp(node: usize, recordBytes: usize): void {
  const end = <usize>load<u32>(node, nodeEnd);
  let sums = i64x2.splat(0);
  for (let at = <usize>load<u32>(node, nodeFrom); at < end; at += recordBytes)
    sums = i64x2.add(sums, v128.load(at));
  v128.store(node, sums, nodeSlope);
}

/** The value and the cost of a node whose sums and bounds are known. */
export function finishNode(plan: usize, node: usize): void {
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

export function mayBeCut(plan: usize, node: usize): bool {
  return (
    load<i32>(node, nodeDepth) < load<i32>(plan, planMostDepth) &&
    countOf(load<i64>(node, nodeBend)) >= 2 * load<i32>(plan, planMinLeaf)
  );
}

/** Parts the records of a node between two new ones. */
export function cutNode(
  plan: usize,
  node: usize,
  left: usize,
  right: usize,
  asked: usize,
  askedEnd: usize,
): void {
  const feature = load<i32>(node, nodeFeature);
  let f = asked;
  while (f < askedEnd && load<i32>(f, askedFeature) !== feature) f += askedBytes;
  const place = <usize>load<u32>(f);
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

/** Which codes of the feature's bundle go left: a byte for each of the 256. */
function sideTable(node: usize, f: usize, isLeft: usize): void {
  const ofBins = isLeft + 256;
  memory.fill(ofBins, 0, 256);
  if (load<u8>(f, askedCategory)) {
    for (let bin: usize = 0; bin < 256; bin++)
      store<u8>(ofBins + bin, <u8>((load<u32>(node + ((bin >> 5) << 2), nodeLevels) >> <u32>(bin & 31)) & 1));
  } else memory.fill(ofBins, 1, <usize>load<i32>(node, nodeBin) + 1);
  const missingBin = <usize>load<u32>(f, askedLength) / binBytes - 1;
  store<u8>(ofBins + missingBin, <u8>load<u32>(node, nodeMissingLeft));
  const stride = <usize>load<u32>(f, askedStride) / binBytes;
  const round = <usize>load<u32>(f, askedRound) / binBytes;
  const codes = <usize>load<u32>(f, askedCodes) / binBytes;
  for (let from: usize = 0; from < codes; from += round) {
    let bin = ofBins;
    for (let first = from; first < from + round; first += stride, bin++)
      memory.fill(isLeft + first, load<u8>(bin), stride);
  }
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
