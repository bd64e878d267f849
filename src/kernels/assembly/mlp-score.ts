/**
 * Scores rows with a neural network, in double precision. The plain twin is `kernels/mlp/dense.ts`: each unit's sum runs over
 * its inputs in ascending order, inputs of 0 passed over, so that every build gives the twin's bits.
 *
 * An image is as the host's `kernels/mlp/score-image.ts` has it: words, then for each layer its biases and its weights,
 * row-major, units padded to a multiple of 8.
 */

// Words of the image, as byte offsets; then those of each layer. Places count from the start of the image.
const layerCount: usize = 0;
const columnCount: usize = 4;
const firstLayer: usize = 8;
const layerBytes: usize = 12;
const widthOf: usize = 0;
const biasesOf: usize = 4;
const weightsOf: usize = 8;

/**
 * Log-odds of rows that lie at `rows`. `work` has place for three numbers of each column and each unit of the widest layer:
 * outputs of a layer, inputs that are not 0, and where their weights begin.
 */
export function mlpScore(
  image: usize,
  rows: usize,
  rowCount: i32,
  room: usize,
  work: usize,
  to: usize,
): void {
  const layers = load<usize>(image, layerCount);
  const columns = load<usize>(image, columnCount);
  const last = image + firstLayer + (layers - 1) * layerBytes;
  const values = work + room;
  const places = values + room;
  for (let end = to + ((<usize>rowCount) << 3); to < end; to += 8, rows += columns << 3) {
    let inputs = rows;
    let count = columns;
    for (let layer = image + firstLayer; layer < last; layer += layerBytes) {
      const units = load<usize>(layer, widthOf);
      const row = ((units + 7) & ~7) << 3;
      const known = pickInputs(inputs, count, row, values, places);
      const biases = image + load<usize>(layer, biasesOf);
      const weights = image + load<usize>(layer, weightsOf);
      let at: usize = 0;
      for (; at + 128 <= row; at += 128) sixteen(biases + at, weights + at, known, values, places, work + at);
      if (at < row) eight(biases + at, weights + at, known, values, places, work + at);
      inputs = work;
      count = units;
    }
    const known = pickInputs(inputs, count, 8, values, places);
    const weights = image + load<usize>(last, weightsOf);
    let sum = load<f64>(image + load<usize>(last, biasesOf));
    for (let i: usize = 0; i < known; i++)
      sum += load<f64>(values + (i << 3)) * load<f64>(weights + load<usize>(places + (i << 2)));
    store<f64>(to, sum);
  }
}

/** Lists the inputs that are not 0 and where their weights begin, without a branch that nobody could foretell. */
function pickInputs(inputs: usize, count: usize, row: usize, values: usize, places: usize): usize {
  let known: usize = 0;
  for (let i: usize = 0, place: usize = 0; i < count; i++, place += row) {
    const value = load<f64>(inputs + (i << 3));
    store<f64>(values + (known << 3), value);
    store<u32>(places + (known << 2), <u32>place);
    known += value !== 0 ? 1 : 0;
  }
  return known;
}

/** What is not above 0 becomes 0. */
function rectified(sum: v128): v128 {
  return v128.and(sum, f64x2.gt(sum, f64x2.splat(0)));
}

/** Outputs of sixteen units side by side. */
function sixteen(biases: usize, weights: usize, known: usize, values: usize, places: usize, to: usize): void {
  let s0 = v128.load(biases);
  let s1 = v128.load(biases, 16);
  let s2 = v128.load(biases, 32);
  let s3 = v128.load(biases, 48);
  let s4 = v128.load(biases, 64);
  let s5 = v128.load(biases, 80);
  let s6 = v128.load(biases, 96);
  let s7 = v128.load(biases, 112);
  for (let i: usize = 0; i < known; i++) {
    const value = v128.load64_splat(values + (i << 3));
    const at = weights + load<usize>(places + (i << 2));
    s0 = f64x2.add(s0, f64x2.mul(value, v128.load(at)));
    s1 = f64x2.add(s1, f64x2.mul(value, v128.load(at, 16)));
    s2 = f64x2.add(s2, f64x2.mul(value, v128.load(at, 32)));
    s3 = f64x2.add(s3, f64x2.mul(value, v128.load(at, 48)));
    s4 = f64x2.add(s4, f64x2.mul(value, v128.load(at, 64)));
    s5 = f64x2.add(s5, f64x2.mul(value, v128.load(at, 80)));
    s6 = f64x2.add(s6, f64x2.mul(value, v128.load(at, 96)));
    s7 = f64x2.add(s7, f64x2.mul(value, v128.load(at, 112)));
  }
  v128.store(to, rectified(s0));
  v128.store(to, rectified(s1), 16);
  v128.store(to, rectified(s2), 32);
  v128.store(to, rectified(s3), 48);
  v128.store(to, rectified(s4), 64);
  v128.store(to, rectified(s5), 80);
  v128.store(to, rectified(s6), 96);
  v128.store(to, rectified(s7), 112);
}

/** Outputs of the eight units that may be left. */
function eight(biases: usize, weights: usize, known: usize, values: usize, places: usize, to: usize): void {
  let s0 = v128.load(biases);
  let s1 = v128.load(biases, 16);
  let s2 = v128.load(biases, 32);
  let s3 = v128.load(biases, 48);
  for (let i: usize = 0; i < known; i++) {
    const value = v128.load64_splat(values + (i << 3));
    const at = weights + load<usize>(places + (i << 2));
    s0 = f64x2.add(s0, f64x2.mul(value, v128.load(at)));
    s1 = f64x2.add(s1, f64x2.mul(value, v128.load(at, 16)));
    s2 = f64x2.add(s2, f64x2.mul(value, v128.load(at, 32)));
    s3 = f64x2.add(s3, f64x2.mul(value, v128.load(at, 48)));
  }
  v128.store(to, rectified(s0));
  v128.store(to, rectified(s1), 16);
  v128.store(to, rectified(s2), 32);
  v128.store(to, rectified(s3), 48);
}
