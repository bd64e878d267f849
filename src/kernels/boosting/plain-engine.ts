/**
 * The twin of the boosting kernel: the same trees to the bit, by lists of rows and histograms counted anew at each node.
 * Cost of a tree: O(features x rows x depth).
 */
import { exp } from '../../math/exp-log.ts';
import { drawShare } from '../draws.ts';
import type { BinnedFeatures } from './binned-features.ts';
import {
  type EngineRows,
  type GrownTree,
  type GrowthRules,
  type OpenEngine,
  stepsOf,
} from './boosting-engine.ts';
import {
  considerLevels,
  considerNumber,
  levelSupport,
  levelWords,
  noSplit,
  type Split,
  type SplitLimits,
  type SplitNode,
  sideScore,
  sideValue,
} from './find-split.ts';
import { countFeature } from './histogram.ts';
import { considerLevel, levelsOf, noQuestion, takenScore } from './level-split.ts';

/** Adding and subtracting it rounds a number below 2^51 to a whole one, halves to even. */
const ROUNDER = 6_755_399_441_055_744;
const toWhole = (value: number): number => value + ROUNDER - ROUNDER;

interface Node extends SplitNode {
  readonly place: number;
  readonly depth: number;
  readonly own: Int32Array;
  readonly rest: Int32Array;
  readonly cost: number;
  readonly split: Split;
  readonly mayBeCut: boolean;
}

type CutNode = (node: Node, split: Split) => readonly [Node, Node];

type Growing = { readonly [Key in keyof GrownTree]: number[] };

