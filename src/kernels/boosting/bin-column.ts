/**
 * The bins of a column of numbers: of each how many edges lie below it, NaN the bin for missing values. The kernel's
 * search has no branch to guess; both give the same bins. O(rows x log edges).
 */
import { createArena } from '../arena.ts';
import { openKernels } from '../kernel-module.ts';

/** Fills `bins`; `edges` are at most 254, ascending. */
export type BinColumn = (
  values: Float64Array,
  edges: Float64Array,
  missingBin: number,
  bins: Uint8Array,
) => void;

/** Places of edges in the kernel, one less than a power of 2. */
const edgePlaces = 255;

/** For columns of so many rows at most. */
export function openKernelBinning(rows: number): BinColumn {
  const arena = createArena();
  const { memory } = arena;
  const edgesAt = arena.allocate(8 * edgePlaces);
  const valuesAt = arena.allocate(8 * rows);
  const binsAt = arena.allocate(rows);
  const kernels = openKernels('strict', memory);
  return (values, edges, missingBin, bins) => {
    const places = new Float64Array(memory.buffer, edgesAt, edgePlaces);
    places.fill(Number.POSITIVE_INFINITY).set(edges);
    new Float64Array(memory.buffer, valuesAt, values.length).set(values);
    let reach = 1;
    while (reach <= edges.length) reach *= 2;
    kernels.boostingBin(valuesAt, values.length, edgesAt, reach, missingBin, binsAt);
    bins.set(new Uint8Array(memory.buffer, binsAt, values.length));
  };
}

export const plainBinColumn: BinColumn = (values, edges, missingBin, bins) => {
  values.forEach((value, row) => {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < value) low = middle + 1;
      else high = middle;
    }
    bins[row] = Number.isNaN(value) ? missingBin : low;
  });
};
