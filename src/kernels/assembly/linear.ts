/**
 * The sums of a logistic regression over its rows: log-odds, losses, the gradient. Double precision. Twin:
 * `kernels/linear/plain-sums.ts`.
 */
import {
  bankCount,
  blockCount,
  blockRows,
  codes,
  columnBytes,
  curvatures,
  dense,
  denseGradient,
  groupCount,
  largest,
  patternBytes,
  patternGradient,
  rowNumbers,
  signs,
  slopes,
  tables,
  weights,
  width,
} from './linear-head';
import { addPair, expOfNegativePair, logOfOnePlusPair, totalOfPair } from './pairs';

/** Sum of the numbers in the place of the curvatures times the square of dense column `column` less `centre`. */
export function linearMoment(head: usize, column: i32, centre: f64): f64 {
  const blocks = load<usize>(head, blockCount);
  const step = load<usize>(head, width) * columnBytes;
  let at = load<usize>(head, dense) + <usize>column * columnBytes;
  let weight = load<usize>(head, curvatures);
  let sum = f64x2.splat(0);
  for (let block: usize = 0; block < blocks; block++, at += step, weight += columnBytes) {
    for (let row: usize = 0; row < columnBytes; row += 16) {
      const w = v128.load(weight + row);
      const distance = f64x2.sub(v128.load(at + row), f64x2.splat(centre));
      sum = addPair(sum, f64x2.mul(w, distance), distance);
    }
  }
  return totalOfPair(sum);
}

/** Sums of a number a row (at `numbers`, e.g. the weights) by pattern, in the place of the gradient. */
export function linearCount(head: usize, numbers: usize): void {
  clearGradient(head);
  const blocks = load<usize>(head, blockCount);
  for (let block: usize = 0; block < blocks; block++, numbers += columnBytes) spread(head, block, numbers);
  joinBanks(head);
}

/** Losses of every `every`-th block; leaves gradient, curvatures and the largest log-odds behind. */
export function linearSlope(head: usize, every: i32): f64 {
  clearGradient(head);
  store<f64>(head, 0, largest);
  const blocks = load<usize>(head, blockCount);
  const numbers = load<usize>(head, rowNumbers);
  let loss: f64 = 0;
  for (let block: usize = 0; block < blocks; block += <usize>every) {
    logOdds(head, block, numbers);
    loss += losses(head, block, numbers);
    spread(head, block, numbers);
  }
  joinBanks(head);
  return loss;
}

/** The gradient's place gets X' C X v, for the v in the place of the coefficients and the curvatures left behind. */
export function linearTimes(head: usize): void {
  clearGradient(head);
  const blocks = load<usize>(head, blockCount);
  const numbers = load<usize>(head, rowNumbers);
  for (let block: usize = 0; block < blocks; block++) {
    logOdds(head, block, numbers);
    const bend = load<usize>(head, curvatures) + block * columnBytes;
    for (let row: usize = 0; row < columnBytes; row += 16)
      v128.store(numbers + row, f64x2.mul(v128.load(numbers + row), v128.load(bend + row)));
    spread(head, block, numbers);
  }
  joinBanks(head);
}

/** Sum of the curvatures times the square of each dense column, in the place of their gradient. */
export function linearSquares(head: usize): void {
  clearGradient(head);
  const blocks = load<usize>(head, blockCount);
  const columns = load<usize>(head, width);
  for (let block: usize = 0; block < blocks; block++) {
    const bend = load<usize>(head, curvatures) + block * columnBytes;
    let at = load<usize>(head, dense) + block * columns * columnBytes;
    let to = load<usize>(head, denseGradient);
    for (let c: usize = 0; c < columns; c++, at += columnBytes, to += 8) {
      let sum = f64x2.splat(0);
      for (let row: usize = 0; row < columnBytes; row += 16) {
        const value = v128.load(at + row);
        sum = addPair(sum, f64x2.mul(value, v128.load(bend + row)), value);
      }
      store<f64>(to, load<f64>(to) + totalOfPair(sum));
    }
  }
}

function clearGradient(head: usize): void {
  memory.fill(load<usize>(head, denseGradient), 0, load<usize>(head, width) << 3);
  memory.fill(
    load<usize>(head, patternGradient),
    0,
    load<usize>(head, groupCount) * bankCount * patternBytes,
  );
}

/** Coefficients times the rows of a block. */
function logOdds(head: usize, block: usize, to: usize): void {
  const columns = load<usize>(head, width);
  const slope = load<usize>(head, slopes);
  const from = load<usize>(head, dense) + block * columns * columnBytes;
  for (let row: usize = 0; row < columnBytes; row += 64) {
    let at = from + row;
    let z0 = f64x2.splat(0);
    let z1 = z0;
    let z2 = z0;
    let z3 = z0;
    for (let c: usize = 0; c < columns; c++, at += columnBytes) {
      const factor = v128.load64_splat(slope + (c << 3));
      z0 = addPair(z0, factor, v128.load(at));
      z1 = addPair(z1, factor, v128.load(at, 16));
      z2 = addPair(z2, factor, v128.load(at, 32));
      z3 = addPair(z3, factor, v128.load(at, 48));
    }
    v128.store(to + row, z0);
    v128.store(to + row, z1, 16);
    v128.store(to + row, z2, 32);
    v128.store(to + row, z3, 48);
  }
  const groups = load<usize>(head, groupCount);
  const rows = load<usize>(head, blockCount) * blockRows;
  let code = load<usize>(head, codes) + block * blockRows;
  let table = load<usize>(head, tables);
  for (let group: usize = 0; group < groups; group++, code += rows, table += patternBytes) {
    for (let row: usize = 0; row < blockRows; row += 4) {
      const four = load<usize>(code + row);
      const z = to + (row << 3);
      store<f64>(z, load<f64>(z) + load<f64>(table + ((four & 255) << 3)));
      store<f64>(z, load<f64>(z, 8) + load<f64>(table + (((four >> 8) & 255) << 3)), 8);
      store<f64>(z, load<f64>(z, 16) + load<f64>(table + (((four >> 16) & 255) << 3)), 16);
      store<f64>(z, load<f64>(z, 24) + load<f64>(table + ((four >> 24) << 3)), 24);
    }
  }
}

