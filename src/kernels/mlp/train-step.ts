/**
 * One step of learning: the mean loss of a batch, its gradient, and the move of Adam against it.
 *
 * loss = sum_i weight_i logloss_i / W + alpha / 2 |weights|^2 / W, W = sum_i weight_i of the batch; biases are not
 * pulled. Adam: m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
 * weight -= rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
 * Equal to scikit-learn's MLPClassifier given the same weights and rows.
 */
import { log1pExp, sigmoid } from '../../math/sigmoid.ts';
import { addGradient, backwardLayer, forwardLayer, rectify } from './dense.ts';
import type { Layer } from './network.ts';
import type { AdamSettings } from './network-trainer.ts';

/** Memory for batches of up to so many rows: the output of each layer, its blame, and the gradient. */
export interface Workspace {
  readonly layers: readonly Layer[];
  /** [0] holds the batch itself, row-major; the last the log-odds. */
  readonly outputs: readonly Float64Array[];
  readonly deltas: readonly Float64Array[];
  readonly gradient: Float64Array;
}

export function createWorkspace(layers: readonly Layer[], weightCount: number, mostRows: number): Workspace {
  return {
    layers,
    outputs: [layers[0]!.inputs, ...layers.map((layer) => layer.outputs)].map(
      (width) => new Float64Array(mostRows * width),
    ),
    deltas: layers.map((layer) => new Float64Array(mostRows * layer.outputs)),
    gradient: new Float64Array(weightCount),
  };
}

/** Fills the outputs of all layers from the batch in `outputs[0]`; gives the log-odds of its rows. */
export function forward({ layers, outputs }: Workspace, weights: Float64Array, rows: number): Float64Array {
  for (const [l, layer] of layers.entries()) {
    forwardLayer(layer, weights, outputs[l]!, rows, outputs[l + 1]!);
    if (l + 1 < layers.length) rectify(outputs[l + 1]!, rows * layer.outputs);
  }
  return outputs[layers.length]!;
}

/** Fills the gradient for the batch in `outputs[0]` and gives its loss. */
export function lossAndGradient(
  workspace: Workspace,
  weights: Float64Array,
  labels: Uint8Array,
  rowWeights: Float64Array,
  rows: number,
  alpha: number,
): number {
  const { layers, outputs, deltas, gradient } = workspace;
  const logOdds = forward(workspace, weights, rows);
  const last = layers.length - 1;
  let loss = 0;
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const z = logOdds[r]!;
    const weight = rowWeights[r]!;
    loss += weight * log1pExp(labels[r] === 1 ? -z : z);
    total += weight;
    deltas[last]![r] = weight * (sigmoid(z) - labels[r]!);
  }
  gradient.fill(0);
  for (let l = last; l >= 0; l--) {
    addGradient(layers[l]!, outputs[l]!, deltas[l]!, rows, gradient);
    if (l > 0) backwardLayer(layers[l]!, weights, outputs[l]!, deltas[l]!, rows, deltas[l - 1]!);
  }
  let squares = 0;
  for (const { weightAt, biasAt, outputs: units } of layers) {
    for (let i = weightAt; i < biasAt; i++) {
      squares += weights[i]! * weights[i]!;
      gradient[i] = (gradient[i]! + alpha * weights[i]!) / total;
    }
    for (let i = biasAt; i < biasAt + units; i++) gradient[i]! /= total;
  }
  return (loss + 0.5 * alpha * squares) / total;
}

export interface AdamState {
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** beta1 and beta2 to the power of the steps made. */
  power1: number;
  power2: number;
}

export const createAdam = (weightCount: number): AdamState => ({
  first: new Float64Array(weightCount),
  second: new Float64Array(weightCount),
  power1: 1,
  power2: 1,
});

/** Moves the weights one step. O(weights). */
export function adamStep(
  weights: Float64Array,
  gradient: Float64Array,
  adam: AdamState,
  { learningRate, beta1, beta2, epsilon }: AdamSettings,
): void {
  adam.power1 *= beta1;
  adam.power2 *= beta2;
  const rate = (learningRate * Math.sqrt(1 - adam.power2)) / (1 - adam.power1);
  const { first, second } = adam;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * g;
    const v = beta2 * second[i]! + (1 - beta2) * (g * g);
    first[i] = m;
    second[i] = v;
    weights[i]! -= (rate * m) / (Math.sqrt(v) + epsilon);
  }
}
