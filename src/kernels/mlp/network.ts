/**
 * A network of fully connected layers as one list of weights: saved compactly, updated in one pass, ready for a kernel.
 *
 * Layer after layer: its weights, row-major (inputs x outputs), then one bias an output.
 */
import type { Random } from '../../base/random.ts';

export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights and its biases begin. */
  readonly weightAt: number;
  readonly biasAt: number;
}

/** The layers between these sizes (inputs, hidden units, outputs), and how many numbers they hold. */
export function layersOf(sizes: readonly number[]): { layers: readonly Layer[]; weightCount: number } {
  let at = 0;
  const layers = sizes.slice(1).map((outputs, l): Layer => {
    const inputs = sizes[l]!;
    const weightAt = at;
    const biasAt = at + inputs * outputs;
    at = biasAt + outputs;
    return { inputs, outputs, weightAt, biasAt };
  });
  return { layers, weightCount: at };
}

/**
 * Weights and biases to start from: evenly drawn within sqrt(6 / (inputs + outputs)) of 0, as scikit-learn does for
 * ReLU (Glorot & Bengio 2010).
 */
export function drawWeights(sizes: readonly number[], random: Random): Float64Array {
  const { layers, weightCount } = layersOf(sizes);
  const weights = new Float64Array(weightCount);
  for (const { inputs, outputs, weightAt, biasAt } of layers) {
    const bound = Math.sqrt(6 / (inputs + outputs));
    for (let i = weightAt; i < biasAt + outputs; i++) weights[i] = bound * (2 * random.uniform() - 1);
  }
  return weights;
}
