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
  /** What the reader guessed about the file. */
  readonly notes: readonly string[];
  /** Why the file repairs rows. */
  readonly clean: readonly string[];
  /** Codes of what the inspection warns of. */
  readonly warnings: readonly string[];
  /** How to see what it found, as a command. */
  readonly inspect: string;
}

/** Columns named in one remark. */
const mostNamed = 8;

export function initText(summary: InitSummary): string {
  const { out, rows, features, target, churnRate, remarks, notes, clean, warnings, inspect } = summary;
  return [
    `${shownPath(out)}: ${countOf(rows, 'customer')}, ${countOf(features, 'column')} to learn from; ${percent(churnRate)} churned (${printable(target.column)} is ${printable(String(target.churned))})`,
    ...notes.map((note) => `  ${note}`),
    ...remarkLines(remarks),
    ...clean.map((why) => `  clean: ${why}`),
    ...(warnings.length > 0
      ? [
          `Look at ${countOf(warnings.length, 'warning')} first (${listNames(warnings, mostNamed)}): ${inspect}`,
        ]
      : []),
    `Read it, then: ${programName()} train ${shellWord(shownPath(out))}`,
  ].join('\n');
}

/** Columns of which the same is said share a line, at the place of the first. */
function remarkLines(remarks: InitSummary['remarks']): string[] {
  const alike = new Map<string, InitSummary['remarks'][number][]>();
  for (const remark of remarks) {
    const key = withoutOthers(remark.message);
    alike.set(key, [...(alike.get(key) ?? []), remark]);
  }
  return [...alike].map(([key, some]) => {
    const names = some.flatMap(({ column }) => (column === null ? [] : [printable(column)]));
    if (names.length === 0) return `  ${some[0]!.message}`;
    return `  ${listNames(names, mostNamed)}: ${names.length > 1 ? ofSeveral(key) : some[0]!.message}`;
  });
}

/** The others of a group, who share the line. */
const withoutOthers = (message: string): string => message.replace(/ \(together with [^)]*\)/, '');

/** What is said of one column, said of several. */
const ofSeveral = (message: string): string =>
  message.replace(/\bits name sounds\b/, 'their names sound').replace(/\bits name\b/, 'their names');
