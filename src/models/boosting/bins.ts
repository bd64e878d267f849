/**
 * Features as bins: each value replaced by the number of a small range of values, so that a cut is found by
 * adding up a few hundred sums instead of sorting rows.
 *
 * Up to `mostBins` distinct numbers have a bin each, with edges halfway between them; more share bins of about equal
 * weight (edges at the quantiles k / mostBins, as scikit-learn's boosting). A number belongs to the first bin whose
 * edge it does not exceed. A level of a category is its own bin. Missing values have the bin behind the last.
 * Of more than 32,768 rows as many, spread evenly, tell the edges.
 */
import type { ColumnBinner } from '../../kernels/bins/column-binner.ts';
import { withKernelBinner } from '../../kernels/bins/kernel-binner.ts';
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import { argsort } from '../../math/ranks.ts';
import { type BoostedFeature, isCategory } from './features.ts';

/** The most bins that a byte can number, one being kept for missing values. */
export const mostBinsOfAll = 255;

/** Rows that tell the edges: each quantile then is one of 129 rows. */
const MOST_TELLING = 32_768;

/** Bins learned from `learnedFrom` and filled for all rows of the columns. O(columns x rows x log bins). */
export function binFeatures(
  columns: readonly Float64Array[],
  features: readonly BoostedFeature[],
  weights: Float64Array,
  learnedFrom: Int32Array,
  mostBins: number,
): BinnedFeatures {
  const rows = weights.length;
  const width = features.length;
  const bins = new Uint8Array(rows * width);
  const binCounts = new Int32Array(width);
  const offsets = new Int32Array(width + 1);
  const hasMissing = new Uint8Array(width);
  const telling = spread(learnedFrom, MOST_TELLING);
  const isEven = telling.every((row) => weights[row] === weights[telling[0]!]);
  const edges = withKernelBinner(rows, (binner) =>
    features.map((feature, f) => {
      const values = columns[f]!;
      const levels = isCategory(feature) ? feature.levels : null;
      const own = levels
        ? new Float64Array(0)
        : isEven
          ? evenEdges(binner, values, telling, mostBins)
          : weightedEdges(values, weights, telling, mostBins);
      const missingBin = levels ? levels.length : own.length + 1;
      const filled = bins.subarray(f * rows, (f + 1) * rows);
      if (levels)
        for (let row = 0; row < rows; row++) filled[row] = values[row]! >= 0 ? values[row]! : missingBin;
      else binner.place(values, own, missingBin, filled);
      binCounts[f] = missingBin;
      offsets[f + 1] = offsets[f]! + missingBin + 1;
      for (const row of learnedFrom) if (filled[row] === missingBin) hasMissing[f] = 1;
      return own;
    }),
  );
  const areCategories = Uint8Array.from(features, (feature) => (isCategory(feature) ? 1 : 0));
  return { rows, features: width, bins, binCounts, offsets, edges, isCategory: areCategories, hasMissing };
}

/** At most so many rows: one of each of as many equal stretches, where in it by the golden ratio, so that no period shows. */
function spread(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  const golden = (Math.sqrt(5) - 1) / 2;
  return Int32Array.from({ length: most }, (_, i) => {
    const within = (i * golden) % 1;
    return rows[Math.floor(((i + within) * rows.length) / most)]!;
  });
}

/** Where every row weighs the same. */
function evenEdges(
  binner: ColumnBinner,
  values: Float64Array,
  rows: Int32Array,
  mostBins: number,
): Float64Array {
  const telling = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) telling[i] = values[rows[i]!]!;
  const few = binner.few(telling);
  if (few && few.length <= mostBins) return halfway(few);
  const present = binner.sorted(telling);
  const count = present.length;
  const distinct = fewDistinct(present, mostBins);
  if (distinct) return halfway(distinct);
  const edges: number[] = [];
  for (let k = 1; k < mostBins; k++) {
    const wanted = (count * k) / mostBins;
    const value = present[Math.ceil(wanted) - 1]!;
    let below = Math.ceil(wanted);
    while (below < count && present[below] === value) below++;
    if (below === count) break;
    const edge = below === wanted ? between(value, present[below]!) : value;
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** The distinct numbers of sorted ones, unless they are more than so many. */
function fewDistinct(sorted: Float64Array, most: number): number[] | undefined {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct.length === most) return undefined;
    distinct.push(sorted[i]!);
  }
  return distinct;
}

const halfway = (distinct: readonly number[] | Float64Array): Float64Array =>
  Float64Array.from(distinct.slice(1), (high, i) => between(distinct[i]!, high));

function weightedEdges(
  values: Float64Array,
  weights: Float64Array,
  rows: Int32Array,
  mostBins: number,
): Float64Array {
  const present = rows.filter((row) => !Number.isNaN(values[row]!));
  const order = argsort(Float64Array.from(present, (row) => values[row]!));
  const distinct: number[] = [];
  const weightOf: number[] = [];
  for (const place of order) {
    const row = present[place]!;
    const value = values[row]!;
    if (distinct.length === 0 || value !== distinct.at(-1)) {
      distinct.push(value);
      weightOf.push(0);
    }
    weightOf[weightOf.length - 1]! += weights[row]!;
  }
  return distinct.length <= mostBins ? halfway(distinct) : quantileEdges(distinct, weightOf, mostBins);
}

/** A number that is at least the lower and below the upper one: their middle where there is one. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle < high && middle >= low ? middle : low;
}

/** The quantiles k / mostBins of weighted values; where the weight below is met exactly, halfway to the next value. */
function quantileEdges(
  distinct: readonly number[],
  weights: readonly number[],
  mostBins: number,
): Float64Array {
  let total = 0;
  for (const weight of weights) total += weight;
  const edges: number[] = [];
  let place = 0;
  let below = weights[0]!;
  for (let k = 1; k < mostBins; k++) {
    const wanted = (total * k) / mostBins;
    while (below < wanted && place + 1 < distinct.length) below += weights[++place]!;
    if (place + 1 === distinct.length) break;
    const edge = below === wanted ? between(distinct[place]!, distinct[place + 1]!) : distinct[place]!;
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge);
  }
  return Float64Array.from(edges);
}
