/**
 * Draws of typical customers whose columns are independent: for each draw and column a row of the table of typical values.
 *
 * Of every `typical.rowCount` draws each column takes each of its typical values once (a Latin hypercube), so that a few
 * draws already have the right mean in every column. Source: McKay, Beckman & Conover 1979.
 */
import type { Random } from '../base/random.ts';

/** `draws[c][d]`: the row of typical values that column c takes in draw d. */
export function drawTypical(
  columns: number,
  typicalRows: number,
  draws: number,
  random: Random,
): Int32Array[] {
  return Array.from({ length: columns }, (_, column) => {
    const stream = random.fork('column', column);
    const drawn = new Int32Array(draws);
    for (let from = 0; from < draws; from += typicalRows) {
      const order = stream.shuffle(Int32Array.from({ length: typicalRows }, (_, row) => row));
      drawn.set(order.subarray(0, Math.min(typicalRows, draws - from)), from);
    }
    return drawn;
  });
}
