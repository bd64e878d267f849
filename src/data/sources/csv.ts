/** Opens delimited text: structure by our own scanner, values by DuckDB, every column as text. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { countOf, printable } from '../../base/text.ts';
import { trimmed } from '../cells.ts';
import { findLowerHeader, type LowerHeader } from './csv-header.ts';
import {
  csvScanner,
  type Dialect,
  findDialect,
  firstRecords,
  hasRecord,
  type ScanFacts,
  type ScanListener,
} from './csv-scan.ts';
import { decimalCommaColumns, withDecimalPoint } from './decimal-comma.ts';
import { type Engine, literal } from './duckdb.ts';
import { eachChunk, firstBytes, withoutMark } from './encoding.ts';
import { type Relation, sqlName } from './relation.ts';

/** Enough for the header and some records of any table that people make. */
const sampleBytes = 1 << 20;
const lineEndNames = { '\n': '\\n', '\r\n': '\\r\\n', '\r': '\\r' } as const;
/** DuckDB's own limit for one record, unless told. */
const usualLongestRecord = 2_000_000;
/** DuckDB holds several records of that size at once. */
const longestRecord = 64 * 2 ** 20;
/** Columns of a table; DuckDB's plans grow with their square. */
export const mostColumns = 5000;
/** A table wider than this is copied into DuckDB, as long as it has few cells. */
const mostInView = 100;
const mostHeldCells = 20_000_000;

/** Makes the view `source` over a UTF-8 file, or refuses the file. `delimiters`: the candidates, likeliest first. */
export async function openCsv(
  who: string,
  path: string,
  engine: Engine,
  delimiters: readonly string[],
): Promise<Relation> {
  const whole = await firstBytes(path, sampleBytes + 1);
  const sample = withoutMark(whole);
  const isWhole = whole.length <= sampleBytes;
  const dialect = findDialect(sample, isWhole, delimiters);
  if (!isWhole && !hasRecord(sample, dialect)) throw tooLong(who, 'line with the column names', sampleBytes);
  const header = (firstRecords(sample, dialect, isWhole, 1)[0] ?? []).map(trimmed);
  const lower = (): LowerHeader | null => findLowerHeader(sample, isWhole, delimiters);
  if (header.length === 1 || header.includes('')) refuseTitle(who, lower());
  const names = headerNames(who, header);
  const facts = await scanFile(path, dialect);
  if (facts.odd.count > facts.records / 2) refuseTitle(who, lower());
  refuseBroken(who, facts);
  if (facts.longest > longestRecord) throw tooLong(who, 'longest row', longestRecord);
  const isPlain = facts.isPlain && dialect.quote === '"';
  const readable = isPlain ? path : await rewrite(path, dialect, engine.scratch);
  const options = [
    'auto_detect=false',
    'header=true',
    `delim=${literal(isPlain ? dialect.delimiter : ',')}`,
    `quote='"'`,
    `escape='"'`,
    `compression='none'`,
    // Else DuckDB takes the first line break of the file, which may be one inside quotes. It wants it escaped.
    `new_line=${literal(lineEndNames[isPlain ? facts.lineEnd : '\n'])}`,
    `columns={${names.map((_, c) => `${literal(sqlName(c))}: 'VARCHAR'`).join(', ')}}`,
  ];
  if (facts.longest > usualLongestRecord) options.push(`max_line_size=${facts.longest * 2 + 1024}`);
  // DuckDB's threads begin in the middle of the file and cannot be sure there of being outside quotes.
  if (facts.hasQuotedBreaks) options.push('parallel=false');
  const from = `read_csv(${literal(readable)}, ${options.join(', ')})`;
  const columns = names.map((_, c) => sqlName(c));
  const commas =
    dialect.delimiter === ';' ? await decimalCommaColumns(engine, from, columns) : new Set<string>();
  const select = columns.map((sql) => (commas.has(sql) ? `${withDecimalPoint(sql)} as ${sql}` : sql));
  // Planning a query over a view of very many columns takes longer than reading them.
  const isHeld = names.length > mostInView && names.length * facts.records <= mostHeldCells;
  const list = commas.size > 0 ? select.join(', ') : '*';
  await engine.query(`create ${isHeld ? 'table' : 'view'} source as select ${list} from ${from}`);
  return {
    columns: columns.map((sql, c) => ({
      name: names[c]!,
      stored: 'text',
      sql,
      text: sql,
      isFractional: false,
      hasDecimalComma: commas.has(sql),
    })),
    rowCount: facts.records - 1,
    notes: notesOf(who, dialect, delimiters, facts),
  };
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** What differs from the usual, and so may have been guessed wrongly. */
function notesOf(
  who: string,
  { delimiter, quote }: Dialect,
  [usual]: readonly string[],
  { blankLines }: ScanFacts,
): string[] {
  return [
    ...(delimiter === usual
      ? []
      : [`${who}: its columns were taken to be divided by ${delimiterNames[delimiter]}`]),
    ...(quote === '"' ? [] : [`${who}: its texts were taken to be quoted by ${quote}`]),
    ...(blankLines === 0
      ? []
      : [`${who}: ${countOf(blankLines, 'empty line was', 'empty lines were')} skipped`]),
  ];
}

const tooLong = (who: string, what: string, bytes: number): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: its ${what} is longer than ${bytes / 2 ** 20} MiB; check that the file is a table with one row a line`,
  );

/** Refuses a file with lines above its header. */
function refuseTitle(who: string, lower: LowerHeader | null): void {
  if (lower === null) return;
  const { line, width } = lower;
  const above = line === 2 ? 'line' : `${line - 1} lines`;
  throw new DataError(
    'data.header',
    `${who}: the header seems to be on line ${line}, where ${width} column names stand; remove the ${above} above it`,
    { line, width },
  );
}

function headerNames(who: string, names: readonly string[]): readonly string[] {
  if (names.length === 0)
    throw new DataError('data.empty', `${who}: the file holds only blank lines; export it again`);
  refuseNames(who, names);
  return names;
}

/** Refuses more names than are readable, names that are missing, repeated or that JavaScript objects cannot hold. */
export function refuseNames(who: string, names: readonly string[]): void {
  if (names.length > mostColumns) {
    throw new DataError(
      'data.too-large',
      `${who}: the table has ${names.length} columns, at most ${mostColumns} are readable; keep those that describe a customer`,
      { columns: names.length },
    );
  }
  const unnamed = names.indexOf('') + 1;
  if (unnamed > 0) {
    throw new DataError(
      'data.header',
      `${who}: column ${unnamed} of ${names.length} has no name; name it or remove it`,
      { column: unnamed },
    );
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name) || name === '__proto__') {
      const trouble = name === '__proto__' ? 'a column has the reserved name' : 'two columns are named';
      throw new DataError('data.header', `${who}: ${trouble} ${printable(name)}; rename one`, {
        column: name,
      });
    }
    seen.add(name);
  }
}

async function scanFile(path: string, dialect: Dialect, listener?: ScanListener): Promise<ScanFacts> {
  const scanner = csvScanner(dialect, listener);
  let isFirst = true;
  await eachChunk(path, (chunk) => {
    scanner.push(isFirst ? withoutMark(chunk) : chunk);
    isFirst = false;
  });
  return scanner.end();
}

function refuseBroken(who: string, facts: ScanFacts): void {
  if (facts.brokenQuoteLine > 0) {
    throw new DataError(
      'data.unreadable',
      `${who}: the quoted value that begins on line ${facts.brokenQuoteLine} does not end where its field ends; close its quotes, and double quotes inside it`,
      { line: facts.brokenQuoteLine },
    );
  }
  if (facts.odd.count > 0) {
    const { count, lines } = facts.odd;
    const more = count > lines.length ? ` and ${count - lines.length} more` : '';
    throw new DataError(
      'data.width',
      `${who}: ${countOf(count, 'row')} ${count === 1 ? 'has' : 'have'} another number of fields than the header's ${facts.width}, on ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${more}; repair or remove ${count === 1 ? 'it' : 'them'}`,
      { count, lines, width: facts.width },
    );
  }
  if (facts.records < 2) {
    throw new DataError(
      'data.no-rows',
      `${who}: the file holds column names but no rows; export it with its rows`,
    );
  }
}

