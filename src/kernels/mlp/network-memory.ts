/**
 * A network in the memory of the kernels, as `assembly/mlp.ts` reads it: a head of words, then single-precision numbers.
 *
 * Widths are padded to multiples of 8 with zeros. Parameters: the weights of all layers (row-major, inputs x units), of
 * the unit at the end last, then the biases of all layers, so that one pass pulls the weights alone.
 */
import type { Arena } from '../arena.ts';
import type { ColumnPatterns } from './column-patterns.ts';
import type { PlacedRows } from './listed-rows.ts';
import { layersOf } from './network.ts';

export interface NetworkMemory {
  /** Address of the head. */
  readonly head: number;
  read(): Float64Array;
}

/** Words of the head before the layers, and of each layer. */
const headWords = 28;
const layerWords = 5;

/** Lays out a network with the weights given (as `network.ts` has them), for batches of up to so many rows of a table. */
export function placeNetwork(
  arena: Arena,
  sizes: readonly number[],
  start: Float64Array,
  mostRows: number,
  { isDense, patterns }: Pick<PlacedRows, 'isDense' | 'patterns'>,
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
  const most = Math.max(...widths, patterns?.parts.length ?? 0) + 4;
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
    ...(patterns ? placePatterns(arena, patterns.parts, widths[0]!, hidden[0]!) : new Array(11).fill(0)),
    ...layers.flatMap(({ width, weightsAt, biasesAt, outputs, blame }) => [
      width,
      weightsAt,
      biasesAt,
      outputs,
      blame,
    ]),
  ];
  new Uint32Array(arena.memory.buffer, head, words.length).set(words);

  /** Every run of numbers that lie together on both sides, with the places where it begins. */
  const each = (visit: (plain: number, here: number, length: number) => void): void => {
    for (const [l, { inputs, outputs, weightAt, biasAt }] of layersOf(sizes).layers.entries()) {
      const { width, weightsAt, biasesAt } = layers[l]!;
      for (let k = 0; k < inputs; k++) visit(weightAt + k * outputs, weightsAt / 4 + k * width, outputs);
      visit(biasAt, biasesAt / 4, outputs);
    }
  };
  const own = new Float32Array(arena.memory.buffer);
  each((plain, here, length) => own.set(start.subarray(plain, plain + length), here));
  return {
    head,
    read() {
      const now = new Float32Array(arena.memory.buffer);
      const read = new Float64Array(start.length);
      each((plain, here, length) => read.set(now.subarray(here, here + length), plain));
      return read;
    },
  };
}

/** The words that tell of patterns: their columns by list, their lists by column, room for sums of so many units. */
function placePatterns(
  arena: Arena,
  parts: ColumnPatterns['parts'],
  columns: number,
  units: number,
): number[] {
  const ofColumns = Array.from({ length: columns }, (): Entry[] => []);
  for (const [place, own] of parts.entries())
    for (const { column, number } of own) ofColumns[column]!.push({ row: place, number });
  const ofPatterns = parts.map((own) => own.map(({ column, number }) => ({ row: column, number })));
  return [
    parts.length,
    ...placeLists(arena, ofPatterns, 4 * units),
    ...placeLists(arena, ofColumns, 4 * units),
    ...[0, 0].map(() => arena.allocate(4 * parts.length * units)),
  ];
}

/** A number of a list and the row that it multiplies. */
interface Entry {
  readonly row: number;
  readonly number: number;
}

/** Lists that stay, as `assembly/nonzero-lists.ts` has them: where they end, their numbers, how far behind the offsets are, how far apart lists begin. */
function placeLists(arena: Arena, lists: readonly (readonly Entry[])[], step: number): number[] {
  const most = Math.max(...lists.map((list) => list.length));
  const ends = arena.allocate(4 * lists.length);
  const numbers = arena.allocate(4 * lists.length * most);
  const offsets = arena.allocate(4 * lists.length * most);
  const floats = new Float32Array(arena.memory.buffer);
  const words = new Uint32Array(arena.memory.buffer);
  for (const [i, list] of lists.entries()) {
    words[ends / 4 + i] = numbers + 4 * (i * most + list.length);
    for (const [k, { row, number }] of list.entries()) {
      floats[numbers / 4 + i * most + k] = number;
      words[offsets / 4 + i * most + k] = step * row;
    }
  }
  return [ends, numbers, offsets - numbers, 4 * most];
}

export const padded = (width: number): number => (width + 7) & ~7;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
