/** Tables and numbers as text for a terminal. */

/** Rows under headings, columns as wide as needed; `right` names the columns that stand at the right. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(headings), ...rows.map(line)].map((text) => `  ${text}`).join('\n');
}

/** `0.8421` */
export const fixed = (value: number, digits = 4): string => value.toFixed(digits);

/** `0.842 (0.817 to 0.866)` */
export const withInterval = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${fixed(value, 3)} (${fixed(low, 3)} to ${fixed(high, 3)})`;

/** Parameters as `l2 1, trees 100`; `defaults` when there is none. */
export function formatParams(params: unknown): string {
  const entries = Object.entries((params ?? {}) as Record<string, unknown>);
  return entries.length === 0
    ? ''
    : entries
        .map(
          ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
        )
        .join(', ');
}
