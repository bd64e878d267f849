/**
 * Numbers of a matrix that are not 0, listed by row or by column: one-hot columns are mostly 0, half of the units are at rest,
 * and so is half of the blame.
 *
 * A list has its numbers in one place and, as far behind, for each the byte offset of the row of another matrix that it
 * multiplies. Lists begin `stride` bytes after each other, which each of these functions gives back; a room of four
 * numbers more than can be listed lets four be written at a time. `rows` is a multiple of 4.
 */

// Words that the host fills in: where each list ends; numbers; how far behind their offsets are; room to turn columns in.
const ends: usize = 0;
const numbers: usize = 4;
const toOffsets: usize = 8;
const turned: usize = 12;
// Words of a table whose numbers are listed once for all: where each row begins, in numbers; numbers; their columns. Of a dense table the
// first is 0, and the second where its rows are, padded.
const rowStarts: usize = 0;
const tableNumbers: usize = 4;
const tableColumns: usize = 8;

/** For each pattern of four lanes, the bytes that bring those lanes to the front. */
const toFront = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  4, 5, 6, 7, 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 12, 13, 14, 15, 4, 5, 6, 7, 8, 9, 10, 11,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 8, 9, 10, 11,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 4, 5, 6, 7,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
]);

/** Where the first list begins. */
export function firstOf(lists: usize): usize {
  return load<usize>(lists, numbers);
}

export function offsetsBehind(lists: usize): usize {
  return load<usize>(lists, toOffsets);
}

/** Where the end of the first list is told, those of the others after it. */
export function endsOf(lists: usize): usize {
  return load<usize>(lists, ends);
}

/** The rows of a matrix `inner` wide; the other matrix has rows of `step` bytes. */
export function listRows(lists: usize, from: usize, rows: i32, inner: i32, step: usize): usize {
  const row = (<usize>inner) << 2;
  const stride = row + 16;
  let end = endsOf(lists);
  let at = firstOf(lists);
  for (let i = 0; i < rows; i++, from += row, at += stride, end += 4)
    store<usize>(end, listOne(from, row, step, at, offsetsBehind(lists)));
  return stride;
}

/** Its columns. */
export function listColumns(lists: usize, from: usize, rows: i32, inner: i32, step: usize): usize {
  const column = (<usize>rows) << 2;
  const stride = column + 16;
  const four = load<usize>(lists, turned);
  let end = endsOf(lists);
  let at = firstOf(lists);
  for (let k = 0; k < inner; k += 4, from += 16) {
    turnFour(from, (<usize>inner) << 2, rows, four, column);
    for (let own: usize = 0; own < 4; own++, at += stride, end += 4)
      store<usize>(end, listOne(four + own * column, column, step, at, offsetsBehind(lists)));
  }
  return stride;
}

export function isDense(table: usize): bool {
  return load<usize>(table, rowStarts) === 0;
}

/** Copies chosen rows of a dense table together, `inner` numbers each; rows up to a multiple of 4 are 0. */
export function gatherRows(table: usize, order: usize, rows: i32, inner: i32, to: usize): void {
  const row = (<usize>inner) << 2;
  const from = load<usize>(table, tableNumbers);
  for (let i = 0; i < rows; i++, to += row)
    memory.copy(to, from + load<usize>(order + ((<usize>i) << 2)) * row, row);
  memory.fill(to, 0, <usize>(((rows + 3) & ~3) - rows) * row);
}

