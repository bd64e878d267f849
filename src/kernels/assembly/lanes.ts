/**
 * Four floats at a time. In the relaxed build a product and a sum round once (FMA), which is faster and not the same to
 * the bit; the strict build rounds twice, on every machine alike.
 */

/** sum + a b. */
export function addProduct(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(sum, f32x4.mul(a, b));
}

/** Whether `addProduct` rounds once: (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 then, else 0. */
export function roundsOnce(): bool {
  const a = f32x4.splat(1.000244140625);
  return f32x4.extract_lane(addProduct(f32x4.splat(-1.00048828125), a, a), 0) > 0;
}

/** The sum of the four. */
export function total(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** e^x for x <= 0, relative error below 2e-7; 0 below -87. Cody & Waite's reduction, polynomial of Cephes' expf. */
export function expOfNegative(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  // ln 2 in two parts, the first short enough that n times it is exact.
  x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  x = f32x4.add(x, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  let p = f32x4.splat(1.9875691e-4);
  p = addProduct(f32x4.splat(1.3981999e-3), p, x);
  p = addProduct(f32x4.splat(8.3334519e-3), p, x);
  p = addProduct(f32x4.splat(4.1665796e-2), p, x);
  p = addProduct(f32x4.splat(1.6666667e-1), p, x);
  p = addProduct(f32x4.splat(5.0000001e-1), p, x);
  p = f32x4.add(addProduct(x, f32x4.mul(p, x), x), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** log(1 + e) for e from 0 to 1, error below 1e-7: 2 artanh(s), s = e / (2 + e), by its series. */
export function logOfOnePlus(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  const q = f32x4.mul(s, s);
  let p = f32x4.splat(2.0 / 13.0);
  p = addProduct(f32x4.splat(2.0 / 11.0), p, q);
  p = addProduct(f32x4.splat(2.0 / 9.0), p, q);
  p = addProduct(f32x4.splat(2.0 / 7.0), p, q);
  p = addProduct(f32x4.splat(2.0 / 5.0), p, q);
  p = addProduct(f32x4.splat(2.0 / 3.0), p, q);
  p = addProduct(f32x4.splat(2), p, q);
  return f32x4.mul(p, s);
}
