/** Trains a network with the compiled kernel, in single precision: whole epochs inside one call. */
import { createArena } from '../arena.ts';
import { type KernelBuild, openNetworkKernels, trainingBuild } from '../kernel-module.ts';
import { placeRows } from './listed-rows.ts';
import { placeNetwork } from './network-memory.ts';
import type { NetworkTrainer, OpenTrainer, TrainerSettings, TrainingRows } from './network-trainer.ts';

export const openKernelTrainer: OpenTrainer = (sizes, start, rows, settings) =>
  trainerOf(trainingBuild(), sizes, start, rows, settings);

export function trainerOf(
  build: KernelBuild,
  sizes: readonly number[],
  start: Float64Array,
  rows: TrainingRows,
  settings: TrainerSettings,
): NetworkTrainer {
  const { alpha, batchSize, learningRate, beta1, beta2, epsilon } = settings;
  const arena = createArena({
    who: 'mlp',
    lower: 'learn from fewer rows, with fewer units (hidden) or smaller batches (batchSize)',
  });
  const rowCount = rows.labels.length;
  const table = placeRows(arena, rows, batchSize);
  const network = placeNetwork(arena, sizes, start, batchSize, table);
  const labels = arena.allocate(4 * rowCount);
  const weights = arena.allocate(4 * rowCount);
  const order = arena.allocate(4 * rowCount);
  const { buffer } = arena.memory;
  new Float32Array(buffer, labels, rowCount).set(rows.labels);
  new Float32Array(buffer, weights, rowCount).set(rows.weights);
  const orderOf = (chosen: Int32Array): number => {
    new Int32Array(buffer, order, chosen.length).set(chosen);
    return order;
  };
  const kernels = openNetworkKernels(build, arena.memory);
  let [power1, power2] = [1, 1];
  let best = start;
  return {
    epoch(chosen) {
      const { head } = network;
      const loss = kernels.mlpEpoch(
        ...([head, table.address, labels, weights, orderOf(chosen), chosen.length, batchSize] as const),
        ...([alpha, learningRate, beta1, beta2, epsilon, power1, power2] as const),
      );
      const steps = Math.ceil(chosen.length / batchSize);
      for (let i = 0; i < steps; i++) {
        power1 *= beta1;
        power2 *= beta2;
      }
      return loss;
    },
    weightRight(chosen) {
      const { head } = network;
      return kernels.mlpWeightRight(
        head,
        table.address,
        labels,
        weights,
        orderOf(chosen),
        chosen.length,
        batchSize,
      );
    },
    keep() {
      best = network.read();
    },
    kept: () => best,
    weights: () => network.read(),
  };
}
