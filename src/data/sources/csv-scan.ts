/**
 * Reads the structure of delimited text byte by byte: where records and fields end, and what is wrong.
 *
 * DuckDB's sniffer picks another delimiter when one row has another width, and its line numbers count records;
 * so structure is found here and DuckDB only converts. Rules (RFC 4180, widened): a record ends at \n, \r\n or
 * \r outside quotes; a quote inside quotes is doubled; a quote inside an unquoted field is an ordinary character;
 * blanks around a quoted field are dropped; a line without any character is skipped. O(bytes).
 */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
}

/** Hears each byte of a value, the end of each field and of each record that is not blank. */
export interface ScanListener {
  byte(byte: number): void;
  fieldEnd(): void;
  /** `line`: where the record begins, from 1. */
  recordEnd(line: number): void;
}

export interface ScanFacts {
  /** Records that are not blank, the header included. */
  readonly records: number;
  /** Fields of the first record. */
  readonly width: number;
  /** Records of another width: how many, and the lines where the first of them begin, from 1. */
  readonly odd: { readonly count: number; readonly lines: readonly number[] };
  /** The line where a quoted field begins that never ends, or goes on after its closing quote; 0 without one. */
  readonly brokenQuoteLine: number;
  /** A quoted value holds a line break. */
  readonly hasQuotedBreaks: boolean;
  /** What ends records; the first seen where `isPlain` is false because there are several. */
  readonly lineEnd: '\n' | '\r\n' | '\r';
  /** RFC 4180 with one kind of line end: a plain reader needs no help. */
  readonly isPlain: boolean;
  /** Lines without any character, which are no rows. */
  readonly blankLines: number;
  /** Bytes of the longest record. */
  readonly longest: number;
}

export interface Scanner {
  push(chunk: Uint8Array): void;
  end(): ScanFacts;
}

const states = { start: 0, blanks: 1, plain: 2, quoted: 3, closed: 4 } as const;
const [LF, CR, SPACE] = [10, 13, 32];
/** How many odd lines are named. */
const mostLines = 5;

export function csvScanner(dialect: Dialect, listener?: ScanListener): Scanner {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const quote = dialect.quote.charCodeAt(0);
  let state: number = states.start;
  let line = 1;
  let recordLine = 1;
  let quoteLine = 0;
  let fields = 0;
  let bytes = 0;
  let blanks = 0;
  let wasCr = false;
  let records = 0;
  let width = 0;
  let longest = 0;
  let blankLines = 0;
  let oddCount = 0;
  const oddLines: number[] = [];
  const lineEnds = new Set<ScanFacts['lineEnd']>();
  let brokenQuoteLine = 0;
  let hasQuotedBreaks = false;
  let isPlain = true;

  const endField = () => {
    if (state === states.blanks) emitBlanks();
    fields++;
    listener?.fieldEnd();
    state = states.start;
  };
  const emitBlanks = () => {
    for (; blanks > 0; blanks--) listener?.byte(SPACE);
  };
  const endRecord = () => {
    if (bytes === 0) {
      isPlain = false;
      blankLines++;
    } else {
      endField();
      if (records === 0) width = fields;
      else if (fields !== width) {
        oddCount++;
        if (oddLines.length < mostLines) oddLines.push(recordLine);
      }
      records++;
      if (bytes > longest) longest = bytes;
      listener?.recordEnd(recordLine);
    }
    fields = 0;
    bytes = 0;
  };

  const push = (chunk: Uint8Array) => {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (wasCr) {
        wasCr = false;
        if (byte === LF) {
          if (state === states.quoted) listener?.byte(byte);
          else lineEnds.add('\r\n');
          continue;
        }
        if (state !== states.quoted) lineEnds.add('\r');
      }
      if (state === states.quoted) {
        bytes++;
        if (byte === quote) {
          state = states.closed;
          blanks = 0;
          continue;
        }
        if (byte === LF || byte === CR) {
          hasQuotedBreaks = true;
          line++;
          wasCr = byte === CR;
        }
        listener?.byte(byte);
        continue;
      }
      if (byte === LF || byte === CR) {
        if (byte === LF) lineEnds.add('\n');
        wasCr = byte === CR;
        endRecord();
        line++;
        recordLine = line;
        continue;
      }
      bytes++;
      if (byte === delimiter) {
        endField();
        continue;
      }
      if (state === states.plain) {
        if (byte === quote) isPlain = false;
        listener?.byte(byte);
      } else if (state === states.closed) {
        if (byte === quote && blanks === 0) {
          listener?.byte(byte);
          state = states.quoted;
        } else if (byte === SPACE) {
          isPlain = false;
          blanks++;
        } else if (brokenQuoteLine === 0) brokenQuoteLine = quoteLine;
      } else if (byte === quote) {
        if (state === states.blanks) isPlain = false;
        blanks = 0;
        state = states.quoted;
        quoteLine = line;
      } else if (byte === SPACE) {
        if (state === states.start) blanks = 0;
        blanks++;
        state = states.blanks;
      } else {
        if (state === states.blanks) emitBlanks();
        state = states.plain;
        listener?.byte(byte);
      }
    }
  };

  const end = (): ScanFacts => {
    if (wasCr && state !== states.quoted) lineEnds.add('\r');
    if (state === states.quoted && brokenQuoteLine === 0) brokenQuoteLine = quoteLine;
    if (bytes > 0) endRecord();
    return {
      records,
      width,
      odd: { count: oddCount, lines: oddLines },
      brokenQuoteLine,
      hasQuotedBreaks,
      lineEnd: [...lineEnds][0] ?? '\n',
      isPlain: isPlain && lineEnds.size <= 1,
      blankLines,
      longest,
    };
  };
  return { push, end };
}

