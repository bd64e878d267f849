/**
 * `duplicate.row`: rows that are whole copies of an earlier one, or copies in everything but the id.
 *
 * Copies without the id are counted only above 1% of the rows: customers with few and coarse columns are alike by chance.
 * In a table without an id a copy may be another customer, so it warns only where there are ten times as many as columns
 * that know nothing of each other would give: the pairs of rows, times the chance of two equal values in every column.
 * Rows are compared by two 32-bit hashes of their values. O(rows x columns).
 */
import { countOf } from '../../../base/text.ts';
import { type Column, valueAt } from '../../../table/column.ts';
import { defineFinding, type InspectedColumn, type Inspection } from '../definition.ts';
import { percentText, rowText } from '../wording.ts';

const leastShareWithoutId = 0.01;
const leastColumns = 5;
const timesChance = 10;

export const duplicateRow = defineFinding({
  code: 'duplicate.row',
  title: 'Rows that stand there twice',
  severity: 'warn',
  about: 'A copy in training and in the hold-out makes every figure too good.',
  look(inspection) {
    const { rowCount, id, columns } = inspection;
    if (columns.length < leastColumns) return [];
    const hashes = hashRows(inspection);
    const whole = repeatsOf(hashes, id === null ? null : id.values);
    const alike = id === null ? whole : repeatsOf(hashes, null);
    const isAlike = alike.count >= leastShareWithoutId * rowCount && alike.count > whole.count;
    if (whole.count === 0 && !isAlike) return [];
    const { count, first } = isAlike ? alike : whole;
    const share = percentText(count / rowCount);
    const copies = countOf(count, 'row is a copy', 'rows are copies');
    const isCertain = id !== null && !isAlike;
    const isWarning =
      isCertain ||
      (id === null && count >= leastShareWithoutId * rowCount && count >= timesChance * byChance(inspection));
    const advice = isWarning
      ? 'keep one of each with clean: deduplicate, or find out why'
      : 'they may be customers who are alike; look at some before you delete any';
    return [
      {
        column: null,
        severity: isWarning ? 'warn' : 'note',
        message: `${copies} of an earlier one${isAlike ? ' in everything but the id' : ''} (${share}), first ${rowText(first)}; ${advice}`,
        evidence: { rows: count, firstRow: first, withoutId: isAlike },
      },
    ];
  },
});

function hashRows({ rowCount, columns, labels }: Inspection): { a: Int32Array; b: Int32Array } {
  const a = Int32Array.from(labels);
  const b = Int32Array.from(labels, (label) => label + 7);
  for (const { column } of columns) {
    if (isCounter(column)) continue;
    const numberOf = numbering(column);
    for (let row = 0; row < rowCount; row++) {
      const value = numberOf(row);
      a[row] = Math.imul(a[row]! ^ value, 0x01000193);
      b[row] = Math.imul(b[row]! + value, 0x85ebca6b) ^ (b[row]! >>> 15);
    }
  }
  return { a, b };
}

/** Pairs of equal rows that chance gives, were the columns independent of each other. */
function byChance({ rowCount, columns }: Inspection): number {
  const pairs = (rowCount * (rowCount - 1)) / 2;
  return columns.reduce((expected, column) => expected * chanceOfEqual(column, rowCount), pairs);
}

/** How often two rows hold the same in a column: the sum of the squared shares of its values. */
function chanceOfEqual({ column, facts }: InspectedColumn, rowCount: number): number {
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
  } else if (column.kind === 'text') {
    const counts = new Map<string, number>();
    for (const text of column.values) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
    for (const count of counts.values()) total += square(count);
  } else {
    for (const bin of facts.bins.bins) if (bin.value !== null) total += square(bin.rows);
  }
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
    view.setFloat64(0, column.values[row]!);
    return Math.imul(view.getInt32(0), 31) ^ view.getInt32(4);
  };
}

/** The number of the row differs even between copies. */
function isCounter(column: Column): boolean {
  if (column.kind !== 'number' || column.values.length < 2) return false;
  const from = valueAt(column, 0);
  return typeof from === 'number' && column.values.every((value, row) => value === from + row);
}

function repeatsOf(
  { a, b }: { a: Int32Array; b: Int32Array },
  ids: readonly (string | null)[] | null,
): { count: number; first: number } {
  const seen = new Set<string | number>();
  let count = 0;
  let first = -1;
  for (let row = 0; row < a.length; row++) {
    // 53 bits of the two hashes make a whole number.
    const hash = (a[row]! >>> 0) * 2097152 + (b[row]! >>> 11);
    const key = ids === null ? hash : `${hash} ${ids[row]}`;
    if (seen.has(key)) {
      if (count === 0) first = row;
      count++;
    } else seen.add(key);
  }
  return { count, first };
}
