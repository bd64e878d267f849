/**
 * Columns of few values as patterns: what neighbouring 0 / 1 columns say together is one of a few patterns, so that a row of sixteen
 * one-hot categories lists five patterns instead of sixteen ones.
 *
 * The table X (rows x columns) is told as T x M: M (places x columns) has a row for each pattern, with the numbers of its columns, and a
 * row of a single 1 for each column that stays alone; T has a 1 where a row follows a pattern, the number itself where a column is
 * alone. Products with X then cost what T lists and, once a batch, what M lists. Neighbours go together as
 * long as their patterns are few: the columns of a category lie beside each other, and so do those of the same services.
 * O(rows x columns). Numbers count as they are in single precision.
 */

/** A column of the table and the number that a pattern has there. */
export interface PatternPart {
  readonly column: number;
  readonly number: number;
}

/** Columns that are told together: of each row the place of its pattern, -1 where all of them are 0. */
interface PatternGroup {
  readonly places: Int32Array;
}

export interface ColumnPatterns {
  /** M: of each place its columns, ascending, without zeros. */
  readonly parts: readonly (readonly PatternPart[])[];
  /** Columns on their own, at places 0, 1 and so on. */
  readonly alone: readonly number[];
  readonly groups: readonly PatternGroup[];
}

/** A column with more different numbers stays alone. */
const mostNumbers = 8;

/** Columns of a batch that share their pattern are read as one; a pattern costs as much as a row. Hence at most one pattern for so many rows. */
const rowsOfPattern = 8;

/** Of a row-major table of which `batchSize` rows are multiplied at a time; undefined where patterns save nothing. */
export function columnPatterns(
  values: Float64Array,
  columns: number,
  batchSize: number,
): ColumnPatterns | undefined {
  const most = Math.floor(batchSize / rowsOfPattern);
  if (most < 2) return undefined;
  const coded = codedColumns(values, columns);
  const alone: number[] = [];
  const kept: OpenGroup[] = [];
  let open = emptyGroup(coded);
  const close = (): void => {
    if (savesWork(open, coded, batchSize)) kept.push(open);
    else alone.push(...open.columns);
    open = emptyGroup(coded);
  };
  for (let column = 0; column < columns; column++) {
    if (coded.numbers[column]!.length > mostNumbers) alone.push(column);
    else {
      if (addColumn(open, coded, column, most)) continue;
      close();
      if (!addColumn(open, coded, column, most)) alone.push(column);
    }
  }
  close();
  return kept.length === 0 ? undefined : laidOut(alone, kept);
}

/** Of each cell the number's place among those of its column. */
interface CodedColumns {
  readonly rows: number;
  readonly columns: number;
  readonly codes: Uint8Array;
  /** The different numbers of each column, one more than `mostNumbers` where they are more. */
  readonly numbers: readonly (readonly number[])[];
}

function codedColumns(values: Float64Array, columns: number): CodedColumns {
  const rows = columns === 0 ? 0 : values.length / columns;
  const codes = new Uint8Array(values.length);
  const numbers = Array.from({ length: columns }, (): number[] => []);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++, at++) {
      const known = numbers[c]!;
      if (known.length > mostNumbers) continue;
      const value = Math.fround(values[at]!);
      let code = 0;
      while (code < known.length && known[code] !== value) code++;
      if (code === known.length) known.push(value);
      codes[at] = code;
    }
  }
  return { rows, columns, codes, numbers };
}

interface OpenGroup {
  columns: number[];
  /** Of each row the number of its pattern. */
  patternOf: Int32Array;
  /** Of each pattern its numbers, one a column. */
  patterns: (readonly number[])[];
}

const emptyGroup = ({ rows }: CodedColumns): OpenGroup => ({
  columns: [],
  patternOf: new Int32Array(rows),
  patterns: [[]],
});

/** False, and nothing changes, where more than `most` patterns would come of it. */
function addColumn(group: OpenGroup, coded: CodedColumns, column: number, most: number): boolean {
  const { rows, columns, codes } = coded;
  const { patternOf, patterns } = group;
  const numbers = coded.numbers[column]!;
  const known = new Int32Array(patterns.length * mostNumbers).fill(-1);
  const found: number[] = [];
  const next = new Int32Array(rows);
  for (let row = 0, at = column; row < rows; row++, at += columns) {
    const key = patternOf[row]! * mostNumbers + codes[at]!;
    if (known[key]! < 0) {
      if (found.length === most) return false;
      known[key] = found.length;
      found.push(key);
    }
    next[row] = known[key]!;
  }
  group.patterns = found.map((key) => [
    ...patterns[Math.floor(key / mostNumbers)]!,
    numbers[key % mostNumbers]!,
  ]);
  group.patternOf = next;
  group.columns = [...group.columns, column];
  return true;
}

/** Whether a batch is spared more numbers than the patterns list. */
function savesWork({ patternOf, patterns }: OpenGroup, { rows }: CodedColumns, batchSize: number): boolean {
  const lengths = patterns.map((numbers) => numbers.filter((number) => number !== 0).length);
  let spared = 0;
  for (let row = 0; row < rows; row++) spared += Math.max(0, lengths[patternOf[row]!]! - 1);
  const listed = lengths.reduce((sum, length) => sum + length, 0);
  return rows > 0 && (spared / rows) * Math.min(batchSize, rows) > listed;
}

function laidOut(alone: readonly number[], kept: readonly OpenGroup[]): ColumnPatterns {
  const parts: PatternPart[][] = alone.map((column) => [{ column, number: 1 }]);
  const groups = kept.map(({ columns, patternOf, patterns }) => {
    const placeOf = patterns.map((numbers) => {
      const own = columns
        .map((column, i) => ({ column, number: numbers[i]! }))
        .filter(({ number }) => number !== 0);
      return own.length === 0 ? -1 : parts.push(own) - 1;
    });
    return { places: patternOf.map((pattern) => placeOf[pattern]!) };
  });
  return { parts, alone, groups };
}
