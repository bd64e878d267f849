/**
 * Outcomes as CSV (RFC 4180): a header that names fields of an outcome, then one outcome a line. Quoted cells may hold
 * commas, line ends and doubled quotes. Every line has as many cells as the header, or the text is refused by its line.
 */
import { didYouMean, listNames } from '../../base/text.ts';
import type { FieldProblem } from '../customer-reader.ts';
import { outcomeFields } from './read-outcome.ts';
import type { TextOutcome } from './text-outcome.ts';

export interface CsvOutcome {
  /** Where it begins; the header is line 1. */
  readonly line: number;
  readonly cells: TextOutcome;
}

/** Twice the outcomes of a request: blank lines say nothing, and millions of them must keep nobody busy. */
const mostLines = 20_000;

function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let lines = 0; lines <= most; lines++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** The lines in their order, or what is wrong with the text; a path names the line. */
export function readOutcomeCsv(text: string): readonly CsvOutcome[] | readonly [FieldProblem] {
  if (hasMoreLines(text, mostLines))
    return [at(1, `is followed by more than ${mostLines} lines; send them in parts`)];
  const records: { readonly line: number; readonly cells: readonly string[] }[] = [];
  for (const record of recordsOf(text.replace(/^\uFEFF/, ''))) {
    if ('message' in record) return [at(record.line, record.message)];
    // A blank line says nothing.
    if (record.cells.length > 1 || record.cells[0]?.trim() !== '') records.push(record);
  }
  const [header, ...rows] = records;
  if (!header) return [at(1, `must be a header such as customerId,churned,happenedAt`)];
  const names = header.cells.map((cell) => cell.trim());
  const unknown = names.find((name) => !(outcomeFields as readonly string[]).includes(name));
  if (unknown !== undefined) {
    // Without a header this line is an outcome: of it nothing is told but what is nearly a field.
    const near = unknown === '' ? '' : didYouMean(unknown, outcomeFields);
    const message = `must be a header of ${listNames(outcomeFields, outcomeFields.length)}; one of its cells is none of them${near}`;
    return [at(header.line, message)];
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return [at(header.line, `names ${twice} twice`)];
  const odd = rows.find(({ cells }) => cells.length !== names.length);
  if (odd) return [at(odd.line, `has ${odd.cells.length} cells, the header ${names.length}`)];
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name, i) => [name, cells[i]!])),
  }));
}

const at = (line: number, message: string): FieldProblem => ({ path: `/line ${line}`, message });

interface Fault {
  readonly line: number;
  readonly message: string;
}

/** Cells by record; a fault ends it. */
function* recordsOf(text: string): Generator<{ readonly line: number; readonly cells: string[] } | Fault> {
  // A cell: quoted, or without quotes. What ends it: a comma, a line end or the end of the text.
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const found = cell.exec(text);
    if (!found) {
      yield { line, message: 'has a quote that is not closed, or text beside a quoted cell' };
      return;
    }
    const [, quoted, plain = '', end = ''] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += (quoted?.match(/\r\n|\n|\r/g) ?? []).length;
    if (end === ',') continue;
    yield { line: begun, cells };
    cells = [];
    if (end === '') return;
    line++;
    begun = line;
  }
}
