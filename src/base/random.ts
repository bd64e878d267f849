/**
 * Seeded random numbers that fork by name.
 *
 * A stream is decided by its path alone (`42/split`, `42/forest/tree:3`), never by how much another stream
 * has drawn: so results don't depend on worker timing. The generator is sfc32 (Doty-Humphrey, PractRand),
 * its 128-bit state filled from the path by a MurmurHash3-style mixer.
 */
export interface Random {
  /** What decides the stream; `randomAt(path)` makes the same stream in another thread. */
  readonly path: string;
  /** An independent stream named under this one. */
  fork(name: string, index?: number): Random;
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, bound), without bias. `bound` at most 2^32. */
  integer(bound: number): number;
  /** A standard normal number (Marsaglia's polar method). */
  normal(): number;
  /** Shuffles the array in place (Fisher-Yates) and returns it. */
  shuffle<T extends Int32Array | Uint32Array | Float64Array | unknown[]>(items: T): T;
}

/** The root stream of a seed. */
export const createRandom = (seed: number): Random => randomAt(String(seed));

/** The stream at a path, as `random.path` gave it. */
export function randomAt(path: string): Random {
  let [a, b, c, counter] = hash128(path);
  let spare = Number.NaN;

  const uint32 = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  // The first words still resemble the seed; twelve rounds mix it well (PractRand's own seeding does as many).
  for (let round = 0; round < 12; round++) uint32();

  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  /** The draws of `integer` with the state at hand and in whole words: a third of the time, and a network shuffles its rows each epoch. */
  const shuffleNumbers = (items: Int32Array): void => {
    let [a0, b0, c0, count] = [a, b, c, counter];
    for (let i = items.length - 1; i > 0; i--) {
      const bound = i + 1;
      let j = 0;
      let isFair = false;
      while (!isFair) {
        const value = (((a0 + b0) | 0) + count) | 0;
        count = (count + 1) | 0;
        a0 = b0 ^ (b0 >>> 9);
        b0 = (c0 + (c0 << 3)) | 0;
        c0 = (((c0 << 21) | (c0 >>> 11)) + value) | 0;
        j = ((value >>> 0) % (bound >>> 0)) | 0;
        // All of the values that share the quotient are below 2^32.
        isFair = (value - j) >>> 0 <= -bound >>> 0;
      }
      const kept = items[i]!;
      items[i] = items[j]!;
      items[j] = kept;
    }
    [a, b, c, counter] = [a0, b0, c0, count];
  };
  const integer = (bound: number): number => {
    // Nearly every draw is far from the end, where no division has to say whether it is fair. Whole words are divided
    // several times as fast as doubles.
    const word = bound >>> 0;
    const surelyFair = 4294967296 - bound;
    for (;;) {
      const value = uint32();
      if (value < surelyFair || value < 4294967296 - (4294967296 % bound))
        return word === bound ? value % word : value % bound;
    }
  };

  return {
    path,
    fork: (name, index) => randomAt(index === undefined ? `${path}/${name}` : `${path}/${name}:${index}`),
    uint32,
    uniform,
    integer,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const square = x * x + y * y;
        if (square > 0 && square < 1) {
          const factor = Math.sqrt((-2 * naturalLog(square)) / square);
          spare = y * factor;
          return x * factor;
        }
      }
    },
    shuffle(items) {
      if (items instanceof Int32Array) {
        shuffleNumbers(items);
        return items;
      }
      const list = items as unknown[];
      for (let i = list.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = list[i];
        list[i] = list[j];
        list[j] = kept;
      }
      return items;
    },
  };
}

/**
 * ln(x) for x in (0, 1], by the atanh series: the same bits on every machine. `math` has the general one,
 * but `base` comes before it.
 */
function naturalLog(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n + square * sum;
  return 2 * s * sum + exponent * Math.LN2;
}

/** Four 32-bit words from a text, each over all its characters. */
function hash128(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];
  for (let w = 0; w < 4; w++) {
    let hash = words[w]! ^ text.length;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0xcc9e2d51);
      hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    words[w] = hash ^ (hash >>> 16);
  }
  return words;
}
