/**
 * The share of a beta distribution below a point: what Student's t, F and binomial intervals are made of.
 *
 * incompleteBeta(a, b, x) = P(B <= x) for a beta variable B with parameters a and b > 0; betaQuantile is its inverse in x.
 * Relative error about 1e-13. Cost O(sqrt(max(a, b))) near the mean, less elsewhere. NaN outside 0 <= x <= 1.
 * References: Abramowitz and Stegun 26.5.8; Loader, "Fast and accurate computation of binomial probabilities" (2000);
 * scipy.special.betainc, betaincinv.
 */
import { exp, log } from './exp-log.ts';
import { logGamma, logRatioMinus, stirlingRest } from './gamma.ts';

const TINY = 1e-300;

/** `complement` is 1 - x; give it when it is known better than the difference, near x = 1. */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && complement >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (complement === 0) return 1;
  // The fraction converges fast on the near side of the mean; the other side is its mirror image.
  if (x > (a + 1) / (a + b + 2)) return 1 - smallerShare(b, a, complement, x);
  return smallerShare(a, b, x, complement);
}

/** The density of a beta distribution at 0 < x < 1. */
export function betaDensity(a: number, b: number, x: number, complement = 1 - x): number {
  return betaFront(a, b, x, complement) / (x * complement);
}

/** The point below which the share p of a beta distribution lies. NaN outside 0 <= p <= 1. */
export function betaQuantile(a: number, b: number, p: number): number {
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  // Near 0 the share is x^a / (a B(a, b)); where that leaves the interval, the mean is a start from which Newton gets home.
  const power = exp((log(p * a) + logGamma(a) + logGamma(b) - logGamma(a + b)) / a);
  let x = power < a / (a + b) ? power : a / (a + b);
  for (let step = 0; step < 200; step++) {
    const miss = incompleteBeta(a, b, x) - p;
    if (miss === 0) return x;
    if (miss < 0) low = x;
    else high = x;
    let next = x - miss / betaDensity(a, b, x);
    // A step out of the bracket is replaced: by the geometric middle far below 1, where halving would crawl.
    if (!(next > low && next < high))
      next = low > 0 && high / low > 4 ? Math.sqrt(low * high) : low > 0 ? (low + high) / 2 : high / 16;
    if (Math.abs(next - x) <= 2e-16 * x) return next;
    x = next;
  }
  return x;
}

function smallerShare(a: number, b: number, x: number, complement: number): number {
  return (betaFront(a, b, x, complement) / a) * betaFraction(a, b, x);
}

/**
 * x^a (1 - x)^b / B(a, b). With n = a + b, u = (n x - a) / a, v = (n (1 - x) - b) / b, its logarithm is
 * a (ln(1 + u) - u) + b (ln(1 + v) - v) plus Stirling rests: large logarithms of gamma never meet, so none cancel.
 */
function betaFront(a: number, b: number, x: number, complement: number): number {
  const n = a + b;
  // n x - a = b x - a (1 - x), which keeps its digits at both ends.
  const excess = b * x - a * complement;
  const exponent = a * logRatioMinus(n * x, a, excess) + b * logRatioMinus(n * complement, b, -excess);
  const rests = stirlingRest(n) - stirlingRest(a) - stirlingRest(b);
  return Math.sqrt(((a / n) * b) / (2 * Math.PI)) * exp(exponent + rests);
}

/** The continued fraction of the share, from the front by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return value;
}

const awayFromZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);
