/**
 * Sums of trees with the compiled kernel, the same bits as its twin `plain-sums.ts`, for a row alone and in a batch alike.
 *
 * The trees are made ready once, in a few milliseconds for 200 trees of 31 leaves; then a row costs a binary search a column
 * and, for trees of at most 64 leaves, O(columns x trees x leaves / 512), for larger ones O(trees x depth). A node has
 * one parent. Models of more than two million nodes, and rows too wide for the part of the memory to work in, go the way of
 * the twin.
 */
import type { AskedTrees, TreeSums } from './asked-trees.ts';
import { bitsImage } from './bits-image.ts';
import { plainSums } from './plain-sums.ts';
import { mostImageBytes, placeImage, workBytes } from './scoring-memory.ts';
import { walkImage } from './walk-image.ts';

const laneBytes = 64;
/** Of an image, at most and about. */
const bytesPerNode = 32;

export function kernelSums(trees: AskedTrees): TreeSums {
  if (trees.feature.length * bytesPerNode > mostImageBytes) return plainSums(trees);
  const bits = bitsImage(trees);
  const { image, slots, columns: leastColumns } = bits ?? walkImage(trees);
  return (matrix) => {
    const { rows, columns, values } = matrix;
    if (columns < leastColumns) throw new RangeError(`trees ask for ${leastColumns} columns, got ${columns}`);
    // The lanes, then for each row its values, its places and its sum.
    const most = Math.floor((workBytes - laneBytes) / (8 * columns + 4 * slots + 16));
    if (most === 0) return plainSums(trees)(matrix);
    const { memory, address } = placeImage(image);
    const { kernels, work, numbers } = memory;
    const sums = new Float64Array(rows);
    const block = Math.min(most, rows);
    const from = work + laneBytes;
    const places = from + 8 * columns * block;
    const to = places + 8 * Math.ceil((slots * block) / 2);
    for (let row = 0; row < rows; row += block) {
      const taken = Math.min(block, rows - row);
      const wholly = taken === rows && values.length === rows * columns;
      numbers.set(wholly ? values : values.subarray(row * columns, (row + taken) * columns), from / 8);
      kernels.treesPlaces(address, from, taken, columns, places);
      numbers.fill(0, to / 8, to / 8 + taken);
      if (bits) kernels.treesAdd(address, places, taken, to, work);
      else kernels.treesWalk(address, places, taken, to);
      for (let i = 0; i < taken; i++) sums[row + i] = numbers[to / 8 + i]!;
    }
    return sums;
  };
}
