/**
 * The columns of a table in the memory of the kernels, as `assembly/linear-head.ts` tells: columns of two values as
 * patterns of a byte, the others as doubles brought to one scale. A one-hot table of 43 columns takes 30 bytes a row
 * instead of 344, and what is not copied costs nothing: fresh memory is dearer than the sums over it.
 *
 * A column is `centre + scale * stored`. O(rows x columns).
 */
import { type Ends, endsOf } from './column-ends.ts';
import type { NumberValues } from './logistic-sums.ts';
import { groupPatterns, type PackedByte, type PatternGroup } from './patterns.ts';
import type { Workspace } from './workspace.ts';

export const blockRows = 256;
/** Numbers that a group's table has place for. */
export const patternPlaces = 256;
/** And for four of them, in whose first the sums end up. */
export const gradientPlaces = 4 * patternPlaces;

export interface PackedRows {
  readonly workspace: Workspace;
  readonly head: number;
  readonly rows: number;
  readonly blocks: number;
  readonly columns: number;
  /** Dense columns, the first of ones, filled up to a multiple of 4. */
  readonly width: number;
  /** Which column of the table each dense one is, from the second on. */
  readonly dense: readonly number[];
  readonly groups: readonly PatternGroup[];
  readonly centres: Float64Array;
  readonly scales: Float64Array;
  /** Addresses of what `assembly/linear-head.ts` names. */
  readonly at: Readonly<Record<HeadWord, number>>;
}

const headWords = [
  ...(['dense', 'codes', 'signs', 'weights', 'curvatures', 'slopes', 'tables'] as const),
  ...(['denseGradient', 'patternGradient', 'patternCounts', 'rowNumbers'] as const),
];
export type HeadWord = (typeof headWords)[number];
/** In the head, behind what is told here: places of the second derivatives, and the largest log-odds. */
export const gramWordsAt = 56;
export const largestAt = 80;
const headBytes = 88;

/** Rows of eight columns that are looked at together. */
const stagedRows = 4096;

/** Undefined when a value is missing or infinite, for the caller to say which. */
export function packRows(
  columns: readonly NumberValues[],
  rows: number,
  workspace: Workspace,
): PackedRows | undefined {
  const blocks = Math.ceil(rows / blockRows);
  const stride = blocks * blockRows;
  const ends = columns.map(endsOf);
  const isBit = ends.map((end) => end !== undefined && !Number.isNaN(end.high));
  const bits = columns
    .keys()
    .filter((c) => isBit[c]!)
    .toArray();
  const codes = workspace.take(stride * 2 * Math.ceil(bits.length / 8));
  const packed = packBytes(workspace, stride, columns, ends, bits, codes);
  const groups = groupPatterns(workspace, packed, codes, rows, stride);
  const dense = columns
    .keys()
    .filter((c) => ends[c] === undefined)
    .toArray();
  const width = (1 + dense.length + 3) & ~3;
  const centres = Float64Array.from(columns, (_, c) => ends[c]?.low ?? 0);
  const scales = Float64Array.from(ends, (end) => (end && !Number.isNaN(end.high) ? end.high - end.low : 1));
  const at = placeAll(workspace, { codes, stride, blocks, width, groups });
  const packedRows: PackedRows = {
    ...{ workspace, head: workspace.take(headBytes), rows, blocks, columns: columns.length },
    ...{ width, dense, groups, centres, scales, at },
  };
  const words = [blocks, groups.length, width, ...headWords.map((word) => at[word])];
  const { buffer } = workspace.memory;
  new Uint32Array(buffer, packedRows.head, words.length).set(words);
  new Uint32Array(buffer, at.patternCounts, groups.length).set(groups.map(({ count }) => count));
  const isWhole = copyDense(packedRows, columns);
  return isWhole ? packedRows : undefined;
}

