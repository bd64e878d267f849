/**
 * Features as bins: each value replaced by the number of a small range of values, so that a cut is found by
 * adding up a few hundred sums instead of sorting rows.
 *
 * Up to `mostBins` distinct numbers have a bin each, with edges halfway between them; more share bins of about equal
 * weight (edges at the quantiles k / mostBins, as scikit-learn's boosting). A number belongs to the first bin whose
 * edge it does not exceed. A level of a category is its own bin. Missing values have the bin behind the last.
 */
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import { argsort } from '../../math/ranks.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { BoostedFeature } from './features.ts';

/** The most bins that a byte can number, one being kept for missing values. */
export const mostBinsOfAll = 255;

/** Bins learned from `learnedFrom` and filled for all rows of the matrix. O(columns x rows x log bins). */
export function binFeatures(
  matrix: Matrix,
  features: readonly BoostedFeature[],
  weights: Float64Array,
  learnedFrom: Int32Array,
  mostBins: number,
): BinnedFeatures {
  const { rows, columns, values } = matrix;
  const bins = new Uint8Array(rows * columns);
  const binCounts = new Int32Array(columns);
  const offsets = new Int32Array(columns + 1);
  const hasMissing = new Uint8Array(columns);
  const edges = features.map(({ levels }, f) => {
    const own = levels ? new Float64Array(0) : binEdges(matrix, f, weights, learnedFrom, mostBins);
    binCounts[f] = levels ? levels.length : own.length + 1;
    offsets[f + 1] = offsets[f]! + binCounts[f]! + 1;
    for (let row = 0, at = f; row < rows; row++, at += columns) {
      const value = values[at]!;
      bins[f * rows + row] = Number.isNaN(value) ? binCounts[f]! : levels ? value : binOf(own, value);
    }
    hasMissing[f] = learnedFrom.some((row) => bins[f * rows + row] === binCounts[f]) ? 1 : 0;
    return own;
  });
  const isCategory = Uint8Array.from(features, ({ levels }) => (levels ? 1 : 0));
  return { rows, features: columns, bins, binCounts, offsets, edges, isCategory, hasMissing };
}

function binEdges(
  { columns, values }: Matrix,
  feature: number,
  weights: Float64Array,
  rows: Int32Array,
  mostBins: number,
): Float64Array {
  const present = rows.filter((row) => !Number.isNaN(values[row * columns + feature]!));
  const order = argsort(Float64Array.from(present, (row) => values[row * columns + feature]!));
  const distinct: number[] = [];
  const weightOf: number[] = [];
  for (const place of order) {
    const row = present[place]!;
    const value = values[row * columns + feature]!;
    if (distinct.length === 0 || value !== distinct.at(-1)) {
      distinct.push(value);
      weightOf.push(0);
    }
    weightOf[weightOf.length - 1]! += weights[row]!;
  }
  if (distinct.length <= mostBins)
    return Float64Array.from(distinct.slice(1), (high, i) => between(distinct[i]!, high));
  return quantileEdges(distinct, weightOf, mostBins);
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

/** The first bin whose edge the value does not exceed; the last has none. */
function binOf(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
