/**
 * The pieces that every causal model of customers is made of: seeded draws and an intercept that meets a wanted rate.
 *
 * Draws use the project's own exp and log, so customers are the same on every machine.
 */
import type { Random } from '../../base/random.ts';
import { exp, log } from '../../math/exp-log.ts';
import { sigmoid } from '../../math/sigmoid.ts';

/** True with the given probability. */
export const happens = (random: Random, probability: number): boolean => random.uniform() < probability;

/** One of the options, with chances in proportion to the weights. */
export function choose<T>(random: Random, options: readonly T[], weights: readonly number[]): T {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return options[i]!;
  }
  return options[options.length - 1]!;
}

/** A waiting time with the given mean. */
export const waitingTime = (random: Random, mean: number): number => -mean * log(1 - random.uniform());

/** How often a rare thing happened (Poisson), at most `most` times. Knuth's product of uniforms, O(mean). */
export function poisson(random: Random, mean: number, most: number): number {
  const limit = exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit && count < most; product *= random.uniform()) count++;
  return count;
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Rounded to a number of decimals; halves go up. */
export function roundTo(value: number, decimals: number): number {
  let scale = 1;
  for (let i = 0; i < decimals; i++) scale *= 10;
  // Adding 0 turns -0 into 0: a file that keeps the sign would differ from one that doesn't.
  return Math.round(value * scale) / scale + 0;
}

/**
 * The intercept b at which the mean of sigmoid(b + score) is the rate. The mean grows with b, so an interval
 * that holds the answer is kept and Newton's steps are taken inside it. O(steps x rows), about 8 steps.
 */
export function solveIntercept(scores: Float64Array, rate: number): number {
  const wanted = log(rate / (1 - rate));
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    lowest = Math.min(lowest, score);
    highest = Math.max(highest, score);
  }
  // If every score were the highest, this would give the rate: so the answer lies not below it; likewise above.
  let low = wanted - highest;
  let high = wanted - lowest;
  let intercept = (low + high) / 2;
  for (let step = 0; step < 200 && high - low > 1e-12; step++) {
    let sum = 0;
    let slope = 0;
    for (const score of scores) {
      const probability = sigmoid(intercept + score);
      sum += probability;
      slope += probability * (1 - probability);
    }
    const excess = sum - rate * scores.length;
    if (excess > 0) high = intercept;
    else low = intercept;
    const newton = intercept - excess / slope;
    if (Math.abs(newton - intercept) < 1e-12) return newton;
    intercept = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return intercept;
}
