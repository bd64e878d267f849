/**
 * Draws rows: some without repeats, or as many as there are with repeats (bootstrap).
 *
 * The stream given decides the rows: the same stream gives the same rows on every machine.
 * References: Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S; Bentley and Floyd (1987); Efron (1979).
 */
import { ParamError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';

/** `count` different positions of 0 to size - 1 in ascending order; every choice is equally likely. O(min(size, count log count)). */
export function sampleWithoutReplacement(random: Random, size: number, count: number): Uint32Array {
  if (!(count >= 0 && count <= size && Number.isInteger(count)))
    throw new ParamError(
      'param.value',
      `sample: count must be a whole number from 0 to ${size}, got ${count}`,
      { who: 'sample', param: 'count' },
    );
  return count * 16 < size ? sparseSample(random, size, count) : denseSample(random, size, count);
}

/** How often each of `size` rows comes up in `size` draws with repeats; the counts add up to `size`. */
export function bootstrapCounts(random: Random, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (let draw = 0; draw < size; draw++) counts[random.integer(size)]!++;
  return counts;
}

/** Floyd: step j takes a position up to j, or j itself when that one is taken. */
function sparseSample(random: Random, size: number, count: number): Uint32Array {
  const taken = new Set<number>();
  for (let j = size - count; j < size; j++) {
    const position = random.integer(j + 1);
    taken.add(taken.has(position) ? j : position);
  }
  return Uint32Array.from(taken).sort();
}

/** Knuth: each position is taken with the probability wanted / left. */
function denseSample(random: Random, size: number, count: number): Uint32Array {
  const sample = new Uint32Array(count);
  let found = 0;
  for (let position = 0; found < count; position++)
    if (random.integer(size - position) < count - found) sample[found++] = position;
  return sample;
}
