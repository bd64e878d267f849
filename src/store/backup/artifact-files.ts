/** The files that a workspace keeps beside its database. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { byCodeUnit } from '../../table/column.ts';
import { isPortablePath } from './manifest.ts';

export const artifactFolder = (root: string): string => join(root, 'artifacts');

/** Where a backup, and a folder of artefacts, has the content of this hash. */
export const blobPath = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256}`;

/** What a writer that was cut off leaves behind: nobody looks for it. */
const isUnfinished = (name: string): boolean => name.startsWith('.') && name.endsWith('.part');

/**
 * Paths below `artifacts`, with slashes, sorted. Links are followed, each folder once. A name that not every system
 * can hold is `backup.unfit`.
 */
export async function listArtifacts(root: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const seen = new Set<string>();
  const walk = async (folder: string, prefix: string): Promise<void> => {
    const real = await realpath(folder).catch(() => null);
    if (real === null || seen.has(real)) return;
    seen.add(real);
    for (const name of await readdir(folder)) {
      if (isUnfinished(name)) continue;
      const path = `${prefix}${name}`;
      const facts = await stat(join(folder, name)).catch(() => null);
      if (facts?.isDirectory()) await walk(join(folder, name), `${path}/`);
      else if (facts?.isFile()) paths.push(checked(path));
    }
  };
  await walk(artifactFolder(root), '');
  return paths.sort(byCodeUnit);
}

function checked(path: string): string {
  if (isPortablePath(path)) return path;
  throw new DataError(
    'backup.unfit',
    `artifacts/${printable(path)}: a backup cannot carry a file of this name; rename it, without backslashes and control characters`,
    { file: printable(path) },
  );
}
