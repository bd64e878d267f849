/** Files that are there whole or not at all: written under another name, flushed to the disk, then renamed. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type CodeOf, HoldfastError, UnavailableError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { syncFolder } from '../data/sources/sync-folder.ts';
import { targetOf } from '../data/sources/target-file.ts';
import { removeLeftOvers, temporaryFile } from '../data/sources/temporary-file.ts';

/** Modes of what is made, before the umask takes from them; what is there already is left as it is. */
export interface Modes {
  readonly folder: number;
  readonly file: number;
}

/** A workspace holds customers' values: what Holdfast makes in it is for the system user that it runs as. */
export const ownerOnly: Modes = { folder: 0o700, file: 0o600 };
/** What a person asked for by name goes where they share files as they please. */
export const asUmask: Modes = { folder: 0o777, file: 0o644 };

const modesOf = (code: CodeOf<'UnavailableError'>): Modes =>
  code === 'workspace.unwritable' ? ownerOnly : asUmask;

/**
 * Writes a file so that a reader, or a machine that loses power, finds the old content or the new one.
 * A failure leaves nothing behind and is thrown with the code given; a stream's own coded error stays what it is.
 */
export async function writeWholeFile(
  wanted: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  code: CodeOf<'UnavailableError'> = 'output.unwritable',
  mode = modesOf(code).file,
): Promise<void> {
  const path = await targetOf(wanted).catch((cause: unknown) => {
    throw unwritable(code, wanted, cause);
  });
  const folder = dirname(path);
  const temporary = temporaryFile(path);
  await removeLeftOvers(path);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    // A stream may fail for a reason of its own.
    if (cause instanceof HoldfastError) throw cause;
    throw unwritable(code, path, cause);
  }
}

/** Makes a folder and those above it. */
export async function makeFolder(
  path: string,
  code: CodeOf<'UnavailableError'> = 'workspace.unwritable',
  mode = modesOf(code).folder,
): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode });
  } catch (cause) {
    throw unwritable(code, path, cause);
  }
}

/** A file system's refusal as a coded error that names the file and the reason (ENOSPC, EACCES). */
export function unwritable(code: CodeOf<'UnavailableError'>, path: string, cause: unknown): Error {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return new UnavailableError(
    code,
    `${printable(basename(path))}: cannot be written (${reason}); check the folder, its permissions and the free space`,
    { file: basename(path), reason },
    { cause },
  );
}