/**
 * Turns log-odds into slopes; returns the losses. With t the log-odds of the wrong outcome the loss is ln(1 + e^t), its
 * slope sigmoid(t), which lose no digits when the row is told right for certain.
 */
function losses(head: usize, block: usize, numbers: usize): f64 {
  const one = f64x2.splat(1);
  const sign = load<usize>(head, signs) + block * columnBytes;
  const weight = load<usize>(head, weights) + block * columnBytes;
  const bend = load<usize>(head, curvatures) + block * columnBytes;
  let sum = f64x2.splat(0);
  let most = v128.load64_splat(head, largest);
  for (let row: usize = 0; row < columnBytes; row += 16) {
    const direction = v128.load(sign + row);
    const w = v128.load(weight + row);
    const wrong = f64x2.mul(direction, v128.load(numbers + row));
    const size = f64x2.abs(wrong);
    // Rows that only fill a block weigh nothing.
    most = f64x2.max(most, v128.and(size, f64x2.gt(w, f64x2.splat(0))));
    const e = expOfNegativePair(f64x2.neg(size));
    const sure = f64x2.div(one, f64x2.add(one, e));
    const other = f64x2.mul(e, sure);
    const slope = v128.bitselect(sure, other, f64x2.ge(wrong, f64x2.splat(0)));
    const loss = f64x2.add(f64x2.max(wrong, f64x2.splat(0)), logOfOnePlusPair(e));
    sum = f64x2.add(sum, f64x2.mul(w, loss));
    v128.store(numbers + row, f64x2.mul(f64x2.mul(direction, w), slope));
    v128.store(bend + row, f64x2.mul(w, f64x2.mul(sure, other)));
  }
  store<f64>(head, Math.max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), largest);
  return totalOfPair(sum);
}

/** Adds a number a row to the patterns of the row, and times the dense columns to those. */
function spread(head: usize, block: usize, numbers: usize): void {
  const columns = load<usize>(head, width);
  let at = load<usize>(head, dense) + block * columns * columnBytes;
  let to = load<usize>(head, denseGradient);
  for (let c: usize = 0; c < columns; c += 4, at += 4 * columnBytes, to += 32) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let row: usize = 0; row < columnBytes; row += 16) {
      const number = v128.load(numbers + row);
      const value = at + row;
      s0 = addPair(s0, number, v128.load(value));
      s1 = addPair(s1, number, v128.load(value + columnBytes));
      s2 = addPair(s2, number, v128.load(value + 2 * columnBytes));
      s3 = addPair(s3, number, v128.load(value + 3 * columnBytes));
    }
    store<f64>(to, load<f64>(to) + totalOfPair(s0));
    store<f64>(to, load<f64>(to, 8) + totalOfPair(s1), 8);
    store<f64>(to, load<f64>(to, 16) + totalOfPair(s2), 16);
    store<f64>(to, load<f64>(to, 24) + totalOfPair(s3), 24);
  }
  const groups = load<usize>(head, groupCount);
  const rows = load<usize>(head, blockCount) * blockRows;
  let code = load<usize>(head, codes) + block * blockRows;
  let bins = load<usize>(head, patternGradient);
  for (let group: usize = 0; group < groups; group++, code += rows, bins += bankCount * patternBytes) {
    for (let row: usize = 0; row < blockRows; row += 4) {
      const four = load<usize>(code + row);
      const from = numbers + (row << 3);
      addTo(bins, four & 255, load<f64>(from));
      addTo(bins + patternBytes, (four >> 8) & 255, load<f64>(from, 8));
      addTo(bins + 2 * patternBytes, (four >> 16) & 255, load<f64>(from, 16));
      addTo(bins + 3 * patternBytes, four >> 24, load<f64>(from, 24));
    }
  }
}

function addTo(bins: usize, pattern: usize, number: f64): void {
  const bin = bins + (pattern << 3);
  store<f64>(bin, load<f64>(bin) + number);
}

/** Adds the sums of all four banks to the first. */
function joinBanks(head: usize): void {
  const groups = load<usize>(head, groupCount);
  let bins = load<usize>(head, patternGradient);
  for (let group: usize = 0; group < groups; group++, bins += bankCount * patternBytes) {
    for (let bin: usize = bins; bin < bins + patternBytes; bin += 16) {
      const first = f64x2.add(v128.load(bin), v128.load(bin + patternBytes));
      const second = f64x2.add(v128.load(bin + 2 * patternBytes), v128.load(bin + 3 * patternBytes));
      v128.store(bin, f64x2.add(first, second));
    }
  }
}
