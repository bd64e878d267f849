/**
 * Whole epochs of a neural network: forwards, loss, backwards and Adam, batch by batch. The plain twin is
 * `models/mlp/train-step.ts`; here in single precision, four numbers at a time.
 *
 * A network lies in memory as the host's `kernels/network-memory.ts` has it: a head of words, then its numbers. Units
 * and inputs are padded with zeros to multiples of 8; what is padded stays 0, since its slope is 0.
 */
import { addProduct, expOfNegative, logOfOnePlus, total } from './lanes';
import { multiply, multiplyTransposed } from './matrix-product';

// Words of the head, as byte offsets.
const hiddenLayers: usize = 0;
const weightBytes: usize = 4;
const parameterBytes: usize = 8;
const parameters: usize = 12;
const gradient: usize = 16;
const firstMoments: usize = 20;
const secondMoments: usize = 24;
const batchLabels: usize = 28;
const batchWeights: usize = 32;
const batchLogOdds: usize = 36;
const transposed: usize = 40;
const inputs: usize = 44;
const firstLayer: usize = 48;
// Words of a layer: its width, where its weights and biases are among the parameters, its outputs and their blame.
const layerBytes: usize = 20;
const width: usize = 0;
const weightsOf: usize = 4;
const biasesOf: usize = 8;
const outputsOf: usize = 12;
const blameOf: usize = 16;

function word(network: usize, at: usize): usize {
  return <usize>load<u32>(network + at);
}

/** The head of hidden layer l, from 0; after the last comes the output, of which only weights and bias count. */
function layerAt(network: usize, l: i32): usize {
  return network + firstLayer + <usize>l * layerBytes;
}

/** Width of what goes into layer l. */
function widthBefore(network: usize, l: i32): i32 {
  return l === 0 ? <i32>word(network, inputs) : <i32>word(layerAt(network, l - 1), width);
}

function outputsBefore(network: usize, l: i32, batch: usize): usize {
  return l === 0 ? batch : word(layerAt(network, l - 1), outputsOf);
}

/** Log-odds of the rows that lie at `batch`; `rows` is a multiple of 4. */
function forward(network: usize, batch: usize, rows: i32): void {
  const layers = <i32>word(network, hiddenLayers);
  for (let l = 0; l < layers; l++) {
    const layer = layerAt(network, l);
    const units = <i32>word(layer, width);
    const outputs = word(layer, outputsOf);
    multiply(
      rows,
      widthBefore(network, l),
      units,
      outputsBefore(network, l, batch),
      word(layer, weightsOf),
      outputs,
    );
    rectify(outputs, word(layer, biasesOf), rows, units);
  }
  addUp(network, batch, rows);
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

/** The one unit at the end: a weighted sum of the last layer. */
function addUp(network: usize, batch: usize, rows: i32): void {
  const layers = <i32>word(network, hiddenLayers);
  const layer = layerAt(network, layers);
  const weights = word(layer, weightsOf);
  const bias = load<f32>(word(layer, biasesOf));
  const row = (<usize>widthBefore(network, layers)) << 2;
  let at = outputsBefore(network, layers, batch);
  const logOdds = word(network, batchLogOdds);
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < row; j += 16) sum = addProduct(sum, v128.load(at + j), v128.load(weights + j));
    store<f32>(logOdds + i, total(sum) + bias);
    at += row;
  }
}

/** The blame of the log-odds takes the place of the log-odds; gives the weighted log loss of the rows. */
function lossAndBlame(network: usize, rows: i32): f32 {
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

/** Fills the gradient from the blame of the log-odds. */
function backward(network: usize, batch: usize, rows: i32): void {
  const layers = <i32>word(network, hiddenLayers);
  const toGradient = word(network, gradient) - word(network, parameters);
  blameLastLayer(network, batch, rows, toGradient);
  for (let l = layers - 1; l >= 0; l--) {
    const layer = layerAt(network, l);
    const units = <i32>word(layer, width);
    const before = widthBefore(network, l);
    const blame = word(layer, blameOf);
    const weights = word(layer, weightsOf);
    multiplyTransposed(rows, before, units, outputsBefore(network, l, batch), blame, weights + toGradient);
    addRows(blame, word(layer, biasesOf) + toGradient, rows, units);
    if (l > 0) {
      const below = layerAt(network, l - 1);
      transpose(weights, word(network, transposed), before, units);
      multiply(rows, units, before, blame, word(network, transposed), word(below, blameOf));
      silence(word(below, blameOf), word(below, outputsOf), rows, before);
    }
  }
}

/** Of the one unit at the end: its gradient, and the blame of the active units before it. */
function blameLastLayer(network: usize, batch: usize, rows: i32, toGradient: usize): void {
  const layers = <i32>word(network, hiddenLayers);
  const layer = layerAt(network, layers);
  const weights = word(layer, weightsOf);
  const blame = word(network, batchLogOdds);
  const row = (<usize>widthBefore(network, layers)) << 2;
  const outputs = outputsBefore(network, layers, batch);
  const below = word(layerAt(network, layers - 1), blameOf);
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < row; j += 16) {
    const weight = v128.load(weights + j);
    let sum = zero;
    let at = outputs + j;
    let to = below + j;
    for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) {
      const own = v128.load32_splat(blame + i);
      const output = v128.load(at);
      sum = addProduct(sum, own, output);
      v128.store(to, v128.and(f32x4.mul(own, weight), f32x4.gt(output, zero)));
      at += row;
      to += row;
    }
    v128.store(weights + toGradient + j, sum);
  }
  let sum: f32 = 0;
  for (let i: usize = 0; i < (<usize>rows) << 2; i += 4) sum += load<f32>(blame + i);
  store<f32>(word(layer, biasesOf) + toGradient, sum);
}

