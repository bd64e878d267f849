/**
 * Which rows of a table are alike in every column, and whether likeness by chance explains it.
 *
 * Chance is looked at from two sides, as columns that know nothing of each other are rare. Left-out columns: of the pairs
 * of rows that are alike in all other columns, how many are alike in this one too? Customers who merely resemble each
 * other differ in the one left out about as often as anybody; copies never do. A column of measured values (amounts,
 * rates): of the pairs with the same value, how many are alike in everything? Agreement is stated as Cohen's kappa,
 * (agreement - by chance) / (1 - by chance), so that a rare level counts as little as it says. Rows of which very many are
 * alike (customers who never did anything) are left aside: nobody copies a row that often.
 *
 * Rows are compared by two 32-bit sums of hashed values. O(rows x columns).
 */
import { type Column, columnLength, valueAt } from '../../table/column.ts';
import type { InspectedColumn, Inspection } from './definition.ts';

/** One column, or the outcome, as numbers: equal values have equal numbers. */
interface Trait {
  readonly numberOf: (row: number) => number;
  /** How often two rows hold the same: the sum of the squared shares of its values. */
  readonly chance: number;
  readonly isMeasured: boolean;
}

export interface RowHashes {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** The columns that tell rows apart: neither the number of the row nor a text that every row has for itself. */
export const tellingColumns = ({ columns, rowCount }: Inspection): InspectedColumn[] =>
  columns.filter(({ column, facts, use }) => {
    const isOwn = use === 'none' && facts.distinct + facts.missing === rowCount && facts.missing === 0;
    return !isOwn && !isCounter(column);
  });

/** A hash for each row of its telling columns and its outcome. */
export function hashRows(inspection: Inspection, columns: readonly InspectedColumn[]): RowHashes {
  const { rowCount, labels } = inspection;
  const hashes = { a: new Int32Array(rowCount), b: new Int32Array(rowCount) };
  [(row: number) => labels[row]!, ...columns.map(({ column }) => numbering(column))].forEach(
    (numberOf, at) => {
      for (let row = 0; row < rowCount; row++) {
        const value = numberOf(row);
        hashes.a[row] = hashes.a[row]! + mixed(value, seedOf(at, 1));
        hashes.b[row] = hashes.b[row]! + mixed(value, seedOf(at, 2));
      }
    },
  );
  return hashes;
}

/** Rows that are a copy of an earlier one, the first of them, and how many pairs of rows are equal. */
export function repeatsOf(
  { a, b }: RowHashes,
  ids: readonly (string | null)[] | null = null,
): { count: number; first: number; pairs: number } {
  const seen = new Map<string | number, number>();
  let count = 0;
  let first = -1;
  let pairs = 0;
  for (let row = 0; row < a.length; row++) {
    const hash = keyOf(a[row]!, b[row]!);
    const key = ids === null ? hash : `${hash} ${ids[row]}`;
    const before = seen.get(key) ?? 0;
    if (before > 0) {
      if (count === 0) first = row;
      count++;
      pairs += before;
    }
    seen.set(key, before + 1);
  }
  return { count, first, pairs };
}

/** Equal pairs must be so many times what columns independent of each other would give. */
const timesChance = 10;
/** Kappa from which agreement in a column left out speaks of copies. */
const leastKappa = 0.5;
/** Of the pairs with the same measured value so many are alike in everything. */
const leastFromMeasured = 0.9;
const leastMeasuredValues = 50;
/** Rows alike in such numbers, and in such a share of the table, are no copies. */
const leastClump = 20;
const leastClumpShare = 0.005;
/** Copies among the other rows, as a share of the table. */
const leastShare = 0.01;
/** Columns left out in turn: those that tell most rows apart. */
const mostLeftOut = 40;

/** Whether rows alike in every column are more than customers who resemble each other. */
export function areCopies(
  inspection: Inspection,
  columns: readonly InspectedColumn[],
  hashes: RowHashes,
): boolean {
  const { rowCount, labels, churned } = inspection;
  const rows = outsideClumps(hashes);
  const { count, pairs } = repeatsOf(rowsOf(hashes, rows));
  if (count === 0 || count < leastShare * rowCount) return false;
  const share = churned / rowCount;
  const outcome: Trait = {
    numberOf: (row) => labels[row]!,
    chance: share ** 2 + (1 - share) ** 2,
    isMeasured: false,
  };
  const traits = [outcome, ...columns.map((one) => traitOf(one, rowCount))];
  const byKappa = (at: number): number => {
    const { chance, numberOf } = traits[at]!;
    const agreement = pairs / repeatsOf(rowsOf(without(hashes, numberOf, at), rows)).pairs;
    return (agreement - chance) / (1 - chance);
  };
  if (outcome.chance < 1 && byKappa(0) < leastKappa) return false;
  const varied = traits
    .map(({ chance, isMeasured }, at) => ({ chance, isMeasured, at }))
    .filter(({ chance, at }) => at > 0 && chance < 1)
    .sort((one, other) => one.chance - other.chance || one.at - other.at)
    .slice(0, mostLeftOut);
  const measured = varied.filter(({ isMeasured }) => isMeasured);
  if (measured.some(({ at }) => pairs >= leastFromMeasured * pairsOfEqual(traits[at]!.chance, rowCount)))
    return true;
  const byChance = traits.reduce(
    (expected, { chance }) => expected * chance,
    (rowCount * (rowCount - 1)) / 2,
  );
  return (
    varied.length > 1 &&
    pairs >= timesChance * byChance &&
    varied.every(({ at }) => byKappa(at) >= leastKappa)
  );
}

/** The chance counts a row with itself; pairs do not. */
const pairsOfEqual = (chance: number, rows: number): number => (chance * rows ** 2 - rows) / 2;

function traitOf({ column, facts }: InspectedColumn, rowCount: number): Trait {
  const isMeasured =
    column.kind === 'number' &&
    facts.distinct >= leastMeasuredValues &&
    facts.whole < facts.sorted.length / 2;
  return { numberOf: numbering(column), chance: chanceOfEqual({ column, facts }, rowCount), isMeasured };
}

function outsideClumps({ a, b }: RowHashes): Int32Array {
  const sizes = new Map<number, number>();
  for (let row = 0; row < a.length; row++) {
    const key = keyOf(a[row]!, b[row]!);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const most = Math.max(leastClump, leastClumpShare * a.length);
  return Int32Array.from(a.keys()).filter((row) => sizes.get(keyOf(a[row]!, b[row]!))! <= most);
}

const rowsOf = ({ a, b }: RowHashes, rows: Int32Array): RowHashes => ({
  a: rows.map((row) => a[row]!),
  b: rows.map((row) => b[row]!),
});

function without({ a, b }: RowHashes, numberOf: (row: number) => number, at: number): RowHashes {
  return {
    a: a.map((hash, row) => hash - mixed(numberOf(row), seedOf(at, 1))),
    b: b.map((hash, row) => hash - mixed(numberOf(row), seedOf(at, 2))),
  };
}

function chanceOfEqual(
  { column, facts }: Pick<InspectedColumn, 'column' | 'facts'>,
  rowCount: number,
): number {
  const square = (count: number): number => (count / rowCount) ** 2;
  let total = square(facts.missing);
  if (column.kind === 'number' || column.kind === 'time') {
    const { sorted } = facts;
    for (let at = 0; at < sorted.length; ) {
      let end = at + 1;
      while (end < sorted.length && sorted[end] === sorted[at]) end++;
      total += square(end - at);
      at = end;
    }
    return total;
  }
  const numberOf = numbering(column);
  const counts = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) {
    if (valueAt(column, row) === null) continue;
    const value = numberOf(row);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const count of counts.values()) total += square(count);
  return total;
}

/** A whole number a value: equal values have equal numbers. */
function numbering(column: Column): (row: number) => number {
  if (column.kind === 'category') return (row) => column.codes[row]!;
  if (column.kind === 'boolean') return (row) => column.values[row]!;
  if (column.kind === 'text') {
    const known = new Map<string | null, number>();
    return (row) => {
      const text = column.values[row]!;
      if (!known.has(text)) known.set(text, known.size);
      return known.get(text)!;
    };
  }
  const view = new DataView(new ArrayBuffer(8));
  return (row) => {
    // Plus 0: -0 and 0 are one value.
    view.setFloat64(0, column.values[row]! + 0);
    return Math.imul(view.getInt32(0), 31) ^ view.getInt32(4);
  };
}

/** The number of the row differs even between copies. */
function isCounter(column: Column): boolean {
  if (column.kind !== 'number' || columnLength(column) < 2) return false;
  const from = valueAt(column, 0);
  return typeof from === 'number' && column.values.every((value, row) => value === from + row);
}

const seedOf = (at: number, of: number): number => Math.imul(at * 2 + of, 0x9e3779b1);

/** The last steps of a 32-bit Murmur hash: every bit of the value reaches every bit of the result. */
function mixed(value: number, seed: number): number {
  let hash = (value ^ seed) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) + seed;
}

/** 53 bits of the two hashes make a whole number. */
const keyOf = (a: number, b: number): number => (a >>> 0) * 2097152 + (b >>> 11);
