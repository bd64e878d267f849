/** Trains a network in plain TypeScript and double precision: what the compiled kernel is held against. */
import { layersOf } from './network.ts';
import type { OpenTrainer, TrainingRows } from './network-trainer.ts';
import {
  adamStep,
  createAdam,
  createWorkspace,
  forward,
  lossAndGradient,
  type Workspace,
} from './train-step.ts';

/** Rows scored at a time: enough to be quick, few enough to stay in the cache. */
const scoringBlock = 256;

export const openPlainTrainer: OpenTrainer = (sizes, start, rows, settings) => {
  const { layers, weightCount } = layersOf(sizes);
  const { batchSize, alpha } = settings;
  const workspace = createWorkspace(layers, weightCount, Math.max(batchSize, scoringBlock));
  const weights = start.slice();
  const best = start.slice();
  const adam = createAdam(weightCount);
  return {
    epoch(order) {
      let loss = 0;
      for (let from = 0; from < order.length; from += batchSize) {
        const batch = gather(workspace, rows, order.subarray(from, from + batchSize));
        const batchLoss = lossAndGradient(workspace, weights, batch.labels, batch.weights, batch.rows, alpha);
        adamStep(weights, workspace.gradient, adam, settings);
        loss += (batchLoss * batch.rows) / order.length;
      }
      return loss;
    },
    weightRight(chosen) {
      let right = 0;
      for (let from = 0; from < chosen.length; from += scoringBlock) {
        const batch = gather(workspace, rows, chosen.subarray(from, from + scoringBlock));
        const logOdds = forward(workspace, weights, batch.rows);
        for (let r = 0; r < batch.rows; r++)
          if (logOdds[r]! > 0 === (batch.labels[r] === 1)) right += batch.weights[r]!;
      }
      return right;
    },
    keep: () => best.set(weights),
    kept: () => best,
    weights: () => weights,
  };
};

interface Batch {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly rows: number;
}

/** Copies rows into the workspace, their labels and weights beside them. */
function gather(
  workspace: Workspace,
  { values, columns, labels, weights }: TrainingRows,
  rows: Int32Array,
): Batch {
  const input = workspace.outputs[0]!;
  const batch = {
    labels: new Uint8Array(rows.length),
    weights: new Float64Array(rows.length),
    rows: rows.length,
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (let c = 0, from = row * columns, to = i * columns; c < columns; c++)
      input[to + c] = values[from + c]!;
    batch.labels[i] = labels[row]!;
    batch.weights[i] = weights[row]!;
  }
  return batch;
}
