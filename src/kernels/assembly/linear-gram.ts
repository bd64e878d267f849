/**
 * The second derivatives of a logistic regression, in three parts: dense by dense columns in tiles, patterns by dense
 * columns and patterns by patterns as counts. Double precision: single would halve the tiles' time, but leave repeated
 * columns to its rounding.
 */
import {
  blockCount,
  blockRows,
  codes,
  columnBytes,
  curvatures,
  dense,
  denseGram,
  groupCount,
  mixedGram,
  pairGram,
  patternCounts,
  weighted,
  weightedRows,
  width,
} from './linear-head';
import { addPair, totalOfPair } from './pairs';

/** X' C X of every `every`-th block with the curvatures left behind, in its three parts; sums stood in their places before. */
export function linearGram(head: usize, every: i32): void {
  const blocks = load<usize>(head, blockCount);
  for (let block: usize = 0; block < blocks; block += <usize>every) {
    weigh(head, block);
    addDense(head, block);
    addMixed(head, block);
    addPatterns(head, block);
  }
}

/** The dense columns of a block times the curvatures: by column, and by row for the sums by pattern. */
function weigh(head: usize, block: usize): void {
  const columns = load<usize>(head, width);
  const bend = load<usize>(head, curvatures) + block * columnBytes;
  const from = load<usize>(head, dense) + block * columns * columnBytes;
  const to = load<usize>(head, weighted);
  const rowTo = load<usize>(head, weightedRows);
  const rowBytes = columns << 3;
  for (let c: usize = 0; c < columns; c += 2) {
    const at = c * columnBytes;
    let pair = rowTo + (c << 3);
    for (let row: usize = 0; row < columnBytes; row += 16, pair += 2 * rowBytes) {
      const factor = v128.load(bend + row);
      const first = f64x2.mul(factor, v128.load(from + at + row));
      const second = f64x2.mul(factor, v128.load(from + at + columnBytes + row));
      v128.store(to + at + row, first);
      v128.store(to + at + columnBytes + row, second);
      v128.store(pair, v128.shuffle<i64>(first, second, 0, 2));
      v128.store(pair + rowBytes, v128.shuffle<i64>(first, second, 1, 3));
    }
  }
}

/** Tiles of 4 x 4 dense columns, on and below the diagonal. */
function addDense(head: usize, block: usize): void {
  const columns = load<usize>(head, width);
  const from = load<usize>(head, dense) + block * columns * columnBytes;
  const heavy = load<usize>(head, weighted);
  const gram = load<usize>(head, denseGram);
  for (let i: usize = 0; i < columns; i += 4) {
    for (let j: usize = 0; j <= i; j += 4)
      addTile(from + i * columnBytes, heavy + j * columnBytes, gram + ((i * columns + j) << 3), columns << 3);
  }
}

function addTile(a: usize, b: usize, to: usize, rowBytes: usize): void {
  // Two by four at a time: more sums than registers would go through memory.
  for (let half = 0; half < 2; half++, a += 2 * columnBytes, to += 2 * rowBytes) {
    let s00 = f64x2.splat(0);
    let s01 = s00;
    let s02 = s00;
    let s03 = s00;
    let s10 = s00;
    let s11 = s00;
    let s12 = s00;
    let s13 = s00;
    for (let row: usize = 0; row < columnBytes; row += 16) {
      const a0 = v128.load(a + row);
      const a1 = v128.load(a + columnBytes + row);
      const b0 = v128.load(b + row);
      s00 = addPair(s00, a0, b0);
      s10 = addPair(s10, a1, b0);
      const b1 = v128.load(b + columnBytes + row);
      s01 = addPair(s01, a0, b1);
      s11 = addPair(s11, a1, b1);
      const b2 = v128.load(b + 2 * columnBytes + row);
      s02 = addPair(s02, a0, b2);
      s12 = addPair(s12, a1, b2);
      const b3 = v128.load(b + 3 * columnBytes + row);
      s03 = addPair(s03, a0, b3);
      s13 = addPair(s13, a1, b3);
    }
    addFour(to, s00, s01, s02, s03);
    addFour(to + rowBytes, s10, s11, s12, s13);
  }
}

function addFour(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  store<f64>(to, load<f64>(to) + totalOfPair(s0));
  store<f64>(to, load<f64>(to, 8) + totalOfPair(s1), 8);
  store<f64>(to, load<f64>(to, 16) + totalOfPair(s2), 16);
  store<f64>(to, load<f64>(to, 24) + totalOfPair(s3), 24);
}

/** Adds each row's weighted dense columns to those of its patterns. */
function addMixed(head: usize, block: usize): void {
  const rowBytes = load<usize>(head, width) << 3;
  const groups = load<usize>(head, groupCount);
  const rows = load<usize>(head, blockCount) * blockRows;
  let code = load<usize>(head, codes) + block * blockRows;
  let bins = load<usize>(head, mixedGram);
  for (let group: usize = 0; group < groups; group++, code += rows, bins += blockRows * rowBytes) {
    let from = load<usize>(head, weightedRows);
    for (let row: usize = 0; row < blockRows; row++, from += rowBytes) {
      const to = bins + <usize>load<u8>(code + row) * rowBytes;
      for (let c: usize = 0; c < rowBytes; c += 32) {
        v128.store(to + c, f64x2.add(v128.load(to + c), v128.load(from + c)));
        v128.store(to + c, f64x2.add(v128.load(to + c, 16), v128.load(from + c, 16)), 16);
      }
    }
  }
}

/** Adds each row's curvature to the pairs of its patterns. */
function addPatterns(head: usize, block: usize): void {
  const groups = load<usize>(head, groupCount);
  const rows = load<usize>(head, blockCount) * blockRows;
  const bend = load<usize>(head, curvatures) + block * columnBytes;
  const counts = load<usize>(head, patternCounts);
  const first = load<usize>(head, codes) + block * blockRows;
  let bins = load<usize>(head, pairGram);
  for (let g: usize = 1; g < groups; g++) {
    const own = first + g * rows;
    const ownCount = load<usize>(counts + (g << 2));
    for (let h: usize = 0; h < g; h++) {
      const other = first + h * rows;
      const otherBytes = load<usize>(counts + (h << 2)) << 3;
      for (let row: usize = 0; row < blockRows; row++) {
        const bin = bins + <usize>load<u8>(own + row) * otherBytes + ((<usize>load<u8>(other + row)) << 3);
        store<f64>(bin, load<f64>(bin) + load<f64>(bend + (row << 3)));
      }
      bins += ownCount * otherBytes;
    }
  }
}
