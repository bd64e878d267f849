/**
 * Where the boosting kernel finds and leaves what it works with: the same places as in `assembly/boosting-memory.ts`,
 * which explains them. Addresses and offsets are bytes.
 */
import type { Arena } from '../arena.ts';
import type { BinnedFeatures } from './binned-features.ts';
import type { GrownTree, GrowthRules, Steps } from './boosting-engine.ts';
import type { Bundles } from './bundles.ts';
import { levelWords, type SplitLimits } from './find-split.ts';
import { levelsOf } from './level-split.ts';

const recordHead = 28;
const binBytes = 16;
const bundleBytes = 16;
const askedBytes = 32;
const planBytes = 128;
/** The word of the plan that says where the bundles counted end. */
const bundlesEndWord = 15;
const nodeBytes = 160;
/** Which bins and codes go left; orders and places of at most 256 levels; or the question of a level at 512 and two gains for each of 256 bins at 1,024. */
const scratchBytes = 1024 + 256 * 16;
const orders = { leaf: 0, depth: 1, symmetric: 2 } as const;

/** An open leaf keeps its histogram; beyond this depth more leaves are no longer bounded by it. */
const deepest = 30;

export interface EngineMemory {
  readonly plan: number;
  readonly nodes: number;
  /** Tells the kernel which features to ask. */
  ask(features: Int32Array): void;
}

/** Sets a place aside for everything and writes the plan of a fit. `rows` are all, `learning` those of training. */
export function placeEngine(
  arena: Arena,
  binned: BinnedFeatures,
  bundles: Bundles,
  rows: number,
  learning: number,
  weights: Float64Array | undefined,
  rules: GrowthRules,
  limits: SplitLimits,
  steps: Steps,
): EngineMemory {
  const { features: width, binCounts, isCategory, hasMissing } = binned;
  const { sizes, bundleOf, strideOf, radixOf } = bundles;
  const recordBytes = Math.ceil((recordHead + sizes.length) / 16) * 16;
  const firstOf = sizes.map((_, b) => binBytes * sizes.subarray(0, b).reduce((sum, size) => sum + size, 0));
  const histogramBytes = binBytes * sizes.reduce((sum, size) => sum + size, 0);
  const mostDepth = rules.growth === 'symmetric' ? levelsOf(rules) : rules.maxDepth;
  const mostLeaves = Math.min(rules.maxLeaves, rows + 1, 1 << Math.min(mostDepth, deepest));
  // Leaves that may still be cut, and the smaller child of the last cut, whose histogram gives its sister's.
  const openLeaves = Math.min(mostLeaves, Math.floor(learning / (2 * rules.minLeaf)) + 2);
  const plan = arena.allocate(planBytes);
  const asked = arena.allocate(askedBytes * width);
  const counted = arena.allocate(bundleBytes * sizes.length);
  const bins = arena.allocate(binBytes * 256);
  const scratch = arena.allocate(scratchBytes);
  const nodes = arena.allocate(nodeBytes * 2 * mostLeaves);
  const weightsAt = weights ? arena.allocate(8 * rows) : 0;
  const records = arena.allocate(recordBytes * rows);
  const histograms = arena.allocate(histogramBytes * openLeaves);
  const { memory } = arena;
  if (weights) new Float64Array(memory.buffer, weightsAt, rows).set(weights);
  new Uint32Array(memory.buffer, plan).set([
    ...[records, recordBytes, nodes, histograms, histogramBytes, asked, scratch, weightsAt, mostLeaves],
    ...[Math.min(mostDepth, 0x7fffffff), rules.minLeaf, orders[rules.growth], limits.isBounded ? 1 : 0],
    ...[bins, counted, counted],
  ]);
  new Float64Array(memory.buffer, plan + 64).set([
    ...[steps.slope, steps.bend, limits.l1, limits.l2, limits.leastBend],
    ...[(rules.learningRate * steps.bend) / steps.slope, limits.support],
  ]);
  return {
    plan,
    nodes,
    ask(features) {
      const words = new Uint32Array(memory.buffer, asked, (askedBytes / 4) * features.length);
      const bytes = new Int8Array(memory.buffer, asked, askedBytes * features.length);
      features.forEach((feature, i) => {
        const bundle = bundleOf[feature]!;
        const stride = binBytes * strideOf[feature]!;
        words.set([recordHead + bundle, firstOf[bundle]!, binBytes * (binCounts[feature]! + 1)], 8 * i);
        words.set([feature, stride, stride * radixOf[feature]!, binBytes * sizes[bundle]!], 8 * i + 4);
        bytes.set(
          [isCategory[feature]!, isCategory[feature] ? 0 : rules.ways[feature]!, hasMissing[feature]!],
          askedBytes * i + 12,
        );
      });
      const needed = [...new Set(Array.from(features, (feature) => bundleOf[feature]!))].sort(
        (a, b) => a - b,
      );
      const list = new Uint32Array(memory.buffer, counted, (bundleBytes / 4) * needed.length);
      needed.forEach((bundle, i) => {
        list.set([recordHead + bundle, firstOf[bundle]!, binBytes * sizes[bundle]!, 0], 4 * i);
      });
      new Uint32Array(memory.buffer, plan)[bundlesEndWord] = counted + list.byteLength;
    },
  };
}

/** The tree that stands in the nodes. */
export function readTree(
  memory: WebAssembly.Memory,
  nodes: number,
  count: number,
  { slope, bend }: Steps,
): GrownTree {
  const tree = {
    feature: new Int32Array(count).fill(-1),
    bin: new Int32Array(count).fill(-1),
    missingLeft: new Uint8Array(count),
    left: new Int32Array(count),
    right: new Int32Array(count),
    value: new Float64Array(count),
    gain: new Float64Array(count),
    cover: new Float64Array(count),
    levels: new Uint32Array(levelWords * count),
  };
  const words = new Int32Array(memory.buffer, nodes, (nodeBytes / 4) * count);
  const numbers = new Float64Array(memory.buffer, nodes, (nodeBytes / 8) * count);
  for (let node = 0, at = 0; node < count; node++, at += nodeBytes / 4) {
    const double = at / 2;
    tree.value[node] = numbers[double + 14]!;
    // The rows stand in the upper 27 bits of the second number of 64.
    tree.cover[node] = words[at + 15]! >>> 5;
    if (words[at + 6] !== 2) continue;
    tree.feature[node] = words[at + 7]!;
    tree.bin[node] = words[at + 8]!;
    tree.missingLeft[node] = words[at + 9]!;
    tree.left[node] = words[at + 10]!;
    tree.right[node] = words[at + 11]!;
    tree.gain[node] = (numbers[double + 13]! - numbers[double + 12]!) * (bend / slope / slope);
    if (words[at + 8]! < 0) tree.levels.set(words.subarray(at + 30, at + 30 + levelWords), levelWords * node);
  }
  return tree;
}
