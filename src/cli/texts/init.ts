/** What a person reads after a table was looked at. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import { percent, programName, shellWord, shownPath } from '../format.ts';

export interface InitSummary {
  readonly out: string;
  readonly rows: number;
  /** Columns to learn from. */
  readonly features: number;
  readonly target: Contract['target'];
  readonly churnRate: number;
  readonly remarks: readonly { readonly column: string | null; readonly message: string }[];
}

/** Columns named in one remark. */
const mostNamed = 8;

export function initText({ out, rows, features, target, churnRate, remarks }: InitSummary): string {
  return [
    `${shownPath(out)}: ${countOf(rows, 'customer')}, ${countOf(features, 'column')} to learn from; ${percent(churnRate)} churned (${printable(target.column)} is ${printable(String(target.churned))})`,
    ...remarkLines(remarks),
    `Read it, then: ${programName()} train ${shellWord(shownPath(out))}`,
  ].join('\n');
}

/** Columns of which the same is said share a line, at the place of the first. */
function remarkLines(remarks: InitSummary['remarks']): string[] {
  const columns = new Map<string, string[]>();
  for (const { column, message } of remarks) {
    const named = columns.get(message) ?? [];
    if (column !== null) named.push(printable(column));
    columns.set(message, named);
  }
  return [...columns].map(
    ([message, named]) =>
      `  ${named.length === 0 ? '' : `${listNames(named, mostNamed)}: `}${named.length > 1 ? ofSeveral(message) : message}`,
  );
}

/** What is said of one column, said of several. */
const ofSeveral = (message: string): string =>
  message.replace(/\bits name sounds\b/, 'their names sound').replace(/\bits name\b/, 'their names');
