/**
 * The order of numbers and their places in it.
 *
 * `argsort` gives the positions from the smallest number to the largest: equal numbers keep their order (stable), -0 equals
 * 0, NaN comes last. `midranks` gives each number its place from 1; equal numbers share the mean of their places; NaN
 * has no place (NaN) and takes none.
 * Cost O(n): a radix sort over the bytes of the numbers; bytes that all numbers share cost nothing, so whole numbers sort
 * faster. 24 bytes a number while it runs.
 * Reference: numpy.argsort(kind='stable'), scipy.stats.rankdata(method='average').
 */
import { HIGH_WORD, LOW_WORD } from './float-bits.ts';

/** Positions of the numbers in ascending order. */
export function argsort(values: Float64Array): Uint32Array {
  const count = values.length;
  let from = { order: new Uint32Array(count), high: new Uint32Array(count), low: new Uint32Array(count) };
  let to = { order: new Uint32Array(count), high: new Uint32Array(count), low: new Uint32Array(count) };
  const histograms = fillKeys(values, from);
  for (let byte = 0; byte < 8; byte++) {
    const starts = histograms.subarray(byte * 256, byte * 256 + 256);
    if (!countsToStarts(starts, count)) continue;
    scatter(from, to, starts, byte);
    [from, to] = [to, from];
  }
  return from.order;
}

/** Places from 1, shared by equal numbers. */
export function midranks(values: Float64Array): Float64Array {
  const order = argsort(values);
  const ranks = new Float64Array(values.length);
  let start = 0;
  while (start < order.length) {
    const value = values[order[start]!]!;
    let end = start + 1;
    while (end < order.length && values[order[end]!] === value) end++;
    const rank = Number.isNaN(value) ? Number.NaN : (start + 1 + end) / 2;
    for (let i = start; i < end; i++) ranks[order[i]!] = rank;
    start = end;
  }
  return ranks;
}

interface Keys {
  readonly order: Uint32Array;
  /** Upper and lower half of a whole number that sorts like the double. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** Writes keys and the order as it stands; returns how often each byte value occurs at each of the eight places. */
function fillKeys(values: Float64Array, keys: Keys): Uint32Array {
  const histograms = new Uint32Array(8 * 256);
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Adding 0 turns -0 into 0.
    float[0] = value + 0;
    let high = words[HIGH_WORD]!;
    let low = words[LOW_WORD]!;
    if (Number.isNaN(value)) {
      high = low = 0xffffffff;
    } else if (high >>> 31 === 1) {
      // Negative doubles grow with their bits: turning all bits reverses them and puts them first.
      high = ~high >>> 0;
      low = ~low >>> 0;
    } else {
      high = (high | 0x80000000) >>> 0;
    }
    keys.order[i] = i;
    keys.high[i] = high;
    keys.low[i] = low;
    for (let byte = 0; byte < 4; byte++) {
      histograms[byte * 256 + ((low >>> (8 * byte)) & 255)]!++;
      histograms[(byte + 4) * 256 + ((high >>> (8 * byte)) & 255)]!++;
    }
  }
  return histograms;
}

/** Counts become start positions; false when one value has them all, so that nothing needs to move. */
function countsToStarts(counts: Uint32Array, total: number): boolean {
  let start = 0;
  for (let value = 0; value < 256; value++) {
    const count = counts[value]!;
    if (count === total) return false;
    counts[value] = start;
    start += count;
  }
  return true;
}

/** Moves every key to its place by one byte, keeping the order of equal bytes. */
function scatter(from: Keys, to: Keys, starts: Uint32Array, byte: number): void {
  const digits = byte < 4 ? from.low : from.high;
  const shift = 8 * (byte & 3);
  for (let i = 0; i < digits.length; i++) {
    const place = starts[(digits[i]! >>> shift) & 255]!++;
    to.order[place] = from.order[i]!;
    to.high[place] = from.high[i]!;
    to.low[place] = from.low[i]!;
  }
}
