/**
 * Features of few bins that share a byte of a record.
 *
 * A row's code in a bundle tells its bin in each of the bundle's features: code = sum of bin x stride, strides growing by what
 * the features before can be (mixed radix). Rows are then counted once a bundle instead of once a feature, records are
 * shorter, and the bins of one feature are sums over the codes of its bundle. Nothing is rounded: the same sums.
 * Source of the idea: Ke et al. 2017, LightGBM (exclusive feature bundling, which needs features that exclude each other).
 */
import type { BinnedFeatures } from './binned-features.ts';

export interface Bundles {
  /** Bundle-major: the code of row r in bundle b is `codes[b * rows + r]`. */
  readonly codes: Uint8Array;
  /** How many codes each bundle may have. */
  readonly sizes: Int32Array;
  /** Of each feature: its bundle, the stride of its bins in the code, and how many bins it may have, that of missing values included. */
  readonly bundleOf: Int32Array;
  readonly strideOf: Int32Array;
  readonly radixOf: Int32Array;
}

/** What a byte tells. */
const mostCodes = 256;

/** Each node is taken from codes to bins: it must have rows enough to pay for it. Measured on telco, best at 8 of 4 to 32. */
const rowsACode = 8;
export const codesThatPay = (rows: number, leaves: number): number => Math.floor(rows / (rowsACode * leaves));

/**
 * Bundles of at most so many codes; a feature of more bins stands alone. First the features of many bins, each into the fullest
 * bundle that has room. O(rows x features + features^2).
 */
export function bundleFeatures({ rows, features, bins, binCounts }: BinnedFeatures, most: number): Bundles {
  const sizes: number[] = [];
  const bundleOf = new Int32Array(features);
  const strideOf = new Int32Array(features);
  const binsOf = (feature: number): Uint8Array => bins.subarray(feature * rows, (feature + 1) * rows);
  const radixOf = binCounts.map((count, feature) => {
    // Alone a feature keeps the place of missing values; in a bundle it would cost codes where nothing is missing.
    const isAlone = 2 * count > Math.min(most, mostCodes);
    return isAlone || binsOf(feature).includes(count) ? count + 1 : count;
  });
  const order = Array.from(radixOf.keys()).sort((a, b) => radixOf[b]! - radixOf[a]! || a - b);
  for (const feature of order) {
    const radix = radixOf[feature]!;
    let bundle = -1;
    sizes.forEach((size, b) => {
      if (size * radix <= Math.min(most, mostCodes) && size > (sizes[bundle] ?? 0)) bundle = b;
    });
    if (bundle < 0) bundle = sizes.push(1) - 1;
    bundleOf[feature] = bundle;
    strideOf[feature] = sizes[bundle]!;
    sizes[bundle]! *= radix;
  }
  // Alone after all: as above.
  bundleOf.forEach((bundle, feature) => {
    if (bundleOf.indexOf(bundle) !== bundleOf.lastIndexOf(bundle)) return;
    radixOf[feature] = binCounts[feature]! + 1;
    sizes[bundle] = radixOf[feature]!;
  });
  const codes = new Uint8Array(rows * sizes.length);
  bundleOf.forEach((bundle, feature) => {
    addCodes(binsOf(feature), strideOf[feature]!, codes.subarray(bundle * rows, (bundle + 1) * rows));
  });
  return { codes, sizes: Int32Array.from(sizes), bundleOf, strideOf, radixOf };
}

function addCodes(bins: Uint8Array, stride: number, codes: Uint8Array): void {
  for (let row = 0; row < bins.length; row++) codes[row]! += bins[row]! * stride;
}
