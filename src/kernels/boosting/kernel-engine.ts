/**
 * Grows the trees of a boosting with the compiled kernel, a call a tree. Rows stand in records, their bins among them,
 * which each cut moves to their side: what a node counts lies in a row. Only the smaller of two children is counted, the
 * larger is their parent's histogram less that. Cost of a tree: O(features x (rows x depth / 2 + leaves x bins)).
 */
import { createArena } from '../arena.ts';
import { type KernelBuild, openKernels, trainingBuild } from '../kernel-module.ts';
import type { BinnedFeatures } from './binned-features.ts';
import {
  type BoostingEngine,
  type EngineRows,
  type GrowthRules,
  type OpenEngine,
  stepsOf,
} from './boosting-engine.ts';
import { bundleFeatures, codesThatPay } from './bundles.ts';
import { placeEngine, readTree } from './engine-memory.ts';
import { limitsOf } from './plain-engine.ts';

export const openKernelEngine: OpenEngine = (binned, rows, rules) =>
  kernelEngine(trainingBuild(), binned, rows, rules);

export function kernelEngine(
  build: KernelBuild,
  binned: BinnedFeatures,
  rows: EngineRows,
  rules: GrowthRules,
): BoostingEngine {
  const { labels, training, watched, base } = rows;
  const count = training.length + watched.length;
  const tableRows = new Int32Array(count);
  tableRows.set(training);
  tableRows.set(watched, training.length);
  const weighs = tableRows.some((row) => rows.weights[row] !== 1);
  const weights = weighs ? Float64Array.from(tableRows, (row) => rows.weights[row]!) : undefined;
  const arena = createArena({
    who: 'gradient-boosting',
    lower: 'learn from fewer rows or columns, or with fewer leaves a tree (maxLeaves, maxDepth)',
  });
  const { memory } = arena;
  const steps = stepsOf(rows);
  const limits = limitsOf(rules, rows);
  const bundles = bundleFeatures(binned, codesThatPay(training.length, rules.maxLeaves));
  const { plan, nodes, ask } = placeEngine(
    ...([arena, binned, bundles, count, training.length, weights, rules, limits, steps] as const),
  );
  const columns = arena.allocate(bundles.codes.length);
  const list = arena.allocate(4 * count);
  const labelsAt = arena.allocate(labels.length);
  const drawnAt = arena.allocate(count);
  const sums = arena.allocate(8 * count);
  new Uint8Array(memory.buffer, columns, bundles.codes.length).set(bundles.codes);
  new Int32Array(memory.buffer, list, count).set(tableRows);
  new Uint8Array(memory.buffer, labelsAt, labels.length).set(labels);
  const kernels = openKernels(build, memory);
  kernels.boostingPack(plan, columns, binned.rows, bundles.sizes.length, list, labelsAt, count, base);
  kernels.boostingBegin(plan, count);
  return {
    grow(features, draw) {
      ask(features);
      let learning = training.length;
      if (draw) {
        kernels.drawSeed(...draw.seed);
        kernels.drawShare(training.length, draw.wanted, drawnAt);
        learning = kernels.boostingDraw(plan, count, drawnAt);
      }
      return readTree(memory, nodes, kernels.boostingTree(plan, learning, count, features.length), steps);
    },
    watchedSums() {
      kernels.boostingSums(plan, count, sums);
      return new Float64Array(memory.buffer, sums, count).slice(training.length);
    },
  };
}