/** Writes the bytes of each eight columns of two values; a column that has a third one loses its ends. */
function packBytes(
  { kernels, memory, take }: Workspace,
  stride: number,
  columns: readonly NumberValues[],
  ends: (Ends | undefined)[],
  bits: readonly number[],
  codes: number,
): PackedByte[] {
  const packed: PackedByte[] = [];
  if (bits.length === 0) return packed;
  const staged = take(8 * 8 * stagedRows);
  const endsAt = take(16 * 8);
  for (let first = 0; first < bits.length; first += 8) {
    const own = bits.slice(first, first + 8);
    const to = codes + 2 * packed.length * stride;
    const both = own.flatMap((c) => [ends[c]!.low, ends[c]!.high]);
    new Float64Array(memory.buffer, endsAt, both.length).set(both);
    let strange = 0;
    for (let from = 0; from < stride; from += stagedRows) {
      const filled = Math.min(stagedRows, stride - from);
      own.forEach((c, bit) => {
        const stage = new Float64Array(memory.buffer, staged + 8 * stagedRows * bit, filled);
        const part = columns[c]!.subarray(from, from + filled);
        stage.set(part);
        stage.fill(ends[c]!.low, part.length);
      });
      strange |= kernels.linearPack(staged, 8 * stagedRows, own.length, filled, endsAt, to + from);
    }
    const isStrange = (bit: number): boolean => ((strange >> bit) & 1) === 1;
    packed.push({ columns: own.map((c, bit) => (isStrange(bit) ? null : c)) });
    own.forEach((c, bit) => {
      if (isStrange(bit)) ends[c] = undefined;
    });
  }
  return packed;
}

interface Layout {
  readonly codes: number;
  readonly stride: number;
  readonly blocks: number;
  readonly width: number;
  readonly groups: readonly PatternGroup[];
}

/** Places of all but the second derivatives, which only tables of few columns ask for. */
function placeAll(
  { take }: Workspace,
  { codes, stride, blocks, width, groups }: Layout,
): Record<HeadWord, number> {
  const doubles = (count: number): number => take(8 * count);
  return {
    codes,
    dense: doubles(blocks * width * blockRows),
    signs: doubles(stride),
    weights: doubles(stride),
    curvatures: doubles(stride),
    slopes: doubles(width),
    tables: doubles(groups.length * patternPlaces),
    denseGradient: doubles(width),
    patternGradient: doubles(groups.length * gradientPlaces),
    patternCounts: take(4 * groups.length),
    rowNumbers: doubles(blockRows),
  };
}

/** Fills in the dense columns, the first with ones; false when a value is missing or infinite. */
function copyDense(
  { workspace, rows, blocks, width, dense, centres, scales, at }: PackedRows,
  columns: readonly NumberValues[],
): boolean {
  const { kernels, memory } = workspace;
  const stored = new Float64Array(memory.buffer, at.dense, blocks * width * blockRows);
  for (let block = 0; block < blocks; block++) {
    const place = block * width * blockRows;
    const filled = place + Math.min(blockRows, rows - block * blockRows);
    stored.fill(1, place, filled).fill(0, filled, place + blockRows);
    stored.fill(0, place + (1 + dense.length) * blockRows, place + width * blockRows);
  }
  return dense.every((c, d) => {
    const values = columns[c]!;
    const { centre, scale, isWhole } = roughMoments(values);
    centres[c] = centre;
    scales[c] = scale;
    for (let block = 0; isWhole && block < blocks; block++) {
      const place = (block * width + 1 + d) * blockRows;
      const count = Math.min(blockRows, rows - block * blockRows);
      stored.set(values.subarray(block * blockRows, block * blockRows + count), place);
      kernels.linearScale(at.dense + 8 * place, count, centre, scale, at.dense + 8 * place);
      stored.fill(0, place + count, place + blockRows);
    }
    return isWhole;
  });
}

/**
 * Mean and spread of a column, good enough to compute with; the exact ones are those of the weights. A missing boolean is
 * below 0. Four sums at a time: one would wait for itself.
 */
function roughMoments(values: NumberValues): { centre: number; scale: number; isWhole: boolean } {
  const isBytes = values instanceof Int8Array;
  const count = values.length;
  const lanesEnd = count - (count % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let row = 0; row < lanesEnd; row += 4) {
    a += values[row]!;
    b += values[row + 1]!;
    c += values[row + 2]!;
    d += values[row + 3]!;
  }
  for (let row = lanesEnd; row < count; row++) a += values[row]!;
  const sum = a + b + (c + d);
  if (!Number.isFinite(sum) || isBytes) {
    if (!values.every((value: number) => Number.isFinite(value) && !(isBytes && value < 0)))
      return { centre: 0, scale: 1, isWhole: false };
  }
  const centre = Number.isFinite(sum) ? sum / count : 0;
  [a, b, c, d] = [0, 0, 0, 0];
  for (let row = 0; row < lanesEnd; row += 4) {
    a += (values[row]! - centre) * (values[row]! - centre);
    b += (values[row + 1]! - centre) * (values[row + 1]! - centre);
    c += (values[row + 2]! - centre) * (values[row + 2]! - centre);
    d += (values[row + 3]! - centre) * (values[row + 3]! - centre);
  }
  const scale = Math.sqrt((a + b + (c + d)) / count);
  return { centre, scale: Number.isFinite(scale) && scale > 0 ? scale : 1, isWhole: true };
}
