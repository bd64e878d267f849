/** The list of rejected rows beside a scored list: `scored.csv` has its own in `scored.rejected.csv`. */
import { createReadStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { UnavailableError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Break } from '../data/check.ts';
import { type OutColumn, writeRows } from '../data/sources/write.ts';

const columns: readonly OutColumn[] = [
  { name: 'row', kind: 'number' },
  { name: 'code', kind: 'text' },
  { name: 'column', kind: 'text' },
  { name: 'reason', kind: 'text' },
];

export const rejectedName = (output: string): string => `${output.replace(/\.[^./\\]+$/, '')}.rejected.csv`;

/** Throws `output.unwritable` when a file of that name is there that no scoring wrote: it is somebody else's. */
export async function refuseForeignRejected(output: string): Promise<void> {
  const path = rejectedName(output);
  if ((await lstat(path).catch(() => null)) === null || (await isOurs(path))) return;
  const who = printable(basename(path));
  throw new UnavailableError(
    'output.unwritable',
    `${who}: rejected rows would be written over this file, which is no list of rejected rows; move it, or give the result another name`,
    { path },
  );
}

/** Writes the rejected rows; gives the path when there are any. */
export async function writeRejected(output: string, broken: readonly Break[]): Promise<string | null> {
  if (broken.length === 0) return null;
  const path = rejectedName(output);
  const rows = broken.map(({ row, code, column, reason }) => [row + 1, code, column, reason]);
  // Read by a person, and columns may have any name.
  await writeRows(path, columns, rows, { forPeople: true });
  return path;
}

/** Removes the list of an earlier scoring, which the new result makes untrue; true when there was one. */
export async function removeRejected(output: string): Promise<boolean> {
  const path = rejectedName(output);
  if ((await lstat(path).catch(() => null)) === null || !(await isOurs(path))) return false;
  await rm(path, { force: true });
  return true;
}

/** Does it begin as a list of rejected rows does? */
async function isOurs(path: string): Promise<boolean> {
  const info = await lstat(path);
  if (!info.isFile()) return false;
  const lines = createInterface({ input: createReadStream(path, { encoding: 'utf8', end: 200 }) });
  for await (const line of lines) {
    lines.close();
    return line === columns.map(({ name }) => name).join(',');
  }
  return false;
}
