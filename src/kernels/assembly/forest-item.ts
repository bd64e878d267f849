/**
 * Items, the rows of a tree: what a row weighs as staying and as churned, where it stands in the table, and a 1 that counts it.
 *
 * `T` says how weights are kept: i32 when all are whole numbers (16 bytes an item), f64 otherwise (32). A bin has the layout
 * of an item, so that adding an item to a bin is one or two additions; what that makes of the row number is never read.
 */

export function itemBytes<T>(): usize {
  return isInteger<T>() ? 16 : 32;
}
/** Where an item has its row, and where it has its 1. */
export function rowAt<T>(): usize {
  return isInteger<T>() ? 8 : 16;
}
export function countAt<T>(): usize {
  return isInteger<T>() ? 12 : 20;
}

/** Adds an item to a bin. */
export function addTo<T>(bin: usize, item: usize): void {
  if (isInteger<T>()) {
    v128.store(bin, i32x4.add(v128.load(bin), v128.load(item)));
  } else {
    v128.store(bin, f64x2.add(v128.load(bin), v128.load(item)));
    store<u32>(bin, load<u32>(bin, 20) + load<u32>(item, 20), 20);
  }
}

export function clear<T>(bin: usize): void {
  v128.store(bin, i64x2.splat(0));
  if (isFloat<T>()) v128.store(bin, i64x2.splat(0), 16);
}

/** Sums of weights one behind the other, as an item has them. */
export function plus<T>(sums: v128, more: v128): v128 {
  return isInteger<T>() ? i32x4.add(sums, more) : f64x2.add(sums, more);
}

/** Sums of weights as doubles, staying and churned, each times its class's weight. */
export function weighed<T>(sums: v128, ofClasses: v128): v128 {
  return f64x2.mul(isInteger<T>() ? f64x2.convert_low_i32x4_s(sums) : sums, ofClasses);
}
