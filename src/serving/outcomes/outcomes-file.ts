/** Reads a table file as outcomes: every row is looked at, and the first that are wrong are named. */
import { basename } from 'node:path';
import { ColumnError, DataError, type HoldfastError } from '../../base/errors.ts';
import { didYouMean, printable } from '../../base/text.ts';
import { isScalar } from '../../data/cells.ts';
import type { JsonScalar } from '../../data/contract.ts';
import { openSource } from '../../data/sources/open.ts';
import { valueAt } from '../../table/column.ts';
import { outcomeFields, readOutcome, type SentOutcome } from './read-outcome.ts';
import type { OutcomeProblem } from './record-outcomes.ts';
import { fromText, type TextOutcome } from './text-outcome.ts';

type Field = (typeof outcomeFields)[number];

export interface OutcomesFile {
  readonly path: string;
  /** How the file calls the fields of an outcome, where it has other names for them. */
  readonly names: Readonly<Partial<Record<Field, string>>>;
  /** The value that means that a customer left; by default true, yes and 1 do. */
  readonly churned?: JsonScalar | undefined;
  /** When it happened, for rows that don't say; epoch milliseconds. */
  readonly asOf?: number | undefined;
}

const mostTold = 3;
const times: readonly string[] = ['happenedAt', 'knownAt'];

/** In the order of the file. Throws `outcomes.rows`, `column.missing`. */
/** Of one row; more would say nothing new. */
const mostProblems = 100;

export async function readOutcomeFile(file: OutcomesFile, now: number): Promise<readonly SentOutcome[]> {
  const who = printable(basename(file.path));
  const source = await openSource(file.path);
  try {
    const known = source.columns.map(({ name }) => name);
    const columns = columnsOf(who, file.names, known);
    const { table, unreadable } = await source.read(
      columns.map(({ field, name }) => ({ name, kind: times.includes(field) ? 'time' : 'text' })),
    );
    const fieldOf = new Map(columns.map(({ field, name }) => [name, field]));
    const problems: OutcomeProblem[] = unreadable.map(({ row, column }) => ({
      at: row,
      path: `/${fieldOf.get(column)}`,
      message: 'must be an ISO date or time such as 2026-01-31T00:00:00Z',
    }));
    const asOf = file.asOf === undefined ? undefined : new Date(file.asOf).toISOString();
    const outcomes: SentOutcome[] = [];
    for (let row = 0; row < table.rowCount; row++) {
      const cells = Object.fromEntries(
        columns.map(({ field }, i) => [field, valueAt(table.columns[i]!, row)]),
      ) as TextOutcome;
      const said = {
        ...cells,
        ...(file.churned !== undefined && { churned: wordOf(cells.churned, file.churned) }),
      };
      const found = readOutcome(
        fromText({ ...said, ...(asOf !== undefined && said.happenedAt == null && { happenedAt: asOf }) }),
        now,
      );
      if ('churned' in found) outcomes.push(found);
      else problems.push(...found.slice(0, mostProblems).map((problem) => ({ ...problem, at: row })));
    }
    if (problems.length > 0) throw wrongRows(file.path, problems);
    return outcomes;
  } finally {
    await source.close();
  }
}

/** Which column holds which field; columns that hold none are not looked at. */
function columnsOf(
  who: string,
  names: OutcomesFile['names'],
  known: readonly string[],
): readonly { readonly field: Field; readonly name: string }[] {
  const columns = outcomeFields
    .map((field) => ({ field, name: names[field] ?? field }))
    .filter(({ field, name }) => names[field] !== undefined || known.includes(name));
  const missing = columns.find(({ name }) => !known.includes(name));
  if (missing) {
    const near = didYouMean(missing.name, known);
    throw new ColumnError(
      'column.missing',
      `${who}: has no column ${printable(missing.name)}${near || '; name one that it has'}`,
      { columns: [printable(missing.name)] },
    );
  }
  const has = (field: Field): boolean => columns.some((column) => column.field === field);
  const lacking = has('customerId') || has('requestId') ? (has('churned') ? null : 'churned') : 'customerId';
  if (lacking === null) return columns;
  throw new ColumnError(
    'column.missing',
    `${who}: has no column ${lacking}; say which one it is with --${lacking === 'churned' ? 'target' : 'id'}`,
    { columns: [lacking] },
  );
}

/** An empty cell says nothing. */
const wordOf = (cell: string | null | undefined, churned: JsonScalar): string | null =>
  cell == null || cell.trim() === '' ? null : String(isScalar(cell, churned));

/** `written`: rows of the file that were taken before. */
export function wrongRows(path: string, problems: readonly OutcomeProblem[], written = 0): HoldfastError {
  const who = printable(basename(path));
  const rows = [...new Set(problems.map(({ at }) => at))].sort((a, b) => a - b);
  const told = [...problems]
    .sort((a, b) => a.at - b.at)
    .slice(0, mostTold)
    .map(({ at, path, message }) => `row ${at + 1}: ${path.slice(1)} ${message}`);
  const more = problems.length > mostTold ? `, and ${problems.length - mostTold} more` : '';
  const kept = written === 0 ? 'nothing was written' : `the first ${written} rows were written`;
  return new DataError(
    'outcomes.rows',
    `${who}: ${rows.length} of its rows cannot be taken (counted from 1 below the header): ${told.join('; ')}${more}; ${kept}; repair them`,
    { rows: rows.length, first: rows[0]! + 1 },
  );
}
