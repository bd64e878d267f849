/** From sums by pattern to sums by column: what the kernel counts, put together. */
import { type PackedRows, patternPlaces } from './packed-rows.ts';
import type { PatternGroup } from './patterns.ts';

/** Places of the second derivatives that the kernel makes. */
export interface GramPlaces {
  readonly denseGram: number;
  readonly mixedGram: number;
  readonly pairGram: number;
}

/** Adds the numbers of a group's patterns to the columns that they have. O(patterns x columns of a pattern). */
export function addByColumn(
  { count, starts, members }: PatternGroup,
  numbers: Float64Array,
  to: Float64Array,
): void {
  for (let pattern = 0; pattern < count; pattern++)
    for (let m = starts[pattern]!; m < starts[pattern + 1]!; m++) to[members[m]!]! += numbers[pattern]!;
}

/**
 * The sums of products of stored columns (the last one all ones), from the kernel's three parts: of a matrix of `size` by
 * `size`, with the ones, the lower triangle.
 */
export function productsOf(rows: PackedRows, places: GramPlaces, size: number): Float64Array {
  const { workspace, width, dense, groups } = rows;
  const { buffer } = workspace.memory;
  const products = new Float64Array(size * size);
  const denseNumbers = Int32Array.of(size - 1, ...dense);
  addDense(new Float64Array(buffer, places.denseGram, width * width), denseNumbers, width, products, size);
  const room = patternPlaces * width;
  groups.forEach((group, g) => {
    const mixed = new Float64Array(buffer, places.mixedGram + 8 * g * room, room);
    addMixed(group, mixed, denseNumbers, width, products, size);
  });
  const widest = groups.reduce((most, { count }) => Math.max(most, count), 0);
  const byColumn = new Float64Array(size * widest);
  let from = places.pairGram;
  groups.forEach((group, g) => {
    for (const other of groups.slice(0, g)) {
      const pairs = new Float64Array(buffer, from, group.count * other.count);
      addPairs(group, other, pairs, products, size, byColumn);
      from += pairs.byteLength;
    }
  });
  return products;
}

function addDense(
  gram: Float64Array,
  numbers: Int32Array,
  width: number,
  products: Float64Array,
  size: number,
): void {
  for (let i = 0; i < numbers.length; i++)
    for (let j = 0; j <= i; j++) {
      const [a, b] = [numbers[i]!, numbers[j]!];
      products[Math.max(a, b) * size + Math.min(a, b)] = gram[i * width + j]!;
    }
}

/** Patterns by dense columns; with the first of those, the ones, also the columns of one pattern by each other. */
function addMixed(
  { count, starts, members }: PatternGroup,
  mixed: Float64Array,
  numbers: Int32Array,
  width: number,
  products: Float64Array,
  size: number,
): void {
  for (let pattern = 0; pattern < count; pattern++) {
    const start = starts[pattern]!;
    const from = pattern * width;
    for (let m = start; m < starts[pattern + 1]!; m++) {
      const a = members[m]!;
      for (let d = 0; d < numbers.length; d++) {
        const b = numbers[d]!;
        products[a > b ? a * size + b : b * size + a]! += mixed[from + d]!;
      }
      for (let k = start; k <= m; k++) products[a * size + members[k]!]! += mixed[from]!;
    }
  }
}

/** First the patterns of one group become its columns, then those of the other, whose columns stand before. */
function addPairs(
  group: PatternGroup,
  other: PatternGroup,
  pairs: Float64Array,
  products: Float64Array,
  size: number,
  byColumn: Float64Array,
): void {
  const width = other.count;
  const first = group.columns[0]!;
  byColumn.fill(0, 0, (group.columns.at(-1)! - first + 1) * width);
  for (let pattern = 0; pattern < group.count; pattern++)
    for (let m = group.starts[pattern]!; m < group.starts[pattern + 1]!; m++) {
      const to = (group.members[m]! - first) * width;
      const from = pattern * width;
      for (let q = 0; q < width; q++) byColumn[to + q]! += pairs[from + q]!;
    }
  for (const column of group.columns) {
    const from = (column - first) * width;
    const to = column * size;
    for (let q = 0; q < width; q++)
      for (let m = other.starts[q]!; m < other.starts[q + 1]!; m++)
        products[to + other.members[m]!]! += byColumn[from + q]!;
  }
}
