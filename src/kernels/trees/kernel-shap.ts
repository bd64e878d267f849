/**
 * Exact path-dependent SHAP values of trees with the compiled kernel: those of `tree-shap.ts`, its twin, within a few
 * roundings, and the same bits for a row alone and in a batch.
 *
 * Trees are made ready once. Cost: a few instructions for each row and column of a leaf's way, O(m^2) for m columns of a
 * leaf for each pattern that is met in a block.
 */
import type { Matrix } from '../../math/linear-algebra.ts';
import type { AskedTrees } from './asked-trees.ts';
import { placeImage, workBytes } from './scoring-memory.ts';
import { type ShapImage, shapImages } from './shap-image.ts';
import type { ExplainedTrees, TreeShap } from './tree-shap.ts';

/** What the kernel keeps beside the rows: products of one pattern and answers of one leaf. */
const answerBytes = 2048 + 1024 + 8 * 10 * 1024;
const lanes = 16;
/** More rows at a time would not stay near the processor. */
const mostRows = 2048;

/** Undefined for trees that the kernel does not take (`shap-image.ts`): then the twin does it. */
export function kernelShap(trees: AskedTrees & ExplainedTrees): ((matrix: Matrix) => TreeShap) | undefined {
  const images = shapImages(trees);
  if (!images) return undefined;
  const widest = images.reduce((most, { asked }) => Math.max(most, asked.length), 0);
  // A column has its value, its place and its sum; a row four bytes and two for its pattern.
  const fitting = Math.floor((workBytes - answerBytes) / (17 * widest + 6) / lanes) * lanes;
  if (fitting === 0) return undefined;
  const block = Math.min(fitting, mostRows);
  const base = images.reduce((sum, own) => sum + own.base, 0);
  return (matrix) => {
    const values = new Float64Array(matrix.rows * matrix.columns);
    for (let from = 0; from < matrix.rows; from += block)
      for (const image of images)
        explainBlock(image, matrix, from, Math.min(block, matrix.rows - from), values);
    return { base, values };
  };
}

/** Adds what the trees of an image contribute to the rows of a block. */
function explainBlock(
  { image, asked }: ShapImage,
  { columns, values }: Matrix,
  from: number,
  taken: number,
  explained: Float64Array,
): void {
  const { memory, address } = placeImage(image);
  const { kernels, work, numbers } = memory;
  const stride = Math.ceil(taken / lanes) * lanes;
  const size = stride * asked.length;
  const [given, sums] = [work / 8, work / 8 + size];
  const places = work + 16 * size;
  for (let slot = 0; slot < asked.length; slot++) {
    const to = given + slot * stride;
    for (let row = 0, at = from * columns + asked[slot]!; row < taken; row++, at += columns)
      numbers[to + row] = values[at]!;
  }
  numbers.fill(0, sums, sums + size);
  kernels.shapPlaces(address, work, taken, stride, places);
  kernels.shapAdd(address, places, taken, stride, 8 * sums, places + size);
  for (let slot = 0; slot < asked.length; slot++) {
    const of = sums + slot * stride;
    for (let row = 0, at = from * columns + asked[slot]!; row < taken; row++, at += columns)
      explained[at]! += numbers[of + row]!;
  }
}
