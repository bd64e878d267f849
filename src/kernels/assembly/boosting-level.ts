/**
 * Grows a symmetric tree: all leaves of a level are asked the same question, that of the largest gain over all of them.
 * What is looked at and in which order is told in `kernels/boosting/level-split.ts`.
 */

import { countChildren, partNode } from './boosting-children';
import { sideScore, sideValue } from './boosting-cut';
import { binsOf } from './boosting-histogram';
import {
  askedBytes,
  askedCategory,
  askedFeature,
  askedLength,
  askedMissing,
  askedWay,
  bendOf,
  binBend,
  binBytes,
  binShift,
  countOf,
  nodeBend,
  nodeBin,
  nodeBytes,
  nodeCost,
  nodeFeature,
  nodeHistogram,
  nodeLeftBend,
  nodeLeftSlope,
  nodeLevels,
  nodeLower,
  nodeMissingLeft,
  nodeScore,
  nodeSlope,
  nodeState,
  nodeUpper,
  planIsBounded,
  planL1,
  planL2,
  planLeastBend,
  planMinLeaf,
  planMostDepth,
  planNodes,
  planScratch,
} from './boosting-memory';

/** Where the question of a level stands in the scratch, and behind it the gains of each bin. */
const questionAt: usize = 512;
const questionFeature: usize = 0;
const questionBin: usize = 4;
const questionMissingLeft: usize = 8;
const questionGain: usize = 16;
const gainsAt: usize = 1024;

/** From the root, whose bins are counted; returns how many nodes there are. */
export function growLevels(plan: usize, asked: usize, askedEnd: usize): i32 {
  const nodes = <usize>load<u32>(plan, planNodes);
  const levels = load<i32>(plan, planMostDepth);
  const question = <usize>load<u32>(plan, planScratch) + questionAt;
  let count = 1;
  store<u32>(nodes, 1, nodeState);
  for (let level = 1; level <= levels; level++) {
    const levelEnd = nodes + <usize>count * nodeBytes;
    findQuestion(plan, nodes, levelEnd, asked, askedEnd, question);
    if (!(load<f64>(question, questionGain) > 0)) break;
    for (let node = nodes; node < levelEnd; node += nodeBytes) {
      if (load<u32>(node, nodeState) !== 1 || !takeQuestion(plan, node, question)) continue;
      const left = partNode(plan, node, count, asked, askedEnd);
      count += 2;
      if (level === levels) continue;
      countChildren(plan, node, left);
      for (let child = left; child <= left + nodeBytes; child += nodeBytes)
        if (load<u32>(child, nodeHistogram)) store<u32>(child, 1, nodeState);
    }
  }
  return count;
}

/** Puts the question of the largest gain over all open nodes into its place; the gain is 0 where none has any. */
function findQuestion(
  plan: usize,
  nodes: usize,
  nodesEnd: usize,
  asked: usize,
  askedEnd: usize,
  question: usize,
): void {
  const gains = <usize>load<u32>(plan, planScratch) + gainsAt;
  let best: f64 = 0;
  for (let f = asked; f < askedEnd; f += askedBytes) {
    const bins = load<u32>(f, askedLength) / <u32>binBytes;
    memory.fill(gains, 0, (<usize>bins) << 4);
    const isCategory = load<u8>(f, askedCategory) !== 0;
    for (let node = nodes; node < nodesEnd; node += nodeBytes) {
      if (load<u32>(node, nodeState) !== 1) continue;
      if (isCategory) addLevels(plan, node, f, gains);
      else addCuts(plan, node, f, gains);
    }
    // Of a number two gains a bin: missing values on the right, and on the left.
    for (let bin: u32 = 0; bin < bins; bin++) {
      for (let lane: usize = 0; lane < 2; lane++) {
        const gain = load<f64>(gains + ((<usize>bin) << 4) + (lane << 3));
        if (!(gain > best)) continue;
        best = gain;
        store<u32>(question, <u32>f, questionFeature);
        store<u32>(question, bin, questionBin);
        store<u32>(question, <u32>lane, questionMissingLeft);
      }
    }
  }
  store<f64>(question, best, questionGain);
}

