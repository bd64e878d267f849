/**
 * The first layer of a network: products of its weights with rows of the table, which are whole, or list their numbers by column, or by
 * pattern of columns (`kernels/mlp/column-patterns.ts`). Of patterns the weights are summed up first, and the gradient is parted after.
 */
import { sumLists } from './matrix-product';
import { multiply, multiplyTransposed } from './matrix-tiles';
import {
  betweenColumns,
  betweenPatterns,
  columnsOfPatterns,
  denseBatch,
  inputs,
  lists,
  patternGradient,
  patterns,
  patternsOfColumns,
  patternWeights,
  word,
} from './mlp-head';
import { gatherRows, isDense, listTableColumns, listTableRows } from './nonzero-lists';

/** to (rows x units) = chosen rows of the table times the weights. */
export function timesTable(
  network: usize,
  table: usize,
  order: usize,
  own: i32,
  weights: usize,
  units: i32,
  to: usize,
): void {
  const rows = (own + 3) & ~3;
  const columns = <i32>word(network, inputs);
  const step = (<usize>units) << 2;
  if (isDense(table)) {
    const batch = word(network, denseBatch);
    gatherRows(table, order, own, columns, batch);
    multiply(rows, columns, units, batch, weights, to);
    return;
  }
  const stride = listTableRows(network + lists, table, order, own, placesOfRow(network), step);
  sumLists(network + lists, rows, stride, byPattern(network, weights, step), step, to);
}

/** to (columns x units) = the same rows transposed times their blame. */
export function gradientOfTable(
  network: usize,
  table: usize,
  order: usize,
  own: i32,
  blame: usize,
  units: i32,
  to: usize,
): void {
  const columns = <i32>word(network, inputs);
  const step = (<usize>units) << 2;
  if (isDense(table)) {
    multiplyTransposed((own + 3) & ~3, columns, units, word(network, denseBatch), blame, to);
    return;
  }
  const places = placesOfRow(network);
  const stride = listTableColumns(network + lists, table, order, own, places, step);
  const isByPattern = word(network, patterns) > 0;
  const sums = isByPattern ? word(network, patternGradient) : to;
  sumLists(network + lists, places, stride, blame, step, sums);
  if (isByPattern)
    sumLists(network + patternsOfColumns, columns, word(network, betweenColumns), sums, step, to);
}

/** How many different places listed rows have: one for each pattern, or for each column. */
function placesOfRow(network: usize): i32 {
  const ofPatterns = <i32>word(network, patterns);
  return ofPatterns > 0 ? ofPatterns : <i32>word(network, inputs);
}

/** What the weights come to for each place. */
function byPattern(network: usize, weights: usize, step: usize): usize {
  const count = <i32>word(network, patterns);
  if (count === 0) return weights;
  const to = word(network, patternWeights);
  sumLists(network + columnsOfPatterns, count, word(network, betweenPatterns), weights, step, to);
  return to;
}
