/** Tables, numbers and paths as text for a terminal. No colours: the text reads the same in a pipe, a log and a mail. */
import { relative } from 'node:path';
import { printable } from '../base/text.ts';

/** Rows under headings, columns as wide as needed; `right` names the columns that stand at the right. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const cells = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, i) => Math.max(...cells.map((row) => displayWidth(row[i]!))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat(widths[i]! - displayWidth(cell));
        return right.includes(i) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return cells.map((row) => `  ${line(row)}`).join('\n');
}

/** Columns that a text takes in a terminal: combining marks none, East Asian letters and emoji two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/^(?:\p{M}|[\u200b-\u200d])$/u.test(character)) continue;
    width +=
      /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** `0.8421` */
export const fixed = (value: number, digits = 4): string => value.toFixed(digits);

/** `25.2%` */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** `0.817 to 0.866` */
export const formatInterval = ({ low, high }: { low: number; high: number }): string =>
  `${fixed(low, 3)} to ${fixed(high, 3)}`;

/** Parameters as `l2 1, trees 100`, numbers to four digits; nothing when there is none. */
export function formatParams(params: unknown): string {
  return Object.entries((params ?? {}) as Record<string, unknown>)
    .map(
      ([name, value]) => `${name} ${typeof value === 'object' ? shortJson(value) : String(shortly(value))}`,
    )
    .join(', ');
}

const shortJson = (value: unknown): string => JSON.stringify(value, (_, inside) => shortly(inside));

/** Drawn parameters have seventeen digits; whole numbers stay as they are. */
const shortly = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/** A path as a person would type it here: relative when that is shorter, without control characters. */
export function shownPath(path: string, cwd: string = process.cwd()): string {
  const here = relative(cwd, path);
  const shorter = here !== '' && here.length < path.length ? here : path;
  // A file's name must not steer the terminal.
  return shorter.replace(/\p{Cc}/gu, '?');
}

/** How the person called the program: `./holdfast` as its launcher says, `npx holdfast`, or plainly `holdfast`. */
export function programName(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.HOLDFAST_COMMAND) return shellWord(env.HOLDFAST_COMMAND);
  return env.npm_command === 'exec' ? 'npx holdfast' : 'holdfast';
}

/** A word for the command line that a person may copy: in quotes where a shell would take it apart. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
