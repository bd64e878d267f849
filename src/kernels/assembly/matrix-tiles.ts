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
  for (let i = 0; i < rows; i += 4, a += 4 * aRow, c += 4 * bRow)
    for (let j: usize = 0; j < bRow; j += 32) sumTile(inner, a, 4, aRow, b + j, bRow, c + j);
}

/** c (inner x columns) = a (rows x inner) transposed times b (rows x columns). */
export function multiplyTransposed(rows: i32, inner: i32, columns: i32, a: usize, b: usize, c: usize): void {
  const aRow = (<usize>inner) << 2;
  const bRow = (<usize>columns) << 2;
  for (let i = 0; i < inner; i += 4, a += 16, c += 4 * bRow)
    for (let j: usize = 0; j < bRow; j += 32) sumTile(rows, a, aRow, 4, b + j, bRow, c + j);
}

/**
 * Four rows of eight sums over `terms`: term k of row r is the number at `a + k * along + r * across`, times the eight numbers at
 * `b + k * row`. They go to `c`, rows `row` bytes after each other.
 */
function sumTile(terms: i32, a: usize, along: usize, across: usize, b: usize, row: usize, c: usize): void {
  const twice = 2 * across;
  const thrice = 3 * across;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (const end = b + <usize>terms * row; b < end; a += along, b += row) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    s00 = addProduct(s00, x0, b0);
    s01 = addProduct(s01, x0, b1);
    const x1 = v128.load32_splat(a + across);
    s10 = addProduct(s10, x1, b0);
    s11 = addProduct(s11, x1, b1);
    const x2 = v128.load32_splat(a + twice);
    s20 = addProduct(s20, x2, b0);
    s21 = addProduct(s21, x2, b1);
    const x3 = v128.load32_splat(a + thrice);
    s30 = addProduct(s30, x3, b0);
    s31 = addProduct(s31, x3, b1);
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  c += row;
  v128.store(c, s10);
  v128.store(c, s11, 16);
  c += row;
  v128.store(c, s20);
  v128.store(c, s21, 16);
  c += row;
  v128.store(c, s30);
  v128.store(c, s31, 16);
}
