/**
 * Finds the header of delimited text that has lines above it: a title, the day of the export. It is only named, for the
 * sentence that refuses the file; nobody skips lines without being asked.
 */
import { readNumber, readTime, trimmed } from '../cells.ts';
import { csvScanner, firstRecords } from './csv-scan.ts';

export interface LowerHeader {
  /** Where the header begins, from 1. */
  readonly line: number;
  /** Its names. */
  readonly width: number;
}

/** A header further down than this was not meant as one. */
const lastLine = 20;
/** Records that are looked at. */
const mostRecords = 200;
/** So many of the records below the header have as many fields. */
const agreeing = 0.9;

/**
 * The line that reads like the header while the first record does not, or null. The first record has another width than
 * the records below, or fields without a name; the header has their width, no empty or repeated name, no number and no
 * date, and stands over at least one column that holds nothing else. Of several delimiters the one that makes most
 * columns. `isWhole`: the bytes are the whole file. O(bytes of the first 200 records).
 */
export function findLowerHeader(
  bytes: Uint8Array,
  isWhole: boolean,
  delimiters: readonly string[],
): LowerHeader | null {
  const found = delimiters.flatMap((delimiter) => lowerHeaderBy(bytes, isWhole, delimiter) ?? []);
  return found.reduce<LowerHeader | null>(
    (best, one) => (best === null || one.width > best.width ? one : best),
    null,
  );
}

function lowerHeaderBy(bytes: Uint8Array, isWhole: boolean, delimiter: string): LowerHeader | null {
  const dialect = { delimiter, quote: '"' };
  const records = firstRecords(bytes, dialect, isWhole, mostRecords);
  const lines = firstLines(bytes, dialect);
  const first = records[0];
  for (let at = 1; at < records.length && (lines[at] ?? Number.POSITIVE_INFINITY) <= lastLine; at++) {
    const header = records[at]!;
    const below = records.slice(at + 1);
    const { length: width } = header;
    if (width < 2 || !looksLikeNames(header) || below.length === 0) continue;
    if (first!.length === width && first!.every((name) => trimmed(name) !== '')) return null;
    const alike = below.filter((record) => record.length === width);
    if (alike.length >= agreeing * below.length && header.some((_, c) => holdsFigures(alike, c)))
      return { line: lines[at]!, width };
  }
  return null;
}

/** The lines on which the first records begin, from 1. */
function firstLines(bytes: Uint8Array, dialect: { delimiter: string; quote: string }): readonly number[] {
  const lines: number[] = [];
  const ignore = () => undefined;
  const recordEnd = (line: number) => {
    lines.push(line);
  };
  const scanner = csvScanner(dialect, { byte: ignore, fieldEnd: ignore, recordEnd });
  for (let at = 0; at < bytes.length && lines.length <= lastLine; at += 4096)
    scanner.push(bytes.subarray(at, at + 4096));
  scanner.end();
  return lines;
}

function looksLikeNames(record: readonly string[]): boolean {
  const names = record.map(trimmed);
  return new Set(names).size === names.length && names.every((name) => name !== '' && !isFigure(name));
}

/** A column in which every value that is there is a number or a date. */
function holdsFigures(records: readonly (readonly string[])[], c: number): boolean {
  const there = records.map((record) => trimmed(record[c]!)).filter((text) => readNumber(text) !== null);
  return there.length > 0 && there.every(isFigure);
}

const isFigure = (text: string): boolean =>
  typeof readNumber(text) === 'number' ||
  typeof readNumber(text.replace(',', '.')) === 'number' ||
  typeof readTime(text) === 'number';
