/**
 * Groups of columns of two values: each combination of their bits that occurs in the rows is a pattern, known by number.
 *
 * One-hot columns exclude each other, so that many of them share few patterns. A group grows by the columns that follow
 * while it has few enough; eight flags without relation would have 256, and are parted in the middle.
 */
import type { Workspace } from './workspace.ts';

export interface PatternGroup {
  /** Numbers in the table, rising. */
  readonly columns: readonly number[];
  readonly count: number;
  /** Columns that have their high value in pattern p: `members` from `starts[p]` to `starts[p + 1]`, rising. */
  readonly members: Int32Array;
  readonly starts: Int32Array;
}

/** Bytes of up to eight columns, as `linearPack` writes them; a column is null where its bit says nothing. */
export interface PackedByte {
  readonly columns: readonly (number | null)[];
}

/** A group in the making: of each pattern the columns that have their high value, and where the rows' patterns stand. */
interface Unit {
  readonly at: number;
  readonly columns: readonly number[];
  readonly patterns: readonly (readonly number[])[];
}

/** Two groups have a table of their patterns' pairs to be put together, so that more patterns pay with more rows. */
const mostPatterns = (rows: number): number => Math.min(128, Math.max(16, Math.floor(Math.sqrt(rows) / 2)));

/**
 * Turns bytes into patterns of groups. Bytes stand at `codes`, those of byte i at 2 i times `stride`; the patterns of group
 * g come to g times `stride`. O(rows) for each byte.
 */
export function groupPatterns(
  { kernels, memory, take }: Workspace,
  packed: readonly PackedByte[],
  codes: number,
  rows: number,
  stride: number,
): readonly PatternGroup[] {
  if (packed.length === 0) return [];
  const most = mostPatterns(rows);
  const seenAt = take(65_536);
  const namesAt = take(65_536);
  const seenOf = (first: number, second: number, width: number, count: number): Uint8Array => {
    const seen = new Uint8Array(memory.buffer, seenAt, count);
    seen.fill(0);
    kernels.linearSeen(first, second, width, rows, seenAt);
    return seen;
  };
  /** Names the patterns that occur in order of their bits and rewrites the rows. */
  const rename = (names: Uint8Array, first: number, second: number, width: number, to: number): void => {
    new Uint8Array(memory.buffer, namesAt, names.length).set(names);
    kernels.linearRename(first, second, width, rows, namesAt, to);
  };
  const unitOf = (byte: PackedByte, seen: Uint8Array, from: number, mask: number, to: number): Unit => {
    const names = new Uint8Array(256);
    const numbers = new Map<number, number>();
    let usable = 0;
    byte.columns.forEach((column, bit) => {
      if (column !== null) usable |= 1 << bit;
    });
    for (let bits = 0; bits < 256; bits++) {
      if (seen[bits] !== 1) continue;
      const known = bits & mask & usable;
      const name = numbers.get(known) ?? numbers.size;
      numbers.set(known, name);
      names[bits] = name;
    }
    rename(names, from, 0, 1, to);
    const columnsOf = (bits: number): number[] =>
      byte.columns.flatMap((column, bit) => (column !== null && (bits >> bit) & 1 ? [column] : []));
    return { at: to, columns: columnsOf(mask & usable), patterns: [...numbers.keys()].map(columnsOf) };
  };
  const merged = (first: Unit, second: Unit): Unit | undefined => {
    const width = second.patterns.length;
    const seen = seenOf(first.at, second.at, width, first.patterns.length * width);
    const patterns: number[][] = [];
    const names = new Uint8Array(seen.length);
    for (let pair = 0; pair < seen.length; pair++) {
      if (seen[pair] !== 1) continue;
      if (patterns.length === most) return undefined;
      names[pair] = patterns.length;
      patterns.push([...first.patterns[Math.floor(pair / width)]!, ...second.patterns[pair % width]!]);
    }
    rename(names, first.at, second.at, width, first.at);
    return { at: first.at, columns: [...first.columns, ...second.columns], patterns };
  };

  const units: Unit[] = [];
  packed.forEach((byte, i) => {
    const at = codes + 2 * i * stride;
    const seen = seenOf(at, 0, 1, 256).slice();
    const count = seen.reduce((sum, one) => sum + one, 0);
    if (count <= most) units.push(unitOf(byte, seen, at, 255, at));
    else {
      const upper = unitOf(byte, seen, at, 0xf0, at + stride);
      units.push(unitOf(byte, seen, at, 0x0f, at), upper);
    }
  });
  const groups: Unit[] = [];
  for (const unit of units.filter(({ columns }) => columns.length > 0)) {
    const last = groups.at(-1);
    const together = last && merged(last, unit);
    if (together) groups[groups.length - 1] = together;
    else {
      const at = codes + groups.length * stride;
      new Uint8Array(memory.buffer).copyWithin(at, unit.at, unit.at + rows);
      groups.push({ ...unit, at });
    }
  }
  // Rows that only fill a block have a pattern too: its place in the tables holds a number, whatever stood here before.
  for (const { at } of groups) new Uint8Array(memory.buffer, at + rows, stride - rows).fill(0);
  return groups.map(groupOf);
}

function groupOf({ columns, patterns }: Unit): PatternGroup {
  const starts = new Int32Array(patterns.length + 1);
  patterns.forEach((members, pattern) => {
    starts[pattern + 1] = starts[pattern]! + members.length;
  });
  return { columns, count: patterns.length, members: Int32Array.from(patterns.flat()), starts };
}