/** to = the sum of the rows. */
function addRows(from: usize, to: usize, rows: i32, units: i32): void {
  const row = (<usize>units) << 2;
  const end = from + <usize>rows * row;
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f32x4.splat(0);
    for (let at = from + j; at < end; at += row) sum = f32x4.add(sum, v128.load(at));
    v128.store(to + j, sum);
  }
}

/** Units that were at rest have no blame. */
function silence(blame: usize, outputs: usize, rows: i32, units: i32): void {
  const zero = f32x4.splat(0);
  const bytes = (<usize>rows * <usize>units) << 2;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(blame + j, v128.and(v128.load(blame + j), f32x4.gt(v128.load(outputs + j), zero)));
}

function transpose(from: usize, to: usize, rows: i32, columns: i32): void {
  const toRow = (<usize>rows) << 2;
  for (let r: usize = 0; r < <usize>rows; r++) {
    let at = to + (r << 2);
    for (let c = 0; c < columns; c++) {
      store<f32>(at, load<f32>(from));
      from += 4;
      at += toRow;
    }
  }
}

/**
 * One step of Adam against the gradient of a batch whose rows weigh `totalWeight`: gradients are divided by it, weights
 * (not biases) are pulled by alpha / totalWeight. Gives the sum of the squared weights before the step.
 */
function adam(
  network: usize,
  totalWeight: f32,
  alpha: f32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): f32 {
  const own = word(network, parameters);
  const slopes = word(network, gradient);
  const firsts = word(network, firstMoments);
  const seconds = word(network, secondMoments);
  const pulled = word(network, weightBytes);
  const bytes = word(network, parameterBytes);
  const share = f32x4.splat(1 / totalWeight);
  const pull = f32x4.splat(alpha / totalWeight);
  const step = f32x4.splat(rate);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const little = f32x4.splat(epsilon);
  let squares = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weight = v128.load(own + at);
    let slope = f32x4.mul(v128.load(slopes + at), share);
    if (at < pulled) {
      slope = addProduct(slope, weight, pull);
      squares = addProduct(squares, weight, weight);
    }
    const first = addProduct(f32x4.mul(c1, slope), b1, v128.load(firsts + at));
    const second = addProduct(f32x4.mul(c2, f32x4.mul(slope, slope)), b2, v128.load(seconds + at));
    v128.store(firsts + at, first);
    v128.store(seconds + at, second);
    const move = f32x4.div(f32x4.mul(step, first), f32x4.add(f32x4.sqrt(second), little));
    v128.store(own + at, f32x4.sub(weight, move));
  }
  return total(squares);
}

/** Copies chosen rows together, their labels and weights beside them; rows up to a multiple of 4 are 0 and weigh 0. */
function gather(
  network: usize,
  x: usize,
  labels: usize,
  weights: usize,
  order: usize,
  rows: i32,
  batch: usize,
): void {
  const row = word(network, inputs) << 2;
  const toLabels = word(network, batchLabels);
  const toWeights = word(network, batchWeights);
  for (let i = 0; i < rows; i++) {
    const from = <usize>load<u32>(order + ((<usize>i) << 2));
    memory.copy(batch + <usize>i * row, x + from * row, row);
    store<f32>(toLabels + ((<usize>i) << 2), load<f32>(labels + (from << 2)));
    store<f32>(toWeights + ((<usize>i) << 2), load<f32>(weights + (from << 2)));
  }
  const padded = (rows + 3) & ~3;
  for (let i = rows; i < padded; i++) {
    memory.fill(batch + <usize>i * row, 0, row);
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
  batch: usize,
  x: usize,
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
    gather(network, x, labels, weights, order + ((<usize>from) << 2), own, batch);
    forward(network, batch, padded);
    const ownLoss = <f64>lossAndBlame(network, padded);
    backward(network, batch, padded);
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
  batch: usize,
  x: usize,
  labels: usize,
  weights: usize,
  order: usize,
  rows: i32,
  batchSize: i32,
): f64 {
  let right: f64 = 0;
  for (let from = 0; from < rows; from += batchSize) {
    const own = min(batchSize, rows - from);
    gather(network, x, labels, weights, order + ((<usize>from) << 2), own, batch);
    forward(network, batch, (own + 3) & ~3);
    for (let i: usize = 0; i < (<usize>own) << 2; i += 4) {
      const says = load<f32>(word(network, batchLogOdds) + i) > 0;
      if (says === load<f32>(word(network, batchLabels) + i) > 0.5)
        right += <f64>load<f32>(word(network, batchWeights) + i);
    }
  }
  return right;
}
