/**
 * Additive parts after their sum went through a map to another scale: all parts of a row are stretched alike.
 *
 * part x (g(score) - g(base)) / (score - base): which part is larger, and its sign where g rises, stay as they were, and
 * the parts add up again. Where g leaves a row where the average is, all its parts are 0. O(rows x columns).
 * Source: the rescale rule of Chen, Lundberg & Lee 2022, "Explaining a series of models by propagating Shapley values".
 */
import type { Contributions } from '../../learn/definition.ts';

/** A sum this small beside its parts is rounding: the row stands at the average. */
const ROUNDING = 1e-12;

export function rescaled(
  { base, columns, values }: Contributions,
  link: Contributions['link'],
  mapped: (scale: number) => number,
): Contributions {
  const width = columns.length;
  const rows = width === 0 ? 0 : values.length / width;
  const newBase = mapped(base);
  const parts = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let size = 0;
    for (let at = row * width; at < (row + 1) * width; at++) {
      sum += values[at]!;
      size += Math.abs(values[at]!);
    }
    if (Math.abs(sum) <= ROUNDING * size) continue;
    const stretch = (mapped(base + sum) - newBase) / sum;
    for (let at = row * width; at < (row + 1) * width; at++) parts[at] = stretch * values[at]!;
  }
  return { link, base: newBase, columns, values: parts };
}
