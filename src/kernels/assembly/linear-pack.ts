/**
 * Laying out the columns of a logistic regression: columns of two values become bits of a byte, bytes become the numbers
 * of the patterns that occur, other columns are brought to one scale. Called by `kernels/linear/packed-rows.ts`.
 */

/** Which of up to 8 columns have a value that is neither their low nor their high one; a byte a row says which are high. */
export function linearPack(
  values: usize,
  stride: usize,
  columns: i32,
  rows: i32,
  ends: usize,
  to: usize,
): i32 {
  let strange = 0;
  memory.fill(to, 0, <usize>rows);
  for (let c = 0; c < columns; c++, values += stride, ends += 16) {
    const low = v128.load64_splat(ends);
    const high = v128.load64_splat(ends, 8);
    const bit = i8x16.splat((<i8>1) << (<i8>c));
    let known = i64x2.splat(-1);
    for (let row: usize = 0; row < <usize>rows; row += 16) {
      let at = values + (row << 3);
      const bits = to + row;
      const isHigh0 = f64x2.eq(v128.load(at), high);
      const isHigh1 = f64x2.eq(v128.load(at, 16), high);
      const isHigh2 = f64x2.eq(v128.load(at, 32), high);
      const isHigh3 = f64x2.eq(v128.load(at, 48), high);
      known = v128.and(known, v128.or(isHigh0, f64x2.eq(v128.load(at), low)));
      known = v128.and(known, v128.or(isHigh1, f64x2.eq(v128.load(at, 16), low)));
      known = v128.and(known, v128.or(isHigh2, f64x2.eq(v128.load(at, 32), low)));
      known = v128.and(known, v128.or(isHigh3, f64x2.eq(v128.load(at, 48), low)));
      at += 64;
      const isHigh4 = f64x2.eq(v128.load(at), high);
      const isHigh5 = f64x2.eq(v128.load(at, 16), high);
      const isHigh6 = f64x2.eq(v128.load(at, 32), high);
      const isHigh7 = f64x2.eq(v128.load(at, 48), high);
      known = v128.and(known, v128.or(isHigh4, f64x2.eq(v128.load(at), low)));
      known = v128.and(known, v128.or(isHigh5, f64x2.eq(v128.load(at, 16), low)));
      known = v128.and(known, v128.or(isHigh6, f64x2.eq(v128.load(at, 32), low)));
      known = v128.and(known, v128.or(isHigh7, f64x2.eq(v128.load(at, 48), low)));
      const first = i16x8.narrow_i32x4_s(halves(isHigh0, isHigh1), halves(isHigh2, isHigh3));
      const second = i16x8.narrow_i32x4_s(halves(isHigh4, isHigh5), halves(isHigh6, isHigh7));
      const isHigh = i8x16.narrow_i16x8_s(first, second);
      v128.store(bits, v128.or(v128.load(bits), v128.and(isHigh, bit)));
    }
    if (!i64x2.all_true(known)) strange |= 1 << c;
  }
  return strange;
}

/** The lower halves of four wide lanes. */
function halves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

/** Marks which patterns occur: at first * stride + second, or at first alone where `second` is 0. */
export function linearSeen(first: usize, second: usize, stride: i32, rows: i32, seen: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const other = second ? <usize>load<u8>(second + row) : 0;
    store<u8>(seen + <usize>load<u8>(first + row) * <usize>stride + other, 1);
  }
}

/** Renames patterns, or pairs of them as in `linearSeen`. */
export function linearRename(
  first: usize,
  second: usize,
  stride: i32,
  rows: i32,
  names: usize,
  to: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const other = second ? <usize>load<u8>(second + row) : 0;
    store<u8>(to + row, load<u8>(names + <usize>load<u8>(first + row) * <usize>stride + other));
  }
}

/** to = (from - centre) / scale. */
export function linearScale(from: usize, rows: i32, centre: f64, scale: f64, to: usize): void {
  const end = from + ((<usize>rows) << 3);
  for (; from < end; from += 16, to += 16)
    v128.store(to, f64x2.div(f64x2.sub(v128.load(from), f64x2.splat(centre)), f64x2.splat(scale)));
}
