/**
 * A network in the memory of the kernels, as `assembly/mlp.ts` reads it: a head of words, then single-precision numbers.
 *
 * Widths are padded to multiples of 8 with zeros. Parameters: the weights of all layers (row-major, inputs x units), of
 * the unit at the end last, then the biases of all layers, so that one pass pulls the weights alone.
 */
import type { Arena } from '../arena.ts';
import { layersOf } from './network.ts';

export interface NetworkMemory {
  /** Address of the head. */
  readonly head: number;
  read(): Float64Array;
}

/** Words of the head before the layers, and of each layer. */
const headWords = 17;
const layerWords = 5;

/** Lays out a network with the weights given (as `network.ts` has them), for batches of up to so many rows, of a dense table or a listed one. */
export function placeNetwork(
  arena: Arena,
  sizes: readonly number[],
  start: Float64Array,
  mostRows: number,
  isDense: boolean,
): NetworkMemory {
  const widths = sizes.slice(0, -1).map(padded);
  const hidden = widths.slice(1);
  const rows = (mostRows + 3) & ~3;
  const weightCounts = [...hidden.map((units, l) => widths[l]! * units), widths.at(-1)!];
  const weightCount = sum(weightCounts);
  const count = padded(weightCount + sum(hidden) + 1);
  const floats = (length: number): number => arena.allocate(4 * length);

  const head = arena.allocate(4 * (headWords + layerWords * sizes.length));
  const parameters = floats(count);
  const gradient = floats(count);
  const firsts = floats(count);
  const seconds = floats(count);
  const labels = floats(rows);
  const weights = floats(rows);
  const logOdds = floats(rows);
  const transposed = floats(Math.max(...weightCounts));
  // Lists of the numbers that are not 0, by row or by column, each with room for four more.
  const most = Math.max(...widths) + 4;
  const [ends, numbers, turned] = [
    floats(Math.max(rows, most)),
    floats(2 * (rows + 4) * most),
    floats(4 * rows),
  ];
  const layers = [...hidden, 1].map((width, l) => ({
    width,
    weightsAt: parameters + 4 * sum(weightCounts.slice(0, l)),
    biasesAt: parameters + 4 * (weightCount + sum(hidden.slice(0, l))),
    outputs: l < hidden.length ? floats(rows * width) : 0,
    blame: l < hidden.length ? floats(rows * width) : 0,
  }));
  const words = [
    ...[hidden.length, 4 * weightCount, 4 * count, parameters, gradient, firsts, seconds],
    ...[labels, weights, logOdds, transposed, widths[0]!, ends, numbers, 4 * (rows + 4) * most, turned],
    isDense ? floats(rows * widths[0]!) : 0,
    ...layers.flatMap(({ width, weightsAt, biasesAt, outputs, blame }) => [
      width,
      weightsAt,
      biasesAt,
      outputs,
      blame,
    ]),
  ];
  new Uint32Array(arena.memory.buffer, head, words.length).set(words);

  /** Every number of the network with the place it has here. */
  const each = (visit: (plain: number, here: number) => void): void => {
    for (const [l, { inputs, outputs, weightAt, biasAt }] of layersOf(sizes).layers.entries()) {
      const { width, weightsAt, biasesAt } = layers[l]!;
      for (let k = 0; k < inputs; k++)
        for (let j = 0; j < outputs; j++) visit(weightAt + k * outputs + j, weightsAt / 4 + k * width + j);
      for (let j = 0; j < outputs; j++) visit(biasAt + j, biasesAt / 4 + j);
    }
  };
  const own = new Float32Array(arena.memory.buffer);
  each((plain, here) => {
    own[here] = start[plain]!;
  });
  return {
    head,
    read() {
      const now = new Float32Array(arena.memory.buffer);
      const read = new Float64Array(start.length);
      each((plain, here) => {
        read[plain] = now[here]!;
      });
      return read;
    },
  };
}

export const padded = (width: number): number => (width + 7) & ~7;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
