/**
 * Products of row-major f32 matrices in tiles of 4 rows x 8 columns, which fit into the 16 registers of a machine: for tables that have few
 * zeros. Each sum runs in the order of `matrix-product.ts`, so both give the same bits.
 *
 * Widths are in numbers; every row count is a multiple of 4 and every column count of 8 (the host pads with zeros).
 */
import { addProduct } from './lanes';

/** c (rows x columns) = a (rows x inner) times b (inner x columns). */
export function multiply(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  const aRow = (<usize>inner) << 2;
  const bRow = (<usize>columns) << 2;
  for (let i = 0; i < rows; i += 4) {
    const a0 = a + <usize>i * aRow;
    const c0 = c + <usize>i * bRow;
    for (let j: usize = 0; j < bRow; j += 32) {
      let p = a0;
      let q = b + j;
      const end = a0 + aRow;
      let s00 = f32x4.splat(0);
      let s01 = s00;
      let s10 = s00;
      let s11 = s00;
      let s20 = s00;
      let s21 = s00;
      let s30 = s00;
      let s31 = s00;
      while (p < end) {
        const b0 = v128.load(q);
        const b1 = v128.load(q, 16);
        const x0 = v128.load32_splat(p);
        s00 = addProduct(s00, x0, b0);
        s01 = addProduct(s01, x0, b1);
        const x1 = v128.load32_splat(p + aRow);
        s10 = addProduct(s10, x1, b0);
        s11 = addProduct(s11, x1, b1);
        const x2 = v128.load32_splat(p + 2 * aRow);
        s20 = addProduct(s20, x2, b0);
        s21 = addProduct(s21, x2, b1);
        const x3 = v128.load32_splat(p + 3 * aRow);
        s30 = addProduct(s30, x3, b0);
        s31 = addProduct(s31, x3, b1);
        p += 4;
        q += bRow;
      }
      storeTile(c0 + j, bRow, s00, s01, s10, s11, s20, s21, s30, s31);
    }
  }
}

/** c (inner x columns) = a (rows x inner) transposed times b (rows x columns). */
export function multiplyTransposed(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  const aRow = (<usize>inner) << 2;
  const bRow = (<usize>columns) << 2;
  const bEnd = b + <usize>rows * bRow;
  for (let i: usize = 0; i < aRow; i += 16) {
    const c0 = c + (i >> 2) * bRow;
    for (let j: usize = 0; j < bRow; j += 32) {
      let p = a + i;
      let q = b + j;
      const end = bEnd + j;
      let s00 = f32x4.splat(0);
      let s01 = s00;
      let s10 = s00;
      let s11 = s00;
      let s20 = s00;
      let s21 = s00;
      let s30 = s00;
      let s31 = s00;
      while (q < end) {
        const b0 = v128.load(q);
        const b1 = v128.load(q, 16);
        const x0 = v128.load32_splat(p);
        s00 = addProduct(s00, x0, b0);
        s01 = addProduct(s01, x0, b1);
        const x1 = v128.load32_splat(p, 4);
        s10 = addProduct(s10, x1, b0);
        s11 = addProduct(s11, x1, b1);
        const x2 = v128.load32_splat(p, 8);
        s20 = addProduct(s20, x2, b0);
        s21 = addProduct(s21, x2, b1);
        const x3 = v128.load32_splat(p, 12);
        s30 = addProduct(s30, x3, b0);
        s31 = addProduct(s31, x3, b1);
        p += aRow;
        q += bRow;
      }
      storeTile(c0 + j, bRow, s00, s01, s10, s11, s20, s21, s30, s31);
    }
  }
}

function storeTile(
  at: usize,
  row: usize,
  s00: v128,
  s01: v128,
  s10: v128,
  s11: v128,
  s20: v128,
  s21: v128,
  s30: v128,
  s31: v128,
): void {
  v128.store(at, s00);
  v128.store(at, s01, 16);
  at += row;
  v128.store(at, s10);
  v128.store(at, s11, 16);
  at += row;
  v128.store(at, s20);
  v128.store(at, s21, 16);
  at += row;
  v128.store(at, s30);
  v128.store(at, s31, 16);
}