/** Chosen rows of a table; of rows that only fill up, nothing. */
export function listTableRows(
  lists: usize,
  table: usize,
  order: usize,
  rows: i32,
  inner: i32,
  step: usize,
): usize {
  const padded = (rows + 3) & ~3;
  const stride = ((<usize>inner) << 2) + 16;
  const starts = load<usize>(table, rowStarts);
  const behind = offsetsBehind(lists);
  const steps = i32x4.splat(<i32>step);
  let end = endsOf(lists);
  let at = firstOf(lists);
  for (let i = 0; i < padded; i++, at += stride, end += 4) {
    let bytes: usize = 0;
    if (i < rows) {
      const start = starts + (load<usize>(order + ((<usize>i) << 2)) << 2);
      const first = load<usize>(start) << 2;
      bytes = (load<usize>(start, 4) << 2) - first;
      const own = load<usize>(table, tableNumbers) + first;
      const columns = load<usize>(table, tableColumns) + first;
      for (let place: usize = 0; place < bytes; place += 16) {
        v128.store(at + place, v128.load(own + place));
        v128.store(at + behind + place, i32x4.mul(v128.load(columns + place), steps));
      }
    }
    store<usize>(end, at + bytes);
  }
  return stride;
}

/** The columns of chosen rows of a table. */
export function listTableColumns(
  lists: usize,
  table: usize,
  order: usize,
  rows: i32,
  inner: i32,
  step: usize,
): usize {
  const stride = (((<usize>rows + 3) & ~3) << 2) + 16;
  const starts = load<usize>(table, rowStarts);
  const toColumns = load<usize>(table, tableColumns) - load<usize>(table, tableNumbers);
  const behind = offsetsBehind(lists);
  const allEnds = endsOf(lists);
  let first = firstOf(lists);
  for (let k: usize = 0; k < <usize>inner; k++, first += stride) store<usize>(allEnds + (k << 2), first);
  let offset: usize = 0;
  for (let i = 0; i < rows; i++, offset += step) {
    const start = starts + (load<usize>(order + ((<usize>i) << 2)) << 2);
    let own = load<usize>(table, tableNumbers) + (load<usize>(start) << 2);
    const last = load<usize>(table, tableNumbers) + (load<usize>(start, 4) << 2);
    for (; own < last; own += 4) {
      const end = allEnds + (load<usize>(own + toColumns) << 2);
      const at = load<usize>(end);
      store<f32>(at, load<f32>(own));
      store<usize>(at + behind, offset);
      store<usize>(end, at + 4);
    }
  }
  return stride;
}

/** Columns become rows; both counts are multiples of 4. */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  const toRow = (<usize>rows) << 2;
  for (let c = 0; c < columns; c += 4, from += 16, to += 4 * toRow)
    turnFour(from, (<usize>columns) << 2, rows, to, toRow);
}

/** Four columns become four rows. */
function turnFour(from: usize, row: usize, rows: i32, to: usize, toRow: usize): void {
  for (let i = 0; i < rows; i += 4, to += 16) {
    const r0 = v128.load(from);
    const r1 = v128.load(from + row);
    const r2 = v128.load(from + 2 * row);
    const r3 = v128.load(from + 3 * row);
    const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store(to + toRow, v128.shuffle<i64>(low01, low23, 1, 3));
    v128.store(to + 2 * toRow, v128.shuffle<i64>(high01, high23, 0, 2));
    v128.store(to + 3 * toRow, v128.shuffle<i64>(high01, high23, 1, 3));
    from += 4 * row;
  }
}

/** Lists the numbers of a row without a branch that nobody could foretell; gives the end of the list. */
function listOne(from: usize, bytes: usize, step: usize, list: usize, behind: usize): usize {
  const zero = f32x4.splat(0);
  const steps = i32x4.splat(<i32>(step << 2));
  let offsets = i32x4.mul(i32x4.splat(<i32>step), i32x4(0, 1, 2, 3));
  for (const end = from + bytes; from < end; from += 16) {
    const four = v128.load(from);
    const known = i32x4.bitmask(f32x4.ne(four, zero));
    const order = v128.load(toFront + ((<usize>known) << 4));
    v128.store(list, swizzled(four, order));
    v128.store(list + behind, swizzled(offsets, order));
    list += (<usize>popcnt(known)) << 2;
    offsets = i32x4.add(offsets, steps);
  }
  return list;
}

function swizzled(four: v128, order: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? i8x16.relaxed_swizzle(four, order) : i8x16.swizzle(four, order);
}
