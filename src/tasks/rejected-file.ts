/** The list of rejected rows beside a scored list: `scored.csv` has its own in `scored.rejected.csv`, `scored.parquet` in `scored.parquet.rejected.csv`. */
import { createReadStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { UnavailableError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Break } from '../data/check.ts';
import { createTableWriter, type OutColumn, type TableWriter } from '../data/sources/write.ts';

const columns: readonly OutColumn[] = [
  { name: 'row', kind: 'number' },
  { name: 'code', kind: 'text' },
  { name: 'column', kind: 'text' },
  { name: 'reason', kind: 'text' },
];

/** Lists of one name in two formats have rejected rows of their own each. */
export const rejectedName = (output: string): string => `${output.replace(/\.csv$/i, '')}.rejected.csv`;

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

/** The list as it grows; nothing is written until a row is rejected. */
export interface RejectedWriter {
  append(broken: readonly Break[]): Promise<void>;
  /** Puts the list in its place; gives its path when a row was rejected. */
  finish(): Promise<string | null>;
  /** Leaves nothing behind; an earlier list stays as it was. */
  abandon(): Promise<void>;
}

export function rejectedWriter(output: string): RejectedWriter {
  const path = rejectedName(output);
  let writer: TableWriter | undefined;
  return {
    async append(broken) {
      if (broken.length === 0) return;
      // Read by a person, and columns may have any name.
      writer ??= await createTableWriter(path, columns, { forPeople: true });
      await writer.append(broken.map(({ row, code, column, reason }) => [row + 1, code, column, reason]));
    },
    async finish() {
      await writer?.finish();
      return writer ? path : null;
    },
    abandon: async () => writer?.abandon(),
  };
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
