/**
 * Scores rows with the compiled kernel: the bits of its twin `plain-scores.ts`, for a row alone and in a batch alike.
 *
 * The network is made ready once; its rows are written straight into the memory that the models of a thread share, so that a
 * row alone makes no garbage but its answer. Networks of more than eight million weights, and rows or layers too wide for the
 * part of that memory to work in, go the way of the twin.
 */
import { mostImageBytes, placeImage, workBytes } from '../trees/scoring-memory.ts';
import type { NetworkScores } from './network-scores.ts';
import { plainScores } from './plain-scores.ts';
import { scoreImage } from './score-image.ts';

/** More rows would leave what the processor keeps near. */
const mostRows = 128;

export function kernelScores(sizes: readonly number[], weights: Float64Array): NetworkScores {
  const columns = sizes[0]!;
  if (8 * weights.length > mostImageBytes / 2) return plainScores(sizes, weights);
  const { bytes, roomBytes } = scoreImage(sizes, weights);
  // What the kernel works with; then for each row its numbers and its answer.
  const block = Math.min(mostRows, Math.floor((workBytes - 3 * roomBytes) / (8 * (columns + 1))));
  if (block < 1 || bytes.length > mostImageBytes) return plainScores(sizes, weights);
  return (rowCount, write) => {
    const { memory, address } = placeImage(bytes);
    const { kernels, work, numbers } = memory;
    const logOdds = new Float64Array(rowCount);
    const to = work + 3 * roomBytes;
    const rows = to + 8 * block;
    for (let from = 0; from < rowCount; from += block) {
      const taken = Math.min(block, rowCount - from);
      write(numbers, rows / 8, from, taken);
      kernels.mlpScore(address, rows, taken, roomBytes, work, to);
      for (let i = 0; i < taken; i++) logOdds[from + i] = numbers[to / 8 + i]!;
    }
    return logOdds;
  };
}
