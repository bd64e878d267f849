/** Grows a whole tree of a boosting in one call, and takes every row a tree further. */
import { findCut } from './boosting-cut';
import { clearBins, countRecords, subtractBins } from './boosting-histogram';
import { growLevels } from './boosting-level';
import {
  askedBytes,
  byDepth,
  countOf,
  nodeBend,
  nodeBytes,
  nodeCost,
  nodeEnd,
  nodeFeature,
  nodeFrom,
  nodeHistogram,
  nodeLeft,
  nodeLower,
  nodeRestEnd,
  nodeRestFrom,
  nodeRight,
  nodeScore,
  nodeState,
  nodeUpper,
  nodeValue,
  planAsked,
  planHistogramBytes,
  planHistograms,
  planMostLeaves,
  planNodes,
  planOrder,
  planRecordBytes,
  planRecords,
  symmetric,
} from './boosting-memory';
import { addUp, cutNode, finishNode, mayBeCut, startNode } from './boosting-node';
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
    if (isSymmetric) count = growLevels(plan, asked, askedEnd);
    else findCut(plan, nodes, asked, askedEnd);
    if (!isSymmetric && load<i32>(nodes, nodeFeature) >= 0) store<u32>(nodes, 1, nodeState);
  }
  for (let leaves = 1; leaves < mostLeaves && !isSymmetric; leaves++) {
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
