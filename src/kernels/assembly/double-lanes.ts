/** Two doubles at a time; each operation that of its twin in `math/`, so every build gives its bits. */

/** e^x for x <= 0, that of `math/exp-log.ts`; below -700 as at -700. */
export function expOfNegativeDouble(x: v128): v128 {
  x = f64x2.max(x, f64x2.splat(-700));
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), f64x2.splat(0.5)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  const low = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const first = line(0.16666666666666669, 0.041666666666666664, r);
  const second = line(0.008333333333330062, 0.0013888888888886552, r);
  const third = line(0.00019841269863053618, 2.4801587317144498e-5, r);
  const fourth = line(2.7557268459997064e-6, 2.755728296954995e-7, r);
  const fifth = line(2.510038549551032e-8, 2.0911236630261545e-9, r);
  const end = f64x2.add(f64x2.add(third, f64x2.mul(r2, fourth)), f64x2.mul(r4, fifth));
  const tail = f64x2.add(f64x2.add(first, f64x2.mul(r2, second)), f64x2.mul(r4, end));
  const rest = f64x2.sub(f64x2.mul(r2, f64x2.add(f64x2.splat(0.5), f64x2.mul(r, tail))), low);
  const power = f64x2.add(f64x2.splat(1), f64x2.add(high, rest));
  // Adding 1.5 * 2^52 leaves k in the low bits; 1023 more and it is an exponent.
  const exponent = i64x2.add(f64x2.add(k, f64x2.splat(6755399441055744)), i64x2.splat(1023));
  return f64x2.mul(power, i64x2.shl(exponent, 52));
}

/** a + r b. */
function line(a: f64, b: f64, r: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(r, f64x2.splat(b)));
}
