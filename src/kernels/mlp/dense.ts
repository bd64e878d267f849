/**
 * The hot loops of a network: what one layer does to a batch of rows, forwards and backwards.
 *
 * Matrices are row-major and start at 0 of their array, weights at the layer's place. Every sum runs over its terms in
 * ascending order, so a row's result does not depend on the batch and a kernel can repeat it to the bit. Inputs
 * that are exactly 0 (one-hot columns, units at rest) are passed over: they add nothing. O(rows x inputs x outputs) each.
 */
import type { Layer } from './network.ts';

/** output = input x weights + bias. */
export function forwardLayer(
  { inputs, outputs, weightAt, biasAt }: Layer,
  weights: Float64Array,
  input: Float64Array,
  rows: number,
  output: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const to = r * outputs;
    for (let j = 0; j < outputs; j++) output[to + j] = weights[biasAt + j]!;
    for (let k = 0, from = r * inputs; k < inputs; k++, from++) {
      const value = input[from]!;
      if (value === 0) continue;
      const at = weightAt + k * outputs;
      for (let j = 0; j < outputs; j++) output[to + j]! += value * weights[at + j]!;
    }
  }
}

/** gradient of the layer's weights and biases += input x delta and delta, summed over the rows. */
export function addGradient(
  { inputs, outputs, weightAt, biasAt }: Layer,
  input: Float64Array,
  delta: Float64Array,
  rows: number,
  gradient: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const from = r * outputs;
    for (let k = 0, at = r * inputs; k < inputs; k++, at++) {
      const value = input[at]!;
      if (value === 0) continue;
      const to = weightAt + k * outputs;
      for (let j = 0; j < outputs; j++) gradient[to + j]! += value * delta[from + j]!;
    }
    for (let j = 0; j < outputs; j++) gradient[biasAt + j]! += delta[from + j]!;
  }
}

/** below = delta x weights transposed, where the unit below was active (its output above 0), else 0. */
export function backwardLayer(
  { inputs, outputs, weightAt }: Layer,
  weights: Float64Array,
  input: Float64Array,
  delta: Float64Array,
  rows: number,
  below: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const from = r * outputs;
    for (let k = 0, to = r * inputs; k < inputs; k++, to++) {
      if (input[to] === 0) {
        below[to] = 0;
        continue;
      }
      const at = weightAt + k * outputs;
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += delta[from + j]! * weights[at + j]!;
      below[to] = sum;
    }
  }
}

/** ReLU: what is not above 0 becomes 0. */
export function rectify(values: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) if (!(values[i]! > 0)) values[i] = 0;
}
