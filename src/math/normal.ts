/**
 * The bell curve: how much of it lies left of a point, and the point that has a given share to its left.
 *
 * normalCdf(x) = P(Z <= x) for a standard normal Z; normalQuantile(p) is its inverse; erf(x) = 2 normalCdf(x sqrt 2) - 1.
 * Relative error about 1e-15, in the far left tail too (down to x = -37.5, p = 1e-300). NaN gives NaN.
 * References: Cody, "Rational Chebyshev approximations for the error function" (1969); Wichura, algorithm AS 241 (1988);
 * scipy.special.ndtr, ndtri, erf, erfc.
 */
import { exp, log } from './exp-log.ts';

const INVERSE_ROOT_PI = 0.5641895835477563;

/** The share of a standard normal left of x. */
export function normalCdf(x: number): number {
  // erfc(z) on the smaller side, so that a far tail keeps its digits.
  const z = x * Math.SQRT1_2;
  if (Math.abs(z) < 0.5) return 0.5 + 0.5 * erf(z);
  // x^2 / 2 from x itself: the rounding of x / sqrt(2) would be multiplied by x^2.
  const tail = 0.5 * scaledErfc(Math.abs(z)) * expMinusHalfSquare(x);
  return x < 0 ? tail : 1 - tail;
}

/** The density of a standard normal at x. */
export function normalDensity(x: number): number {
  return 0.3989422804014327 * expMinusHalfSquare(x);
}

/** The error function. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * ratio(erfNumerator, erfDenominator, x * x);
  const tail = erfcPositive(size);
  return x < 0 ? tail - 1 : 1 - tail;
}

/** 1 - erf(x), without losing the digits of a small result. */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.46875) return 1 - erf(x);
  return x < 0 ? 2 - erfcPositive(-x) : erfcPositive(x);
}

/** The point with the share p of a standard normal to its left: -Infinity at 0, Infinity at 1, NaN outside. */
export function normalQuantile(p: number): number {
  const fromMiddle = p - 0.5;
  if (Math.abs(fromMiddle) <= 0.425)
    return fromMiddle * ratio(middleNumerator, middleDenominator, 0.180625 - fromMiddle * fromMiddle);
  const tail = fromMiddle < 0 ? p : 1 - p;
  if (!(tail > 0))
    return tail === 0 ? (fromMiddle < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN;
  const r = Math.sqrt(-log(tail));
  const size =
    r <= 5 ? ratio(tailNumerator, tailDenominator, r - 1.6) : ratio(farNumerator, farDenominator, r - 5);
  return fromMiddle < 0 ? -size : size;
}

function erfcPositive(x: number): number {
  // exp(-x^2) = exp(-(x sqrt 2)^2 / 2), with x^2 in two parts for the same reason as below.
  const coarse = Math.floor(x * 16) / 16;
  return x > 27 ? 0 : scaledErfc(x) * (exp(-coarse * coarse) * exp(-(x - coarse) * (x + coarse)));
}

/** exp(-x^2 / 2): x^2 in two parts, since exp turns the rounding of a large square into a relative error of that size. */
function expMinusHalfSquare(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 39)) return Number.isNaN(x) ? x : 0;
  // Sixteenths up to 39 have squares that are exact.
  const coarse = Math.floor(size * 16) / 16;
  return exp(-0.5 * coarse * coarse) * exp(-0.5 * (size - coarse) * (size + coarse));
}

/** exp(x^2) erfc(x) for x at or above 0.46875. */
function scaledErfc(x: number): number {
  if (x <= 4) return ratio(nearNumerator, nearDenominator, x);
  const inverseSquare = 1 / (x * x);
  return (INVERSE_ROOT_PI - inverseSquare * ratio(distantNumerator, distantDenominator, inverseSquare)) / x;
}

/** Quotient of two polynomials, coefficients from the highest power down. */
function ratio(numerator: readonly number[], denominator: readonly number[], x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let total = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) total = total * x + coefficients[i]!;
  return total;
}

// Cody's tables 1 to 3: erf(x) / x in x^2, exp(x^2) erfc(x) in x, and its distant part in 1 / x^2.
const erfNumerator = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const erfDenominator = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const nearNumerator = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const nearDenominator = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const distantNumerator = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const distantDenominator = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];

// Wichura's PPND16: the middle, the tail and the far tail.
const middleNumerator = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const middleDenominator = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const tailNumerator = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const tailDenominator = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const farNumerator = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const farDenominator = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];