function addCuts(plan: usize, node: usize, f: usize, gains: usize): void {
  const histogram = binsOf(plan, node, f);
  const missing = histogram + <usize>load<u32>(f, askedLength) - binBytes;
  const missingSlope = load<i64>(missing);
  const missingBend = load<i64>(missing, binBend);
  const hasMissing = load<u8>(f, askedMissing) !== 0;
  const way = load<i8>(f, askedWay);
  const allCount = countOf(load<i64>(node, nodeBend));
  const minLeaf = load<i32>(plan, planMinLeaf);
  let slope: i64 = 0;
  let bend: i64 = 0;
  let gain: f64 = 0;
  // Left of the first bin with rows there are missing values alone.
  let otherGain: f64 = missingBend ? gainOf(plan, node, missingSlope, missingBend, way) : 0;
  for (let at = histogram; at < missing; at += binBytes, gains += 16) {
    const own = load<i64>(at, binBend);
    // An empty bin has the sums of the one before.
    if (own) {
      slope += load<i64>(at);
      bend += own;
      if (allCount - countOf(bend) < minLeaf) break;
      gain = gainOf(plan, node, slope, bend, way);
      if (hasMissing)
        otherGain = missingBend ? gainOf(plan, node, slope + missingSlope, bend + missingBend, way) : gain;
    }
    store<f64>(gains, load<f64>(gains) + gain);
    store<f64>(gains, load<f64>(gains, 8) + otherGain, 8);
  }
}

/** Each level against the rest, that of missing values last. */
function addLevels(plan: usize, node: usize, f: usize, gains: usize): void {
  const histogram = binsOf(plan, node, f);
  const end = histogram + <usize>load<u32>(f, askedLength);
  for (let at = histogram; at < end; at += binBytes, gains += 16) {
    const bend = load<i64>(at, binBend);
    if (bend) store<f64>(gains, load<f64>(gains) + gainOf(plan, node, load<i64>(at), bend, 0));
  }
}

/** What the node gains by parting these sums from the rest; 0 where it may not or is no better for it. */
function gainOf(plan: usize, node: usize, slope: i64, bend: i64, way: i8): f64 {
  const score = scoreOf(plan, node, slope, bend, way);
  return score > load<f64>(node, nodeScore) ? score - load<f64>(node, nodeCost) : 0;
}

function scoreOf(plan: usize, node: usize, slope: i64, bend: i64, way: i8): f64 {
  const minLeaf = load<i32>(plan, planMinLeaf);
  const leastBend = load<f64>(plan, planLeastBend);
  const l2 = load<f64>(plan, planL2);
  const right = load<i64>(node, nodeBend) - bend;
  if (countOf(bend) < minLeaf || countOf(right) < minLeaf) return -Infinity;
  const h = bendOf(bend);
  const rest = bendOf(right);
  if (h < leastBend || rest < leastBend) return -Infinity;
  const g = <f64>slope;
  const q = <f64>(load<i64>(node, nodeSlope) - slope);
  if (!load<u32>(plan, planIsBounded)) return (g * g) / (h + l2) + (q * q) / (rest + l2);
  const l1 = load<f64>(plan, planL1);
  const lower = load<f64>(node, nodeLower);
  const upper = load<f64>(node, nodeUpper);
  if (way !== 0) {
    const rise = sideValue(q, rest, l1, l2, lower, upper) - sideValue(g, h, l1, l2, lower, upper);
    if (<f64>way * rise < 0) return -Infinity;
  }
  return sideScore(g, h, l1, l2, lower, upper) + sideScore(q, rest, l1, l2, lower, upper);
}

/** Whether the node takes the question of the level; then its cut is that. */
function takeQuestion(plan: usize, node: usize, question: usize): bool {
  const f = <usize>load<u32>(question, questionFeature);
  const bin = load<u32>(question, questionBin);
  const histogram = binsOf(plan, node, f);
  const missing = histogram + <usize>load<u32>(f, askedLength) - binBytes;
  const last = histogram + ((<usize>bin) << binShift);
  const isCategory = load<u8>(f, askedCategory) !== 0;
  const isMissingLeft = isCategory ? last === missing : load<u32>(question, questionMissingLeft) !== 0;
  let slope: i64 = 0;
  let bend: i64 = 0;
  for (let at = isCategory ? last : histogram; at <= last; at += binBytes) {
    slope += load<i64>(at);
    bend += load<i64>(at, binBend);
  }
  if (isMissingLeft && !isCategory) {
    slope += load<i64>(missing);
    bend += load<i64>(missing, binBend);
  }
  const score = scoreOf(plan, node, slope, bend, isCategory ? 0 : load<i8>(f, askedWay));
  // What bounds hold may cost more than nothing: then the least score is below the cost.
  if (!(score > load<f64>(node, nodeScore) && score > load<f64>(node, nodeCost))) return false;
  if (isCategory) {
    memory.fill(node + nodeLevels, 0, 32);
    if (!isMissingLeft) store<u32>(node + ((<usize>(bin >> 5)) << 2), 1 << (bin & 31), nodeLevels);
  }
  store<f64>(node, score, nodeScore);
  store<i32>(node, load<i32>(f, askedFeature), nodeFeature);
  store<i32>(node, isCategory ? -1 : <i32>bin, nodeBin);
  store<u32>(node, isMissingLeft ? 1 : 0, nodeMissingLeft);
  store<i64>(node, slope, nodeLeftSlope);
  store<i64>(node, bend, nodeLeftBend);
  return true;
}
