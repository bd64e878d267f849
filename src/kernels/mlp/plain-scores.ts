/** Scores rows with a network in plain TypeScript: what the compiled kernel gives to the bit. */
import { layersOf } from './network.ts';
import type { NetworkScores } from './network-scores.ts';
import { createWorkspace, forward } from './train-step.ts';

/** Rows scored at a time: enough to be quick, few enough to stay in the cache. */
const blockRows = 256;

export function plainScores(sizes: readonly number[], weights: Float64Array): NetworkScores {
  const { layers, weightCount } = layersOf(sizes);
  return (rowCount, write) => {
    const workspace = createWorkspace(layers, weightCount, Math.min(blockRows, rowCount));
    const logOdds = new Float64Array(rowCount);
    for (let from = 0; from < rowCount; from += blockRows) {
      const rows = Math.min(blockRows, rowCount - from);
      write(workspace.outputs[0]!, 0, from, rows);
      logOdds.set(forward(workspace, weights, rows).subarray(0, rows), from);
    }
    return logOdds;
  };
}
