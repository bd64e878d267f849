/**
 * `duplicate.row`: rows that are whole copies of an earlier one, or copies in everything but the id.
 *
 * Copies without the id are counted only above 1% of the rows: customers with few and coarse columns are alike by chance.
 * Rows are compared by two 32-bit hashes of their values. O(rows x columns).
 */
import { countOf } from '../../../base/text.ts';
import { type Column, valueAt } from '../../../table/column.ts';
import { defineFinding, type Inspection } from '../definition.ts';
import { percentText, rowText } from '../wording.ts';

const leastShareWithoutId = 0.01;
const leastColumns = 5;

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
    return [
      {
        column: null,
        severity: !isAlike && (id !== null || count >= leastShareWithoutId * rowCount) ? 'warn' : 'note',
        message: `${countOf(count, 'row is a copy', 'rows are copies')} of an earlier one${isAlike ? ' in everything but the id' : ''} (${percentText(count / rowCount)}), first ${rowText(first)}; keep one of each with clean: deduplicate, or find out why`,
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
