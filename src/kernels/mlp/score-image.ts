/**
 * A network as bytes that `assembly/mlp-score.ts` reads: words, then each layer's biases and weights as doubles, row-major,
 * units padded to a multiple of 8 with zeros. O(weights).
 */
import { layersOf } from './network.ts';

export interface ScoreImage {
  readonly bytes: Uint8Array;
  /** Bytes that a row's numbers take at most: its inputs, or the outputs of a layer. */
  readonly roomBytes: number;
}

const headWords = 2;
const layerWords = 3;
const alignment = 64;

export function scoreImage(sizes: readonly number[], weights: Float64Array): ScoreImage {
  const { layers } = layersOf(sizes);
  let next = aligned(4 * (headWords + layerWords * layers.length));
  const take = (numbers: number): number => {
    const at = next;
    next = aligned(next + 8 * numbers);
    return at;
  };
  const places = layers.map((layer, l) => {
    // The last unit stands alone.
    const width = l + 1 < layers.length ? (layer.outputs + 7) & ~7 : layer.outputs;
    return { ...layer, width, biasesAt: take(width), weightsAt: take(layer.inputs * width) };
  });
  const bytes = new Uint8Array(next);
  const words = [
    ...[layers.length, sizes[0]!],
    ...places.flatMap(({ outputs, biasesAt, weightsAt }) => [outputs, biasesAt, weightsAt]),
  ];
  new Uint32Array(bytes.buffer, 0, words.length).set(words);
  const numbers = new Float64Array(bytes.buffer);
  for (const { inputs, outputs, width, weightAt, biasAt, biasesAt, weightsAt } of places) {
    numbers.set(weights.subarray(biasAt, biasAt + outputs), biasesAt / 8);
    for (let k = 0; k < inputs; k++) {
      const from = weightAt + k * outputs;
      numbers.set(weights.subarray(from, from + outputs), weightsAt / 8 + k * width);
    }
  }
  return { bytes, roomBytes: aligned(8 * Math.max(...sizes.map((size) => (size + 7) & ~7))) };
}

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;
