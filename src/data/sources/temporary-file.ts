/**
 * The name that a file has beside its place while it is written, and what earlier processes left there.
 *
 * A process that was killed takes its file away no more: a list of ten million customers would lie there unseen for ever. The name tells
 * machine and process, so that whoever writes to the same place next removes what belongs to a process of this machine that is gone.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { sha256 } from '../../base/hash.ts';

/** File systems allow 255 bytes. */
const mostNameBytes = 180;
const machine = sha256(hostname()).slice(0, 8);

/** A path beside `path` that nobody has, on the same file system. */
export function temporaryFile(path: string): string {
  const owner = `${machine}-${process.pid}-${randomBytes(6).toString('hex')}`;
  return join(dirname(resolve(path)), `${beginning(path)}${owner}.part`);
}

/** Removes what processes that are gone left of writing to `path`. What can't be removed is left: it harms nothing. */
export async function removeLeftOvers(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const start = beginning(path);
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(start) && isLeftOver(name.slice(start.length)));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => {})));
}

function beginning(path: string): string {
  const name = basename(path);
  return `.${Buffer.byteLength(name) > mostNameBytes ? sha256(name).slice(0, 16) : name}.`;
}

function isLeftOver(owner: string): boolean {
  const [, where, pid] = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.part$/.exec(owner) ?? [];
  return where === machine && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
