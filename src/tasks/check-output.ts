/** Refuses a result's path before the work rather than after it: no such folder, not writable, the input itself. */
import { randomUUID } from 'node:crypto';
import { open, realpath, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { DataError, ParamError, UnavailableError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { targetOf } from '../data/sources/target-file.ts';

/** What a table can be written as. */
const tableExtensions = ['.csv', '.parquet'];

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist; make it first',
  ENOTDIR: 'its folder is a file; give another path',
  EISDIR: 'there is a folder of that name; give another name',
  ENOTREG: 'it is a device or a pipe, not a file; give another path',
  EACCES: 'the folder may not be written; change its permissions',
  EPERM: 'the folder may not be written; change its permissions',
  EROFS: 'the disk is read-only; give another path',
  ENOSPC: 'the disk is full; free some space',
  ENAMETOOLONG: 'the name is too long; give a shorter one',
};

/** `inputs`: files that are read and must not be written over. `table`: the name must be that of a CSV or Parquet file. */
export async function checkOutput(
  path: string,
  { inputs = [], table = false }: { readonly inputs?: readonly string[]; readonly table?: boolean },
): Promise<void> {
  const who = printable(basename(path));
  const extension = extname(path).toLowerCase();
  if (table && !tableExtensions.includes(extension)) {
    const received = extension === '' ? 'a name without an extension' : printable(extension);
    throw new DataError(
      'data.format',
      `${who}: received ${received}, writable are ${tableExtensions.join(', ')}; give the file one of these extensions`,
      { path },
    );
  }
  for (const input of inputs) {
    if (!(await isSameFile(path, input))) continue;
    throw new ParamError(
      'usage.argument',
      `${who}: the result would be written over ${printable(basename(input))}, which is read; give it another name`,
      { path },
    );
  }
  await refuseUnwritable(who, path);
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => null)));
  return first !== null && first === second;
}

async function refuseUnwritable(who: string, path: string): Promise<void> {
  const probe = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`);
  try {
    await targetOf(path);
    await (await open(probe, 'wx')).close();
    await rm(probe, { force: true });
  } catch (cause) {
    const system = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new UnavailableError(
      'output.unwritable',
      `${who}: the result cannot be written: ${reasons[system] ?? 'check the folder, its permissions and the free space'}`,
      { path, reason: system },
      { cause },
    );
  }
}
