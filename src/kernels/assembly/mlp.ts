/**
 * Whole epochs of a neural network: forwards, loss, backwards and Adam, batch by batch. The plain twin is
 * `kernels/mlp/train-step.ts`; here in single precision, four numbers at a time.
 *
 * A network lies in memory as the host's `kernels/mlp/network-memory.ts` has it: a head of words, then its numbers. Units
 * and inputs are padded with zeros to multiples of 8; what is padded stays 0, since its slope is 0.
 */
import { sumLists } from './matrix-product';
import { adam } from './mlp-adam';
import { addUp, blameLastLayer, lossAndBlame } from './mlp-end';
import {
  batchLabels,
  batchLogOdds,
  batchWeights,
  biasesOf,
  blameOf,
  gradient,
  hiddenLayers,
  layerAt,
  lists,
  outputsBefore,
  outputsOf,
  parameters,
  transposed,
  weightsOf,
  width,
  widthBefore,
  word,
} from './mlp-head';
import { gradientOfTable, timesTable } from './mlp-table';
import { listColumns, listRows, transpose } from './nonzero-lists';

/** Log-odds of chosen rows. */
function forward(network: usize, table: usize, order: usize, own: i32): void {
  const layers = <i32>word(network, hiddenLayers);
  const rows = (own + 3) & ~3;
  for (let l = 0; l < layers; l++) {
    const layer = layerAt(network, l);
    const units = <i32>word(layer, width);
    const outputs = word(layer, outputsOf);
    const weights = word(layer, weightsOf);
    if (l === 0) timesTable(network, table, order, own, weights, units, outputs);
    else {
      const step = (<usize>units) << 2;
      const stride = listRows(
        network + lists,
        outputsBefore(network, l),
        rows,
        widthBefore(network, l),
        step,
      );
      sumLists(network + lists, rows, stride, weights, step, outputs);
    }
    rectify(outputs, word(layer, biasesOf), rows, units);
  }
  addUp(network, rows);
}

/** Adds the biases; what is below 0 becomes 0. */
function rectify(outputs: usize, biases: usize, rows: i32, units: i32): void {
  const row = (<usize>units) << 2;
  const end = outputs + <usize>rows * row;
  const zero = f32x4.splat(0);
  for (let at = outputs; at < end; at += row) {
    for (let j: usize = 0; j < row; j += 16)
      v128.store(at + j, f32x4.max(f32x4.add(v128.load(at + j), v128.load(biases + j)), zero));
  }
}

/** Fills the gradient from the blame of the log-odds. */
function backward(network: usize, table: usize, order: usize, own: i32): void {
  const rows = (own + 3) & ~3;
  const layers = <i32>word(network, hiddenLayers);
  const toGradient = word(network, gradient) - word(network, parameters);
  blameLastLayer(network, rows, toGradient);
  for (let l = layers - 1; l >= 0; l--) {
    const layer = layerAt(network, l);
    const units = <i32>word(layer, width);
    const before = widthBefore(network, l);
    const blame = word(layer, blameOf);
    const weights = word(layer, weightsOf);
    if (l === 0) gradientOfTable(network, table, order, own, blame, units, weights + toGradient);
    else {
      const step = (<usize>units) << 2;
      const stride = listColumns(network + lists, outputsBefore(network, l), rows, before, step);
      sumLists(network + lists, before, stride, blame, step, weights + toGradient);
    }
    addRows(blame, word(layer, biasesOf) + toGradient, rows, units);
    if (l > 0) {
      const below = layerAt(network, l - 1);
      transpose(weights, before, units, word(network, transposed));
      const toBelow = (<usize>before) << 2;
      const ofBlame = listRows(network + lists, blame, rows, units, toBelow);
      sumLists(network + lists, rows, ofBlame, word(network, transposed), toBelow, word(below, blameOf));
      silence(word(below, blameOf), word(below, outputsOf), rows, before);
    }
  }
}

