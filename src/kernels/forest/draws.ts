/**
 * The random numbers of a tree: sfc32 (Doty-Humphrey, PractRand) from four seed words, the generator of `base/random.ts`,
 * simple enough to run inside a kernel as well.
 */
import type { SeedWords } from './tree-grower.ts';

/** A whole number in [0, bound), for a bound of at most 2^21. Numbers differ in probability by less than bound / 2^32. */
export type DrawBelow = (bound: number) => number;

export function createDraws(seed: SeedWords): DrawBelow {
  let [a, b, c, counter] = seed;
  return (bound) => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    // The product is exact: 32 bits times 21.
    return Math.floor(((result >>> 0) * bound) / 4294967296);
  };
}