/** The records at the beginning of a file as texts. `isWhole`: the bytes are the whole file. */
export function firstRecords(
  bytes: Uint8Array,
  dialect: Dialect,
  isWhole: boolean,
  most: number,
): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field: number[] = [];
  const scanner = csvScanner(dialect, {
    byte: (byte) => {
      if (records.length < most) field.push(byte);
    },
    fieldEnd: () => {
      record.push(Buffer.from(field).toString('utf8'));
      field = [];
    },
    recordEnd: () => {
      if (records.length < most) records.push(record);
      record = [];
    },
  });
  // In small steps, so that a few records cost little.
  for (let at = 0; at < bytes.length && records.length < most; at += 4096)
    scanner.push(bytes.subarray(at, at + 4096));
  // A record cut by the end of the sample is no record, unless it is the only one.
  if (isWhole || records.length === 0) scanner.end();
  return records;
}

/** Do the bytes hold a record to its end? */
export function hasRecord(bytes: Uint8Array, dialect: Dialect): boolean {
  let isFound = false;
  const ignore = () => undefined;
  const recordEnd = () => {
    isFound = true;
  };
  const scanner = csvScanner(dialect, { byte: ignore, fieldEnd: ignore, recordEnd });
  for (let at = 0; at < bytes.length && !isFound; at += 4096) scanner.push(bytes.subarray(at, at + 4096));
  return isFound;
}

/**
 * The delimiter and quote of a file from its first records: the delimiter under which most records have as many
 * fields as the header, then the one that makes most fields. One column when none divides the header.
 */
export function findDialect(bytes: Uint8Array, isWhole: boolean, candidates: readonly string[]): Dialect {
  let best = candidates[0]!;
  let bestShare = 0;
  let bestWidth = 1;
  for (const delimiter of candidates) {
    const records = firstRecords(bytes, { delimiter, quote: '"' }, isWhole, 20);
    const header = records[0];
    if (!header || header.length < 2) continue;
    const share = records.filter((record) => record.length === header.length).length / records.length;
    if (share > bestShare || (share === bestShare && header.length > bestWidth)) {
      best = delimiter;
      bestShare = share;
      bestWidth = header.length;
    }
  }
  return { delimiter: best, quote: isAllInQuotes(bytes, best, isWhole) ? "'" : '"' };
}

/** A single quote is a quote only where it holds every name of the header. */
function isAllInQuotes(bytes: Uint8Array, delimiter: string, isWhole: boolean): boolean {
  const header = firstRecords(bytes, { delimiter, quote: '"' }, isWhole, 1)[0] ?? [];
  return (
    header.length > 0 && header.every((name) => name.length > 1 && name.startsWith("'") && name.endsWith("'"))
  );
}
