/** Sentences that several findings share. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { Outcome } from '../outcomes.ts';
import type { Inspection, RowsAre } from './definition.ts';

/** The other columns of a group, as the end of a sentence; empty without any. */
export function groupText(name: string, group: readonly string[]): string {
  const others = group.filter((other) => other !== name);
  return others.length === 0 ? '' : ` (together with ${listNames(others.map(printable))})`;
}

/** 0.1234 as 12.3%. */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A row as people count it, and its line where the file is a text with a header. */
export const rowText = (row: number, { rowsAre }: Pick<Inspection, 'rowsAre'>): string =>
  `row ${row + 1}${rowSuffix[rowsAre](row)}`;

const rowSuffix: Readonly<Record<RowsAre, (row: number) => string>> = {
  lines: (row) => ` (line ${row + 2})`,
  rows: () => '',
  learned: () => ' of those learned from',
};

/** A level of the target, a label that the company chose, in quotes. */
export const quotedLevel = (level: string): string => printable(JSON.stringify(level));

/** `"Unknown" (30 rows)`. */
export const outcomeText = ({ level, rows }: Pick<Outcome, 'level' | 'rows'>): string =>
  `${quotedLevel(level)} (${countOf(rows, 'row')})`;
