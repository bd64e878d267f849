/** Grows a whole tree of a boosting in one call, and takes every row a tree further. */
import { countChildren, freeHistograms, giveBack, partNode, takeHistogram } from './boosting-children';
import { findCut } from './boosting-cut';
import { clearCodes, countRecords } from './boosting-histogram';
import { growLevels } from './boosting-level';
import {
  askedBytes,
  byDepth,
  nodeBytes,
  nodeCost,
  nodeEnd,
  nodeFeature,
  nodeFrom,
  nodeHistogram,
  nodeLower,
  nodeRestEnd,
  nodeRestFrom,
  nodeScore,
  nodeState,
  nodeUpper,
  nodeValue,
  planAsked,
  planMostLeaves,
  planNodes,
  planOrder,
  planRecordBytes,
  planRecords,
  symmetric,
} from './boosting-memory';
import { addUp, finishNode, mayBeCut, startNode } from './boosting-node';
import { addToRecords } from './boosting-rows';

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
  const isSymmetric = load<u32>(plan, planOrder) === symmetric;
  const restFrom = records + <usize>learning * recordBytes;
  const end = records + <usize>all * recordBytes;
  startNode(nodes, records, restFrom, restFrom, end, 0);
  store<f64>(nodes, -Infinity, nodeLower);
  store<f64>(nodes, Infinity, nodeUpper);
  addUp(nodes, recordBytes);
  finishNode(plan, nodes);
  let count = 1;
  freeHistograms(plan);
  if (mayBeCut(plan, nodes) && mostLeaves > 1) {
    const histogram = takeHistogram(plan);
    store<u32>(nodes, <u32>histogram, nodeHistogram);
    clearCodes(plan, histogram);
    countRecords(plan, records, restFrom, histogram);
    if (isSymmetric) count = growLevels(plan, asked, askedEnd);
    else findCut(plan, nodes, asked, askedEnd);
    if (!isSymmetric && load<i32>(nodes, nodeFeature) >= 0) store<u32>(nodes, 1, nodeState);
  }
  for (let leaves = 1; leaves < mostLeaves && !isSymmetric; leaves++) {
    const parent = nextNode(plan, nodes, count);
    if (!parent) break;
    const left = partNode(plan, parent, count, asked, askedEnd);
    count += 2;
    if (leaves + 1 === mostLeaves) break;
    countChildren(plan, parent, left);
    for (let child = left; child <= left + nodeBytes; child += nodeBytes) {
      const histogram = <usize>load<u32>(child, nodeHistogram);
      if (!histogram) continue;
      findCut(plan, child, asked, askedEnd);
      if (load<i32>(child, nodeFeature) >= 0) store<u32>(child, 1, nodeState);
      else giveBack(histogram);
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

/** The open node to cut next: of the largest gain, or the oldest; 0 where none is open. */
function nextNode(plan: usize, nodes: usize, count: i32): usize {
  const isByDepth = load<u32>(plan, planOrder) === byDepth;
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
