/** Refuses a result's path before the work rather than after it: no such folder, not writable, the input itself. */
import { existsSync } from 'node:fs';
import { open, realpath, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { defaultProjectFile } from '../base/default-project-file.ts';
import { DataError, ParamError, UnavailableError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { targetOf } from '../data/sources/target-file.ts';
import { temporaryFile } from '../data/sources/temporary-file.ts';

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

export interface OutputRules {
  /** Files that are read and must not be written over. */
  readonly inputs?: readonly string[];
  /** The name must be that of a CSV or Parquet file. */
  readonly table?: boolean;
  /** It is a project file that is written. */
  readonly project?: boolean;
}

export async function checkOutput(
  path: string,
  { inputs = [], table = false, project = false }: OutputRules,
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
  await refuseOwnFiles(who, path, project);
  await refuseUnwritable(who, path);
}

/** The workspace keeps what can't be made again, and a project file is written by hand: no result goes there. */
async function refuseOwnFiles(who: string, path: string, project: boolean): Promise<void> {
  const real = await realpath(path).catch(async () => {
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
    return join(folder, basename(path));
  });
  const isProject = !project && basename(real) === defaultProjectFile;
  if (!isProject && !isInWorkspace(real)) return;
  throw new ParamError(
    'usage.argument',
    isProject
      ? `${who}: the result would be written over a project file; give it another name`
      : `${who}: the result would be written into a workspace, where models and the database are kept; give it another folder`,
    { path },
  );
}

function isInWorkspace(path: string): boolean {
  for (
    let folder = dirname(path), below = basename(path);
    ;
    below = basename(folder), folder = dirname(folder)
  ) {
    if (basename(folder) === '.holdfast') return true;
    // A workspace that HOLDFAST_HOME names may be a folder that holds other things too.
    const isOwn = below === 'artifacts' || below.startsWith('holdfast.db');
    if (isOwn && existsSync(join(folder, 'holdfast.db'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => null)));
  return first !== null && first === second;
}

async function refuseUnwritable(who: string, path: string): Promise<void> {
  const probe = temporaryFile(path);
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
