/** Sentences that several findings share. */
import { listNames, printable } from '../../base/text.ts';

/** The other columns of a group, as the end of a sentence; empty without any. */
export function groupText(name: string, group: readonly string[]): string {
  const others = group.filter((other) => other !== name);
  return others.length === 0 ? '' : ` (together with ${listNames(others.map(printable))})`;
}

/** 0.1234 as 12.3%. */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A row as people count it, and its line in a text file with a header. */
export const rowText = (row: number): string => `row ${row + 1} (line ${row + 2})`;
