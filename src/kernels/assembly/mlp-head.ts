/** How a network lies in memory, as the host's `kernels/mlp/network-memory.ts` writes it: a head of words, then its numbers. */

// Words of the head, as byte offsets.
export const hiddenLayers: usize = 0;
export const weightBytes: usize = 4;
export const parameterBytes: usize = 8;
export const parameters: usize = 12;
export const gradient: usize = 16;
export const firstMoments: usize = 20;
export const secondMoments: usize = 24;
export const batchLabels: usize = 28;
export const batchWeights: usize = 32;
export const batchLogOdds: usize = 36;
export const transposed: usize = 40;
export const inputs: usize = 44;
export const lists: usize = 48;
export const denseBatch: usize = 64;
// Where columns are told as patterns (0 of them where they are not): how many, the lists that a pattern has of columns and a column of
// patterns, how far apart those lie, and room for what the weights of the columns come to by pattern, and their gradient.
export const patterns: usize = 68;
export const columnsOfPatterns: usize = 72;
export const betweenPatterns: usize = 84;
export const patternsOfColumns: usize = 88;
export const betweenColumns: usize = 100;
export const patternWeights: usize = 104;
export const patternGradient: usize = 108;
export const firstLayer: usize = 112;
// Words of a layer: its width, where its weights and biases are among the parameters, its outputs and their blame.
export const layerBytes: usize = 20;
export const width: usize = 0;
export const weightsOf: usize = 4;
export const biasesOf: usize = 8;
export const outputsOf: usize = 12;
export const blameOf: usize = 16;

export function word(network: usize, at: usize): usize {
  return <usize>load<u32>(network + at);
}

/** The head of hidden layer l, from 0; after the last comes the output, of which only weights and bias count. */
export function layerAt(network: usize, l: i32): usize {
  return network + firstLayer + <usize>l * layerBytes;
}

/** Width of what goes into layer l. */
export function widthBefore(network: usize, l: i32): i32 {
  return l === 0 ? <i32>word(network, inputs) : <i32>word(layerAt(network, l - 1), width);
}

/** Outputs of the layer before layer l, from 1. */
export function outputsBefore(network: usize, l: i32): usize {
  return word(layerAt(network, l - 1), outputsOf);
}
