/**
 * Exponentials and logarithms that give the same bits on every machine.
 *
 * `Math.exp` and its kin may differ in the last bits between processors and Node versions; a saved model must not.
 * Only + - * /, floor and powers of two are used, in one fixed order, so that a kernel that repeats the
 * operations one by one repeats the result. Within 1 unit in the last place (`log1p` and `pow` 2, `expm1` 3).
 *
 * exp(x): x = k ln 2 + r, |r| <= ln 2 / 2; exp(r) = 1 + r + r^2/2 + r^3 Q(r); times 2^k.
 * log(x): x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); s = f / (2 + f); 2 atanh(s) by a polynomial in s^2.
 * The coefficients of both polynomials are printed by `golden/support/exp_log_coefficients.py`.
 * Special values are those of the `Math` functions of the same names. Nothing is allocated; `exp` takes about as long as
 * `Math.exp`, `pow` twice as long as `Math.pow`.
 */
import { HIGH_WORD } from './float-bits.ts';

// ln 2 in two parts: the first has 32 bits, so that k times it is exact for every exponent k.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

// exp is infinite above the first and zero below the second.
const LARGEST = 709.782712893384;
const SMALLEST = -745.1332191019412;

/** 2^-1074 to 2^1023: as factors they change an exponent exactly. 2^e stands at e + 1074. */
const powersOfTwo = new Float64Array(2098);
const ZERO_EXPONENT = 1074;
for (let i = 0, power = Number.MIN_VALUE; i < powersOfTwo.length; i++, power *= 2) powersOfTwo[i] = power;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
// High words of the doubles 1 and sqrt(1/2).
const ONE = 0x3ff00000;
const ROOT_HALF = 0x3fe6a09e;

/** e to the power x. */
export function exp(x: number): number {
  if (!(x <= LARGEST)) return x > LARGEST ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < SMALLEST) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const r2 = r * r;
  // 2^k in two halves: the first product is exact, so a subnormal result is rounded only once, and 2^1024 is reached.
  const half = k >> 1;
  return (
    (1 + (high + (r2 * (0.5 + r * expTail(r, r2)) - low))) *
    powersOfTwo[half + ZERO_EXPONENT]! *
    powersOfTwo[k - half + ZERO_EXPONENT]!
  );
}

/** e to the power x less 1, without losing the digits of a small x. */
export function expm1(x: number): number {
  if (x > 0.34 || !(x >= -0.34)) return exp(x) - 1;
  if (x === 0) return x;
  const r2 = x * x;
  return x + r2 * (0.5 + x * expTail(x, r2));
}

/** Q(r), its terms paired so that the processor can work on several at once. */
function expTail(r: number, r2: number): number {
  const r4 = r2 * r2;
  return (
    0.16666666666666669 +
    r * 0.041666666666666664 +
    r2 * (0.008333333333330062 + r * 0.0013888888888886552) +
    r4 *
      (0.00019841269863053618 +
        r * 2.4801587317144498e-5 +
        r2 * (2.7557268459997064e-6 + r * 2.755728296954995e-7) +
        r4 * (2.510038549551032e-8 + r * 2.0911236630261545e-9))
  );
}

/** The natural logarithm: -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const k = exponentOf(x);
  const f = mantissaOf(x, k) - 1;
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  // f less a correction, rather than 2 s + ...: f is exact, so the rounding of s hurts the correction only.
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + logTail(s * s)) + k * LN2_LOW) - f);
}

/** z R(z) = 2 (atanh(s) - s) / s for z = s^2. */
function logTail(z: number): number {
  const z2 = z * z;
  return (
    z *
    (0.666666666666667 +
      z * 0.39999999999899444 +
      z2 *
        (0.2857142862600327 +
          z * 0.22222211130259878 +
          z2 * (0.18182889455674947 + z * 0.15331710618210773 + z2 * 0.14616585424888623)))
  );
}

/** ln(1 + x), without losing the digits of a small x. */
export function log1p(x: number): number {
  const sum = 1 + x;
  // Nothing of x survived in the sum: x itself is the answer, with its sign of zero.
  if (sum === 1) return x;
  if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return log(sum);
  // sum - 1 is what survived of x; the rest enters with the slope of log at sum. For a large x it is sum that survived.
  const lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
  return log(sum) + lost / sum;
}

