/**
 * Sorts columns and gives their values bins with the compiled kernel, a few times faster than the engine's own sort:
 * O(rows) a column. The strict build: nothing is rounded, so there is nothing to gain from the other. Its memory is kept
 * for the next table (`workspace.ts`), since fresh pages cost as much as binning a few columns.
 */
import type { KernelBuild } from '../kernel-module.ts';
import { takeWorkspace } from '../linear/workspace.ts';
import { fewValues, type UseBinner } from './column-binner.ts';

const counterBytes = 6 * 2048 * 4;
/** One less than a power of 2, and one. */
const edgePlaces = 256;

export const withKernelBinner: UseBinner = (rows, use) => kernelBinner('strict')(rows, use);

export const kernelBinner =
  (build: KernelBuild): UseBinner =>
  (rows, use) => {
    const workspace = takeWorkspace(build);
    const { kernels, memory } = workspace;
    const [values, spare] = [workspace.take(8 * rows), workspace.take(8 * rows)];
    const [counters, edgesAt] = [workspace.take(counterBytes), workspace.take(8 * edgePlaces)];
    const binsAt = workspace.take(rows);
    const take = (column: Float64Array): number => {
      new Float64Array(memory.buffer, values, rows).set(column);
      return column.length;
    };
    try {
      return use({
        few(column) {
          const known = kernels.binsFew(values, take(column), fewValues, spare);
          return known <= fewValues ? new Float64Array(memory.buffer, spare, known).slice() : undefined;
        },
        sorted(column) {
          const kept = kernels.binsSort(values, take(column), spare, counters);
          return new Float64Array(memory.buffer, values, kept);
        },
        place(column, edges, missingBin, bins) {
          new Float64Array(memory.buffer, edgesAt, edgePlaces).fill(Number.POSITIVE_INFINITY).set(edges);
          let reach = 1;
          while (reach <= edges.length) reach *= 2;
          kernels.binsPlace(values, take(column), edgesAt, reach, missingBin, binsAt);
          bins.set(new Uint8Array(memory.buffer, binsAt, column.length));
        },
      });
    } finally {
      workspace.release();
    }
  };