/** A copy in which every field is in double quotes and every record ends with \n. */
async function rewrite(path: string, dialect: Dialect, scratch: string): Promise<string> {
  const copy = join(scratch, 'plain.csv');
  const file = await open(copy, 'w', 0o600);
  const [quote, comma, lineEnd] = [34, 44, 10];
  let out = new Uint8Array(1 << 16);
  let length = 0;
  let isFieldOpen = false;
  const put = (byte: number) => {
    if (length === out.length) {
      const larger = new Uint8Array(out.length * 2);
      larger.set(out);
      out = larger;
    }
    out[length++] = byte;
  };
  const openField = () => {
    if (!isFieldOpen) put(quote);
    isFieldOpen = true;
  };
  const scanner = csvScanner(dialect, {
    byte: (byte) => {
      openField();
      if (byte === quote) put(quote);
      put(byte);
    },
    fieldEnd: () => {
      openField();
      put(quote);
      put(comma);
      isFieldOpen = false;
    },
    // The comma after the last field becomes the line end.
    recordEnd: () => {
      out[length - 1] = lineEnd;
    },
  });
  let isFirst = true;
  const flush = async () => {
    // The last byte stays: recordEnd may still change it.
    if (length < 2) return;
    await file.write(out, 0, length - 1);
    out[0] = out[length - 1]!;
    length = 1;
  };
  try {
    await eachChunk(path, async (chunk) => {
      scanner.push(isFirst ? withoutMark(chunk) : chunk);
      isFirst = false;
      await flush();
    });
    scanner.end();
    await file.write(out, 0, length);
  } finally {
    await file.close();
  }
  return copy;
}
