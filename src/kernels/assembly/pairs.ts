/** Two doubles at a time; in the relaxed build `addPair` rounds once, as in `lanes.ts`. */

/** sum + a b. */
export function addPair(sum: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, sum) : f64x2.add(sum, f64x2.mul(a, b));
}

export function totalOfPair(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** a + r b. */
function line(a: f64, b: f64, r: v128): v128 {
  return addPair(f64x2.splat(a), r, f64x2.splat(b));
}

/**
 * e^x for x <= 0, relative error below 4e-16; e^-708 below that. Cody & Waite's reduction, Taylor's polynomial, its terms
 * by twos so that none waits for all before it.
 */
export function expOfNegativePair(x: v128): v128 {
  x = f64x2.max(x, f64x2.splat(-708));
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(Math.LOG2E)));
  // ln 2 in two parts, the first short enough that n times it is exact.
  const high = addPair(x, n, f64x2.splat(-0.6931471803691238));
  const r = addPair(high, n, f64x2.splat(-1.9082149292705877e-10));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const first = addPair(line(1, 1, r), r2, line(1.0 / 2.0, 1.0 / 6.0, r));
  const second = addPair(line(1.0 / 24.0, 1.0 / 120.0, r), r2, line(1.0 / 720.0, 1.0 / 5040.0, r));
  const third = addPair(
    line(1.0 / 40320.0, 1.0 / 362880.0, r),
    r2,
    line(1.0 / 3628800.0, 1.0 / 39916800.0, r),
  );
  const fourth = line(1.0 / 479001600.0, 1.0 / 6227020800.0, r);
  const end = addPair(third, r4, fourth);
  const power = addPair(first, r4, addPair(second, r4, end));
  // Adding 1.5 * 2^52 leaves n in the low bits; 1023 more and it is an exponent.
  const exponent = i64x2.add(f64x2.add(n, f64x2.splat(6755399441055744)), i64x2.splat(1023));
  return f64x2.mul(power, i64x2.shl(exponent, 52));
}

/**
 * log(1 + e) for e from 0 to 1, relative error below 4e-16: 2 artanh(s), s = e / (2 + e). The polynomial in s^2 is that of
 * Chebyshev up to 1 / 9 (mpmath.chebyfit), error below 1e-16.
 */
export function logOfOnePlusPair(e: v128): v128 {
  const s = f64x2.div(e, f64x2.add(e, f64x2.splat(2)));
  const q = f64x2.mul(s, s);
  const q2 = f64x2.mul(q, q);
  const q4 = f64x2.mul(q2, q2);
  const first = addPair(line(2.0, 0.6666666666668257, q), q2, line(0.399999999952876, 0.2857142911165716, q));
  const second = addPair(
    line(0.22222190861346283, 0.1818285980047391, q),
    q2,
    line(0.15363676248891633, 0.13591305485579894, q),
  );
  const third = line(0.09880789048764786, 0.17780763826113302, q);
  return f64x2.mul(addPair(first, q4, addPair(second, q4, third)), s);
}
