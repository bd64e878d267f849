/** The one unit at the end of a network: its log-odds, the loss, and the blame it hands down. */
import { addProduct, expOfNegative, logOfOnePlus, total } from './lanes';
import {
  batchLabels,
  batchLogOdds,
  batchWeights,
  biasesOf,
  blameOf,
  hiddenLayers,
  layerAt,
  outputsBefore,
  weightsOf,
  widthBefore,
  word,
} from './mlp-head';

/** The one unit at the end: a weighted sum of the last layer. */
export function addUp(network: usize, rows: i32): void {
  const layers = <i32>word(network, hiddenLayers);
  const layer = layerAt(network, layers);
  const weights = word(layer, weightsOf);
  const bias = load<f32>(word(layer, biasesOf));
  const row = (<usize>widthBefore(network, layers)) << 2;
  let at = outputsBefore(network, layers);
  const logOdds = word(network, batchLogOdds);
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < row; j += 16) sum = addProduct(sum, v128.load(at + j), v128.load(weights + j));
    store<f32>(logOdds + i, total(sum) + bias);
    at += row;
  }
}

/** The blame of the log-odds takes the place of the log-odds; gives the weighted log loss of the rows. */
export function lossAndBlame(network: usize, rows: i32): f32 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const labels = word(network, batchLabels);
  const weights = word(network, batchWeights);
  const logOdds = word(network, batchLogOdds);
  let loss = zero;
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 16) {
    const z = v128.load(logOdds + i);
    const label = v128.load(labels + i);
    const weight = v128.load(weights + i);
    const e = expOfNegative(f32x4.neg(f32x4.abs(z)));
    const r = f32x4.div(one, f32x4.add(one, e));
    const p = v128.bitselect(r, f32x4.mul(e, r), f32x4.ge(z, zero));
    const own = f32x4.add(f32x4.sub(f32x4.max(z, zero), f32x4.mul(z, label)), logOfOnePlus(e));
    loss = addProduct(loss, own, weight);
    v128.store(logOdds + i, f32x4.mul(weight, f32x4.sub(p, label)));
  }
  return total(loss);
}

/**
 * Of the one unit at the end: its gradient, and the blame of the active units before it. Sixteen units at a time, which is a line
 * of the cache: rows lie so far apart that it holds few of them.
 */
export function blameLastLayer(network: usize, rows: i32, toGradient: usize): void {
  const layers = <i32>word(network, hiddenLayers);
  const layer = layerAt(network, layers);
  const weights = word(layer, weightsOf);
  const blame = word(network, batchLogOdds);
  const row = (<usize>widthBefore(network, layers)) << 2;
  const outputs = outputsBefore(network, layers);
  const toBelow = word(layerAt(network, layers - 1), blameOf) - outputs;
  for (let j: usize = 0; j + 64 <= row; j += 64)
    blameSixteen(blame, rows, weights + j, outputs + j, row, toBelow, toGradient);
  if (row & 32) blameEight(blame, rows, weights + row - 32, outputs + row - 32, row, toBelow, toGradient);
  let sum: f32 = 0;
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) sum += load<f32>(blame + i);
  store<f32>(word(layer, biasesOf) + toGradient, sum);
}

function blameSixteen(
  blame: usize,
  rows: i32,
  weights: usize,
  at: usize,
  row: usize,
  toBelow: usize,
  toGradient: usize,
): void {
  const zero = f32x4.splat(0);
  const w0 = v128.load(weights);
  const w1 = v128.load(weights, 16);
  const w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  for (const end = blame + ((<usize>rows) << 2); blame < end; blame += 4, at += row) {
    const own = v128.load32_splat(blame);
    const o0 = v128.load(at);
    const o1 = v128.load(at, 16);
    const o2 = v128.load(at, 32);
    const o3 = v128.load(at, 48);
    s0 = addProduct(s0, own, o0);
    s1 = addProduct(s1, own, o1);
    s2 = addProduct(s2, own, o2);
    s3 = addProduct(s3, own, o3);
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w0), f32x4.gt(o0, zero)));
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w1), f32x4.gt(o1, zero)), 16);
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w2), f32x4.gt(o2, zero)), 32);
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w3), f32x4.gt(o3, zero)), 48);
  }
  v128.store(weights + toGradient, s0);
  v128.store(weights + toGradient, s1, 16);
  v128.store(weights + toGradient, s2, 32);
  v128.store(weights + toGradient, s3, 48);
}

function blameEight(
  blame: usize,
  rows: i32,
  weights: usize,
  at: usize,
  row: usize,
  toBelow: usize,
  toGradient: usize,
): void {
  const zero = f32x4.splat(0);
  const w0 = v128.load(weights);
  const w1 = v128.load(weights, 16);
  let s0 = zero;
  let s1 = zero;
  for (const end = blame + ((<usize>rows) << 2); blame < end; blame += 4, at += row) {
    const own = v128.load32_splat(blame);
    const o0 = v128.load(at);
    const o1 = v128.load(at, 16);
    s0 = addProduct(s0, own, o0);
    s1 = addProduct(s1, own, o1);
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w0), f32x4.gt(o0, zero)));
    v128.store(at + toBelow, v128.and(f32x4.mul(own, w1), f32x4.gt(o1, zero)), 16);
  }
  v128.store(weights + toGradient, s0);
  v128.store(weights + toGradient, s1, 16);
}
