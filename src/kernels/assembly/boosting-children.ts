/** The children of a cut node, and room for their bins. */
import { clearCodes, countRecords, subtractCodes } from './boosting-histogram';
import {
  countOf,
  nodeBend,
  nodeBytes,
  nodeEnd,
  nodeFrom,
  nodeHistogram,
  nodeLeft,
  nodeRight,
  planHistogramBytes,
  planHistograms,
  planNodes,
} from './boosting-memory';
import { cutNode, mayBeCut } from './boosting-node';

/** Histograms given back, a list through their first word; and the first that was never taken. */
let free: usize = 0;
let untouched: usize = 0;

/** All histograms are free: before each tree. */
export function freeHistograms(plan: usize): void {
  free = 0;
  untouched = <usize>load<u32>(plan, planHistograms);
}

export function takeHistogram(plan: usize): usize {
  const taken = free || untouched;
  if (free) free = <usize>load<u32>(free);
  else untouched += <usize>load<u32>(plan, planHistogramBytes);
  return taken;
}

export function giveBack(histogram: usize): void {
  store<u32>(histogram, <u32>free);
  free = histogram;
}

/** Cuts a node: its children become the nodes `count` and `count + 1`. Returns the left one. */
export function partNode(plan: usize, node: usize, count: i32, asked: usize, askedEnd: usize): usize {
  const left = <usize>load<u32>(plan, planNodes) + <usize>count * nodeBytes;
  store<i32>(node, count, nodeLeft);
  store<i32>(node, count + 1, nodeRight);
  cutNode(plan, node, left, left + nodeBytes, asked, askedEnd);
  return left;
}

/**
 * Counts the bins of those children of a cut node that may be cut, the smaller from its records, the larger as what is left of its
 * parent's; a child that may not has no histogram.
 */
export function countChildren(plan: usize, node: usize, left: usize): void {
  const right = left + nodeBytes;
  const isLeftSmaller = countOf(load<i64>(left, nodeBend)) <= countOf(load<i64>(right, nodeBend));
  const smaller = isLeftSmaller ? left : right;
  const larger = isLeftSmaller ? right : left;
  const maySmaller = mayBeCut(plan, smaller);
  const mayLarger = mayBeCut(plan, larger);
  const ofParent = <usize>load<u32>(node, nodeHistogram);
  let own: usize = 0;
  if (maySmaller || mayLarger) {
    own = takeHistogram(plan);
    clearCodes(plan, own);
    countRecords(plan, load<u32>(smaller, nodeFrom), load<u32>(smaller, nodeEnd), own);
    if (mayLarger) subtractCodes(plan, ofParent, own);
    if (!maySmaller) giveBack(own);
  }
  if (!mayLarger) giveBack(ofParent);
  store<u32>(smaller, maySmaller ? <u32>own : 0, nodeHistogram);
  store<u32>(larger, mayLarger ? <u32>ofParent : 0, nodeHistogram);
}
