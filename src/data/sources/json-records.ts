/**
 * Cuts JSON text into its records: a list of objects, or objects one after another (NDJSON, JSON Lines).
 *
 * Only the structure between records is read here, byte by byte; each record is then parsed by the language.
 * Memory is that of one record. O(bytes).
 */
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { eachChunk, withoutMark } from './encoding.ts';

/** A record larger than this is no row of a table. */
const largestRecord = 64 * 2 ** 20;
const [LF, QUOTE, COMMA, BACKSLASH] = [10, 34, 44, 92];
const [openList, closeList, openRecord, closeRecord] = [91, 93, 123, 125];
const blanks: readonly number[] = [9, LF, 13, 32];

/** What may stand next between records: in a list, or in objects one after another. */
type Place = 'begin' | 'first' | 'next' | 'comma' | 'end' | 'lines';

/** `line`: where the record begins, from 1. The text is well-formed UTF-8, not yet known to be JSON. */
export async function eachRecord(
  who: string,
  path: string,
  onRecord: (text: string, line: number) => void | Promise<void>,
): Promise<void> {
  let place = 'begin' as Place;
  let line = 1;
  let recordLine = 1;
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  /** Parts of the record from earlier chunks. */
  let parts: Buffer[] = [];
  let partBytes = 0;
  let isFirst = true;

  const between = (byte: number): void => {
    if (byte === openRecord && place !== 'comma' && place !== 'end') {
      if (place === 'begin') place = 'lines';
      depth = 1;
      recordLine = line;
    } else if (byte === openList && place === 'begin') place = 'first';
    else if (byte === closeList && (place === 'first' || place === 'comma')) place = 'end';
    else if (byte === COMMA && place === 'comma') place = 'next';
    else throw noRecords(who, line);
  };

  await eachChunk(path, async (whole) => {
    const chunk = isFirst ? withoutMark(whole) : whole;
    isFirst = false;
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === LF) line++;
      if (depth === 0) {
        if (blanks.includes(byte)) continue;
        between(byte);
        start = i;
      } else if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInText = false;
      } else if (byte === QUOTE) isInText = true;
      else if (byte === openRecord || byte === openList) depth++;
      else if (byte === closeRecord || byte === closeList) {
        depth--;
        if (depth > 0) continue;
        const text = Buffer.concat([...parts, chunk.subarray(start, i + 1)]).toString('utf8');
        parts = [];
        partBytes = 0;
        if (place !== 'lines') place = 'comma';
        await onRecord(text, recordLine);
      }
    }
    if (depth === 0) return;
    parts.push(Buffer.from(chunk.subarray(start)));
    partBytes += chunk.length - start;
    if (partBytes > largestRecord) throw tooLong(who, recordLine);
  });
  if (depth > 0 || place === 'first' || place === 'next' || place === 'comma') {
    throw new DataError(
      'data.unreadable',
      `${who}: the text ends inside ${depth > 0 ? `the record that begins on line ${recordLine}` : 'its list of records'}; export or copy it again`,
      { line: depth > 0 ? recordLine : line },
    );
  }
}

const noRecords = (who: string, line: number): HoldfastError =>
  new DataError(
    'data.unreadable',
    `${who}: line ${line} holds something other than records; a list of objects is readable, or one object a line`,
    { line },
  );

const tooLong = (who: string, line: number): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: the record that begins on line ${line} is longer than ${largestRecord / 2 ** 20} MiB; a record is one row of a table`,
    { line },
  );
