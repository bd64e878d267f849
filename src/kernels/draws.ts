/**
 * The random numbers of a tree: sfc32 (Doty-Humphrey, PractRand) from four seed words, the generator of `base/random.ts`,
 * simple enough to run inside a kernel as well.
 */
import type { Random } from '../base/random.ts';

/** Four whole numbers below 2^32 that decide all draws. */
export type SeedWords = readonly [number, number, number, number];

/** The next four words of a stream. */
export const seedWords = (random: Random): SeedWords => [
  random.uint32(),
  random.uint32(),
  random.uint32(),
  random.uint32(),
];

/** A whole number in [0, bound), for a bound of at most 2^21. Numbers differ in probability by less than bound / 2^32. */
export type DrawBelow = (bound: number) => number;

export function createDraws(seed: SeedWords): DrawBelow {
  const draw = createWords(seed);
  // The product is exact: 32 bits times 21.
  return (bound) => Math.floor((draw() * bound) / 4294967296);
}

/**
 * `wanted` of `count` places, drawn without repetition: a 1 for each drawn. Each is taken with the probability
 * wanted / left (Knuth's algorithm S); 32 bits decide, which for millions of places is even enough. Both at most 2^21. O(count).
 */
export function drawShare(seed: SeedWords, count: number, wanted: number): Uint8Array {
  const draw = createWords(seed);
  let left = wanted;
  return Uint8Array.from({ length: count }, (_, place) => {
    if (draw() * (count - place) >= left * 4294967296) return 0;
    left--;
    return 1;
  });
}

/** Whole numbers below 2^32. */
function createWords(seed: SeedWords): () => number {
  let [a, b, c, counter] = seed;
  return () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
}