export const openPlainEngine: OpenEngine = (binned, rows, rules) => {
  const { labels, weights, training, watched, base } = rows;
  const tableRows = new Int32Array(training.length + watched.length);
  tableRows.set(training);
  tableRows.set(watched, training.length);
  const sums = new Float64Array(tableRows.length).fill(base);
  const slopes = new Float64Array(tableRows.length);
  const bends = new Float64Array(tableRows.length);
  const steps = stepsOf(rows);
  const limits = limitsOf(rules, rows);
  const rate = (rules.learningRate * steps.bend) / steps.slope;
  const gainOfStep = steps.bend / steps.slope / steps.slope;

  /** Slope and bend of the log loss of a row, in whole steps. */
  const find = (place: number): void => {
    const row = tableRows[place]!;
    const z = sums[place]!;
    const e = exp(Math.max(-Math.abs(z), -700));
    const p = (z >= 0 ? 1 : e) / (1 + e);
    slopes[place] = toWhole(weights[row]! * (p - labels[row]!) * steps.slope);
    bends[place] = toWhole(weights[row]! * p * (1 - p) * steps.bend);
  };
  for (let place = 0; place < tableRows.length; place++) find(place);

  return {
    grow(features, draw) {
      const drawn = draw && drawShare(draw.seed, training.length, draw.wanted);
      const tree = emptyTree();
      const isSymmetric = rules.growth === 'symmetric';
      const nodeOf = (
        own: Int32Array,
        rest: Int32Array,
        depth: number,
        lower: number,
        upper: number,
      ): Node => {
        const sumOf = (values: Float64Array) => own.reduce((sum, place) => sum + values[place]!, 0);
        const sumsHere = { slope: sumOf(slopes), bend: sumOf(bends), count: own.length, lower, upper };
        const value = rate * sideValue(sumsHere.slope, sumsHere.bend, limits, sumsHere);
        const place = addLeaf(tree, value, own.length);
        const cost = sideScore(sumsHere.slope, sumsHere.bend, limits, sumsHere);
        const mayBeCut = depth < rules.maxDepth && own.length >= 2 * rules.minLeaf;
        const split = noSplit(sumsHere, limits);
        for (const feature of mayBeCut && !isSymmetric ? features : []) {
          const histogram = countFeature(binned, feature, own, tableRows, slopes, bends);
          if (binned.isCategory[feature]) considerLevels(histogram, sumsHere, feature, limits, split);
          else considerNumber(histogram, sumsHere, feature, rules.ways[feature]!, limits, split);
        }
        return { ...sumsHere, place, depth, own, rest, cost, split, mayBeCut };
      };
      const isDrawn = (place: number): boolean => place < training.length && (!drawn || drawn[place] === 1);
      const every = Int32Array.from(tableRows.keys());
      /** Both children, which stand behind all nodes so far. */
      const cutNode = (node: Node, split: Split): readonly [Node, Node] => {
        const { own, rest, depth } = node;
        const way = binned.isCategory[split.feature] ? 0 : rules.ways[split.feature]!;
        const leftOfOwn = goesLeft(binned, tableRows, split, split.isMissingLeft);
        const left = own.filter(leftOfOwn);
        // Where training has nothing missing, what is missing goes with the larger side.
        const isMissingLeft = binned.hasMissing[split.feature]
          ? split.isMissingLeft
          : left.length > own.length / 2;
        const isLeft = goesLeft(binned, tableRows, split, isMissingLeft);
        const bounds = boundsOfChildren(node, left, way);
        tree.feature[node.place] = split.feature;
        tree.bin[node.place] = split.bin;
        tree.missingLeft[node.place] = isMissingLeft ? 1 : 0;
        tree.gain[node.place] = (split.score - node.cost) * gainOfStep;
        split.levels.forEach((word, w) => {
          tree.levels[levelWords * node.place + w] = word;
        });
        tree.left[node.place] = tree.feature.length;
        tree.right[node.place] = tree.feature.length + 1;
        return [
          nodeOf(left, rest.filter(isLeft), depth + 1, ...bounds[0]),
          nodeOf(
            own.filter((place) => !isLeft(place)),
            rest.filter((place) => !isLeft(place)),
            depth + 1,
            ...bounds[1],
          ),
        ];
      };
      const root = nodeOf(
        every.filter(isDrawn),
        every.filter((place) => !isDrawn(place)),
        ...([0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const),
      );
      const leaves = isSymmetric ? growLevels(root, cutNode, features) : growLeaves(root, cutNode);
      for (const { place, own, rest } of leaves)
        for (const row of [...own, ...rest]) {
          sums[row]! += tree.value[place]!;
          find(row);
        }
      return flattened(tree);
    },
    watchedSums: () => sums.slice(training.length),
  };

  function growLeaves(root: Node, cutNode: CutNode): Node[] {
    const hasCut = ({ split }: Node): boolean => split.feature >= 0;
    const open = hasCut(root) ? [root] : [];
    const leaves = hasCut(root) ? [] : [root];
    while (open.length > 0 && open.length + leaves.length < rules.maxLeaves) {
      const node = open.splice(rules.growth === 'depth' ? 0 : bestOf(open), 1)[0]!;
      for (const child of cutNode(node, node.split)) (hasCut(child) ? open : leaves).push(child);
    }
    return [...open, ...leaves];
  }

  function growLevels(root: Node, cutNode: CutNode, features: Int32Array): Node[] {
    const leaves = root.mayBeCut ? [] : [root];
    let open = root.mayBeCut ? [root] : [];
    const count = (node: Node, feature: number): Float64Array =>
      countFeature(binned, feature, node.own, tableRows, slopes, bends);
    const wayOf = (feature: number): number => (binned.isCategory[feature] ? 0 : rules.ways[feature]!);
    for (let level = 1; level <= levelsOf(rules) && open.length > 0; level++) {
      const question = noQuestion();
      for (const feature of features) {
        const asked = {
          ...{ feature, isCategory: binned.isCategory[feature] === 1, way: wayOf(feature) },
          hasMissing: binned.hasMissing[feature] === 1,
        };
        const histograms = open.map((node) => count(node, feature));
        considerLevel(open, histograms, asked, limits, question);
      }
      if (question.feature < 0) break;
      const stay: Node[] = [];
      const below: Node[] = [];
      for (const node of open) {
        const own = count(node, question.feature);
        const score = takenScore(node, own, question, wayOf(question.feature), limits);
        if (score === undefined) stay.push(node);
        else below.push(...cutNode(node, { ...question, score }));
      }
      // Children stand behind all that were there before.
      leaves.push(...below.filter(({ mayBeCut }) => !mayBeCut));
      open = [...stay, ...below.filter(({ mayBeCut }) => mayBeCut)];
    }
    return [...open, ...leaves];
  }

  /** Children keep their parent's bounds; where the way is given the middle of their values parts them. */
  function boundsOfChildren({ own, lower, upper, slope, bend }: Node, left: Int32Array, way: number) {
    if (way === 0 || own.length === 0) return [[lower, upper] as const, [lower, upper] as const] as const;
    let [leftSlope, leftBend] = [0, 0];
    for (const place of left) {
      leftSlope += slopes[place]!;
      leftBend += bends[place]!;
    }
    const bounds = { lower, upper };
    const middle =
      (sideValue(leftSlope, leftBend, limits, bounds) +
        sideValue(slope - leftSlope, bend - leftBend, limits, bounds)) /
      2;
    return way > 0
      ? ([[lower, middle] as const, [middle, upper] as const] as const)
      : ([[middle, upper] as const, [lower, middle] as const] as const);
  }
};

/** The limits of a fit in its steps. */
export function limitsOf(rules: GrowthRules, rows: EngineRows): SplitLimits {
  const { slope, bend } = stepsOf(rows);
  const l2 = rules.l2 * bend;
  return {
    minLeaf: rules.minLeaf,
    // Certain rows have no bend left: without an l2 to speak of, a side of just those would have a gain without end.
    leastBend: Math.max(rules.minHessian * bend, l2 < 1 ? 1 : 0),
    l1: rules.l1 * slope,
    l2,
    support: levelSupport * bend,
    isBounded: rules.l1 > 0 || rules.ways.some((way) => way !== 0),
  };
}

/** The first of those with the largest gain, in the order of the tree. */
function bestOf(open: readonly Node[]): number {
  let best = 0;
  open.forEach((node, i) => {
    const lead = node.split.score - node.cost - (open[best]!.split.score - open[best]!.cost);
    if (lead > 0) best = i;
  });
  return best;
}

function goesLeft(
  { bins, binCounts, rows, isCategory }: BinnedFeatures,
  tableRows: Int32Array,
  { feature, bin, levels }: Split,
  isMissingLeft: boolean,
): (place: number) => boolean {
  return (place) => {
    const own = bins[feature * rows + tableRows[place]!]!;
    if (own === binCounts[feature]) return isMissingLeft;
    return isCategory[feature] ? ((levels[own >> 5]! >>> (own & 31)) & 1) === 1 : own <= bin;
  };
}

const emptyTree = (): Growing => ({
  feature: [],
  bin: [],
  missingLeft: [],
  left: [],
  right: [],
  value: [],
  gain: [],
  cover: [],
  levels: [],
});

function addLeaf(tree: Growing, value: number, cover: number): number {
  for (const key of ['feature', 'bin'] as const) tree[key].push(-1);
  for (const key of ['missingLeft', 'left', 'right', 'gain'] as const) tree[key].push(0);
  tree.value.push(value);
  tree.cover.push(cover);
  tree.levels.push(...new Array<number>(levelWords).fill(0));
  return tree.feature.length - 1;
}

const flattened = (tree: Growing): GrownTree => ({
  feature: Int32Array.from(tree.feature),
  bin: Int32Array.from(tree.bin),
  missingLeft: Uint8Array.from(tree.missingLeft),
  left: Int32Array.from(tree.left),
  right: Int32Array.from(tree.right),
  value: Float64Array.from(tree.value),
  gain: Float64Array.from(tree.gain),
  cover: Float64Array.from(tree.cover),
  levels: Uint32Array.from(tree.levels),
});
