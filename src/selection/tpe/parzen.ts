/**
 * Parzen estimators over one parameter: a density made of one bump an observation and a wide one over the whole range.
 *
 * Numbers: each bump is a normal cut off at the ends of the range; its width is the distance to the farther neighbour,
 * at least a hundredth of the range (less with few observations: range / (2 + n)), at most the range. Whole numbers: the
 * mass of [x - 1/2, x + 1/2]. Choices: each observation puts 1 on its choice and 1 / (n + 1) on every one.
 * The last 25 observations weigh 1, older ones less in a straight line. Cost O(observations) a draw or density.
 * Reference: Bergstra, Bardenet, Bengio, Kegl, "Algorithms for hyper-parameter optimization" (2011); Watanabe, "Tree-structured
 * Parzen estimator" (2023); equal to `_ParzenEstimator` of https://optuna.readthedocs.io (univariate, its defaults).
 */
import type { Random } from '../../base/random.ts';
import { exp, log } from '../../math/exp-log.ts';
import { normalCdf, normalQuantile } from '../../math/normal.ts';

export interface Parzen {
  draw(random: Random): number;
  /** Of a value in the range; of whole numbers and choices the log of a probability. */
  logDensity(x: number): number;
}

/** The numbers between `low` and `high`, all of them or whole ones. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
}

/** Over numbers, from observed ones in the order of time. */
export function numberParzen(observed: readonly number[], { low, high, isWhole }: NumberRange): Parzen {
  const half = isWhole ? 0.5 : 0;
  const [from, to] = [low - half, high + half];
  const widths = bumpWidths(observed, low, high, half);
  const bumps = [...observed, (low + high) / 2].map((centre, i) => {
    const width = widths[i] ?? to - from;
    return { centre, width, left: (from - centre) / width, right: (to - centre) / width };
  });
  const weights = bumpWeights(observed.length);
  return {
    draw(random) {
      const { centre, width, left, right } = bumps[drawIndex(weights, random)]!;
      const below = normalCdf(left);
      const point = centre + width * normalQuantile(below + random.uniform() * (normalCdf(right) - below));
      return Math.min(high, Math.max(low, isWhole ? Math.round(point) : point));
    },
    logDensity: (x) =>
      logSum(
        bumps.map(({ centre, width, left, right }, i) => {
          const inside = isWhole
            ? log(normalMass((x - half - centre) / width, (x + half - centre) / width))
            : logBell((x - centre) / width) - log(width);
          return log(weights[i]!) + inside - log(normalMass(left, right));
        }),
      ),
  };
}

/** Over the places 0 to `choices` - 1. */
export function choiceParzen(observed: readonly number[], choices: number): Parzen {
  const n = observed.length;
  const weights = bumpWeights(n);
  const everywhere = 1 / (n + 1);
  const shares = Array.from({ length: choices }, (_, choice) =>
    weights.reduce((sum, weight, i) => {
      if (i === n) return sum + weight / choices;
      return sum + (weight * (everywhere + (observed[i] === choice ? 1 : 0))) / (1 + choices * everywhere);
    }, 0),
  );
  return { draw: (random) => drawIndex(shares, random), logDensity: (choice) => log(shares[choice]!) };
}

/** The log of the density of a standard normal. */
const logBell = (x: number): number => -0.5 * x * x - 0.9189385332046728;

/** The width of each observation's bump, in their order. */
function bumpWidths(observed: readonly number[], low: number, high: number, half: number): number[] {
  const n = observed.length;
  const range = high - low + 2 * half;
  const narrowest = range / Math.min(100, 2 + n);
  const centres = [...observed, (low + high) / 2];
  const order = centres.map((_, i) => i).sort((a, b) => centres[a]! - centres[b]! || a - b);
  const sorted = order.map((i) => centres[i]!);
  const widths = new Array<number>(n + 1);
  order.forEach((index, place) => {
    const toLeft = sorted[place]! - (sorted[place - 1] ?? low - half);
    const toRight = (sorted[place + 1] ?? high + half) - sorted[place]!;
    // The ends of the range are no neighbours, unless there is no other.
    const width = n > 0 && place === 0 ? toRight : n > 0 && place === n ? toLeft : Math.max(toLeft, toRight);
    widths[index] = Math.min(range, Math.max(narrowest, width));
  });
  return widths.slice(0, n);
}

/** How much the last observations weigh fully. */
const recent = 25;

/** The weights of n observations in the order of time, then of the wide bump; their sum is 1. */
function bumpWeights(n: number): number[] {
  const ramp = n - recent;
  const weights = Array.from({ length: n }, (_, i) => {
    if (i >= ramp) return 1;
    return ramp === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (ramp - 1);
  });
  weights.push(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** P(a < Z < b), from the smaller tails so that a far one keeps its digits. */
const normalMass = (a: number, b: number): number =>
  a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);

function drawIndex(weights: readonly number[], random: Random): number {
  let left = random.uniform();
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** log of the sum of the exponentials; a bump too far away to count is -Infinity. */
function logSum(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  return largest + log(logs.reduce((sum, one) => sum + exp(one - largest), 0));
}
