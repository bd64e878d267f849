/**
 * A folder for temporary files, named after the machine and process that made it, so that what a killed process left
 * behind is found and removed by the next one.
 */
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../base/hash.ts';

/** A process number says something on its own machine only; a folder may be shared by several. */
const prefix = `holdfast-${sha256(hostname()).slice(0, 8)}-`;

/** A new folder in `parent`. The first one of a process removes those of processes that are gone. */
export async function makeScratchFolder(parent = tmpdir()): Promise<string> {
  if (!cleaned.has(parent)) {
    cleaned.add(parent);
    await removeAbandoned(parent);
  }
  return mkdtemp(join(parent, `${prefix}${process.pid}-`));
}

const cleaned = new Set<string>();

/** Removes the folders of this machine's ended processes, as far as it may; never fails. */
export async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(prefix) ? /^(\d+)-\w+$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => null);
    // In a folder for everyone a name alone proves nothing.
    if (!found?.isDirectory() || (process.getuid && found.uid !== process.getuid())) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
