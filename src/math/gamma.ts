/**
 * The gamma function and the shares of the gamma and chi-square distributions.
 *
 * logGamma(x) = ln of the integral of t^(x-1) exp(-t) over t > 0, for x > 0 (Infinity at 0, NaN below).
 * incompleteGamma(a, x).lower = P(G <= x) for a gamma variable G of shape a and scale 1; upper = 1 - lower, each with its own digits.
 * chiSquareSurvival(x, k) = P(X > x) for a chi-square X with k degrees of freedom: the p-value of a chi-square test.
 * Relative error about 1e-14. Cost O(1) away from x = a, O(sqrt a) near it.
 * References: Abramowitz and Stegun 6.1.33 to 6.1.41, 6.5.29 to 6.5.31; scipy.special.gammaln, gammainc, gammaincc.
 */
import { exp, log, log1pMinus } from './exp-log.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;
const ONE_MINUS_EULER = 0.42278433509846713;
const TINY = 1e-300;

export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x >= 10)
    return x === Number.POSITIVE_INFINITY
      ? x
      : (x - 0.5) * (log(x) - 1) - 0.5 + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return aroundTwo(x) - log(x) - log(x + 1);
  if (x < 1.5) return aroundTwo(x - 1) - log(x);
  // Gamma(y + 1) = y Gamma(y), down to the neighbourhood of 2.
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  return product === 1 ? aroundTwo(y - 2) : log(product) + aroundTwo(y - 2);
}

/** What Stirling's formula (x - 1/2) ln x - x + ln(2 pi) / 2 lacks of logGamma(x). */
export function stirlingRest(x: number): number {
  if (x >= 10) return stirlingSeries(x);
  return logGamma(x) - ((x - 0.5) * log(x) - x + HALF_LOG_TWO_PI);
}

/** Both shares of a gamma distribution of shape a > 0 at x >= 0; NaN outside. */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0 && x >= 0 && a < Number.POSITIVE_INFINITY)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const front = gammaFront(a, x);
  if (x < a + 1) {
    const lower = (front / a) * gammaSeries(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = front * gammaFraction(a, x);
  return { lower: 1 - upper, upper };
}

/** P(X > statistic) for a chi-square with `degrees` degrees of freedom. */
export function chiSquareSurvival(statistic: number, degrees: number): number {
  if (statistic <= 0) return degrees > 0 ? 1 : Number.NaN;
  return incompleteGamma(degrees / 2, statistic / 2).upper;
}

/** ln Gamma(2 + z) for |z| <= 1/2: z (1 - Euler) + sum over k >= 2 of (zeta(k) - 1) (-z)^k / k. No digits are lost at z = 0. */
function aroundTwo(z: number): number {
  let total = 0;
  for (let i = zetaLessOne.length - 1; i >= 0; i--) total = zetaLessOne[i]! / (i + 2) - z * total;
  return z * (ONE_MINUS_EULER + z * total);
}

/** 1/(12 x) - 1/(360 x^3) + ...: Bernoulli numbers over 2k (2k - 1); below 1e-17 after eight terms for x >= 10. */
function stirlingSeries(x: number): number {
  const inverse = 1 / (x * x);
  let total = 0;
  for (let i = stirlingTerms.length - 1; i >= 0; i--) total = stirlingTerms[i]! + inverse * total;
  return total / x;
}

/**
 * ln(value / expected) - (value - expected) / expected, given their difference as well as it is known: near 1 the quotient
 * would lose the difference, far from 1 the difference would lose a small value.
 */
export function logRatioMinus(value: number, expected: number, difference: number): number {
  const ratio = value / expected;
  return ratio > 0.75 && ratio < 1.4 ? log1pMinus(difference / expected) : log(ratio) - (ratio - 1);
}

/**
 * x^a exp(-x) / Gamma(a). For a large a its logarithm is a small difference of large numbers; with u = (x - a) / a it is
 * a (ln(1 + u) - u) + ln(a / 2 pi) / 2 - stirlingRest(a), where nothing large is left.
 */
function gammaFront(a: number, x: number): number {
  if (a < 1) return exp(a * log(x) - x - logGamma(a));
  return Math.sqrt(a / (2 * Math.PI)) * exp(a * logRatioMinus(x, a, x - a) - stirlingRest(a));
}

/** 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
function gammaSeries(a: number, x: number): number {
  let term = 1;
  let total = 1;
  for (let n = 1; term > total * 1e-17; n++) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

/** The continued fraction of the upper share, from the front by Lentz's method. */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 1_000_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return value;
}

const awayFromZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

// zeta(k) - 1 for k = 2, 3, ...
const zetaLessOne: readonly number[] = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5,
  3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7,
  5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8, 7.45071178983543e-9,
  3.725334024788457e-9, 1.862659723513049e-9, 9.313274324196682e-10,
];

const stirlingTerms = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
];