/** ln(1 + x) - x, without the cancellation of a small x: the log of how far a probability is from its best guess. */
export function log1pMinus(x: number): number {
  if (!(x > -0.29 && x < 0.41)) return log1p(x) - x;
  const s = x / (2 + x);
  return s * (logTail(s * s) - x);
}

/** x to the power y, with the special values of `Math.pow`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (y === 1) return x;
  const size = Math.abs(x);
  if (!Number.isFinite(y)) return powerInfinite(size, y);
  const isWhole = Math.floor(y) === y;
  const isOdd = isWhole && Math.abs(y) <= Number.MAX_SAFE_INTEGER && y % 2 !== 0;
  const sign = x < 0 || Object.is(x, -0) ? (isOdd ? -1 : 1) : 1;
  if (size === 0) return sign * (y > 0 ? 0 : Number.POSITIVE_INFINITY);
  if (size === Number.POSITIVE_INFINITY) return sign * (y > 0 ? size : 0);
  if (x < 0 && !isWhole) return Number.NaN;
  return sign * positivePower(size, y);
}

function powerInfinite(size: number, y: number): number {
  if (size === 1) return Number.NaN;
  return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
}

/**
 * exp(y ln x) for x above 0. An error of ln x would grow by y, so ln x is held as the sum of two numbers:
 * 2 s with its rounding error, k ln 2 in its two parts, and the small rest of the series.
 */
function positivePower(x: number, y: number): number {
  const k = exponentOf(x);
  const m = mantissaOf(x, k);
  const f = m - 1;
  const divisor = m + 1;
  const s = f / divisor;
  // divisor rounds: f - s * divisor, with what m + 1 lost, tells what the quotient lost.
  const product = s * divisor;
  const lost = f - product - productError(s, divisor, product) - s * (m - (divisor - 1));
  const leading = k * LN2_HIGH + 2 * s;
  const leadingLost = roundingOfSum(k * LN2_HIGH, 2 * s, leading);
  const rest = leadingLost + (2 * (lost / divisor) + (s * logTail(s * s) + k * LN2_LOW));
  const high = leading + rest;
  const low = roundingOfSum(leading, rest, high);
  const exponent = y * high;
  // Beyond this the answer is infinite or zero whatever the low parts say, and the split below might overflow.
  if (!(Math.abs(exponent) < 800)) return exponent > 0 ? Number.POSITIVE_INFINITY : 0;
  const power = exp(exponent);
  if (power === 0 || power === Number.POSITIVE_INFINITY) return power;
  return power + power * (productError(y, high, exponent) + y * low);
}

/** What `a + b` lost when it was rounded to `sum` (Knuth). */
function roundingOfSum(a: number, b: number, sum: number): number {
  const bKept = sum - a;
  return a - (sum - bKept) + (b - bKept);
}

/** What `a * b` lost when it was rounded to `product` (Dekker). */
function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a number, so that a product of two such is exact. */
function upperHalf(a: number): number {
  // A power of two around the split keeps a huge exponent y from overflowing.
  const scale = Math.abs(a) > 1e290 ? powersOfTwo[ZERO_EXPONENT - 60]! : 1;
  const spread = a * scale * 134217729;
  return (spread - (spread - a * scale)) / scale;
}

/** k with x = 2^k m and sqrt(1/2) <= m < sqrt(2) (to 20 bits), for finite x above 0. */
function exponentOf(x: number): number {
  // 2^-1022 is the smallest number with a full mantissa; smaller ones are first made larger by 2^54.
  if (x < 2.2250738585072014e-308) return exponentOf(x * 18014398509481984) - 54;
  float[0] = x;
  return ((words[HIGH_WORD]! + (ONE - ROOT_HALF)) >>> 20) - 1023;
}

/** x / 2^k, exactly. */
function mantissaOf(x: number, k: number): number {
  if (k < -1022) return x * 18014398509481984 * powersOfTwo[ZERO_EXPONENT - 54 - k]!;
  return x * powersOfTwo[ZERO_EXPONENT - k]!;
}