/** to = the sum of the rows, a line of the cache at a time. */
function addRows(from: usize, to: usize, rows: i32, units: i32): void {
  const row = (<usize>units) << 2;
  for (let j: usize = 0; j < row; j += 64) {
    const isWhole = j + 64 <= row;
    const end = from + j + <usize>rows * row;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at = from + j; at < end; at += row) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      if (!isWhole) continue;
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    v128.store(to + j, s0);
    v128.store(to + j, s1, 16);
    if (!isWhole) continue;
    v128.store(to + j, s2, 32);
    v128.store(to + j, s3, 48);
  }
}

/** Units that were at rest have no blame. */
function silence(blame: usize, outputs: usize, rows: i32, units: i32): void {
  const zero = f32x4.splat(0);
  const bytes = (<usize>rows * <usize>units) << 2;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(blame + j, v128.and(v128.load(blame + j), f32x4.gt(v128.load(outputs + j), zero)));
}

/** Labels and weights of chosen rows; rows up to a multiple of 4 weigh 0. */
function gather(network: usize, labels: usize, weights: usize, order: usize, rows: i32): void {
  const toLabels = word(network, batchLabels);
  const toWeights = word(network, batchWeights);
  for (let i = 0; i < rows; i++) {
    const from = (<usize>load<u32>(order + ((<usize>i) << 2))) << 2;
    store<f32>(toLabels + ((<usize>i) << 2), load<f32>(labels + from));
    store<f32>(toWeights + ((<usize>i) << 2), load<f32>(weights + from));
  }
  const padded = (rows + 3) & ~3;
  for (let i = rows; i < padded; i++) {
    store<f32>(toLabels + ((<usize>i) << 2), 0);
    store<f32>(toWeights + ((<usize>i) << 2), 0);
  }
}

function totalWeightOf(network: usize, rows: i32): f32 {
  const weights = word(network, batchWeights);
  let sum: f32 = 0;
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) sum += load<f32>(weights + i);
  return sum;
}

/**
 * Every row of `order` once, in batches; gives the mean loss (weighted log loss + alpha / 2 |weights|^2, by batch).
 * `power1`, `power2`: beta1 and beta2 to the power of the steps made before.
 */
export function mlpEpoch(
  network: usize,
  table: usize,
  labels: usize,
  weights: usize,
  order: usize,
  rows: i32,
  batchSize: i32,
  alpha: f64,
  learningRate: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  power1: f64,
  power2: f64,
): f64 {
  let loss: f64 = 0;
  for (let from = 0; from < rows; from += batchSize) {
    const own = min(batchSize, rows - from);
    const padded = (own + 3) & ~3;
    const chosen = order + ((<usize>from) << 2);
    gather(network, labels, weights, chosen, own);
    forward(network, table, chosen, own);
    const ownLoss = <f64>lossAndBlame(network, padded);
    backward(network, table, chosen, own);
    power1 *= beta1;
    power2 *= beta2;
    const totalWeight = totalWeightOf(network, own);
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    const squares = <f64>(
      adam(network, totalWeight, <f32>alpha, <f32>rate, <f32>beta1, <f32>beta2, <f32>epsilon)
    );
    loss += ((ownLoss + 0.5 * alpha * squares) / <f64>totalWeight) * (<f64>own / <f64>rows);
  }
  return loss;
}

/** The weight of the rows of `order` that lie on the right side of one half. */
export function mlpWeightRight(
  network: usize,
  table: usize,
  labels: usize,
  weights: usize,
  order: usize,
  rows: i32,
  batchSize: i32,
): f64 {
  let right: f64 = 0;
  for (let from = 0; from < rows; from += batchSize) {
    const own = min(batchSize, rows - from);
    const chosen = order + ((<usize>from) << 2);
    gather(network, labels, weights, chosen, own);
    forward(network, table, chosen, own);
    for (let i: usize = 0; i < (<usize>own) << 2; i += 4) {
      const says = load<f32>(word(network, batchLogOdds) + i) > 0;
      if (says === load<f32>(word(network, batchLabels) + i) > 0.5)
        right += <f64>load<f32>(word(network, batchWeights) + i);
    }
  }
  return right;
}
