/**
 * Artefacts in a folder: `blobs/ab/<sha256>`, the first two letters as a sub-folder so that none grows too long.
 *
 * A file is written under a name of its own, flushed, renamed, and its folder flushed. Two processes may put the
 * same content at once: the second rename replaces a file by an equal one.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError, NotFoundError } from '../../base/errors.ts';
import { sha256, sha256Stream } from '../../base/hash.ts';
import { printable } from '../../base/text.ts';
import { syncFolder } from '../../data/sources/sync-folder.ts';
import { type Modes, makeFolder, ownerOnly, unwritable, writeWholeFile } from '../whole-file.ts';
import { type Artifact, type ArtifactStore, isArtifactName } from './artifact-store.ts';

/** Artefacts under `folder`; it appears with the first one. */
export function openFolderArtifacts(folder: string, modes: Modes = ownerOnly): ArtifactStore {
  const blobs = join(folder, 'blobs');
  const pathOf = (name: string): string => join(blobs, name.slice(0, 2), name);
  const make = (path: string): Promise<void> => makeFolder(path, 'workspace.unwritable', modes.folder);
  const known = (name: string): string => (isArtifactName(name) ? pathOf(name) : notFound(name));
  return {
    place: folder,
    async put(content) {
      const name = sha256(content);
      const path = pathOf(name);
      if ((await hashOf(path)) !== name) {
        await make(dirname(path));
        await writeWholeFile(path, content, 'workspace.unwritable', modes.file);
      }
      return { sha256: name, bytes: content.length };
    },
    async putFile(file) {
      await make(blobs);
      const temporary = join(blobs, `.${randomUUID()}.part`);
      try {
        const copied = await copyHashed(file, temporary, modes.file);
        const path = pathOf(copied.sha256);
        if ((await hashOf(path)) !== copied.sha256) {
          await make(dirname(path));
          await rename(temporary, path);
          await syncFolder(dirname(path));
        }
        return copied;
      } catch (cause) {
        throw unwritable('workspace.unwritable', file, cause);
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async read(name) {
      const content = await readFile(known(name)).catch((cause) => notFound(name, cause));
      if (sha256(content) !== name) throw damaged(name);
      return content;
    },
    has: async (name) => isArtifactName(name) && (await sizeOf(pathOf(name))) !== null,
    list: () => list(blobs),
    async remove(name) {
      if (!isArtifactName(name) || (await sizeOf(pathOf(name))) === null) return false;
      await rm(pathOf(name), { force: true });
      await syncFolder(dirname(pathOf(name)));
      return true;
    },
  };
}

async function list(blobs: string): Promise<readonly Artifact[]> {
  const found: Artifact[] = [];
  const below = async (folder: string): Promise<string[]> =>
    (await readdir(folder).catch((): string[] => [])).sort();
  for (const start of await below(blobs)) {
    if (!/^[0-9a-f]{2}$/.test(start)) continue;
    for (const name of await below(join(blobs, start))) {
      // Names of unfinished files begin with a dot.
      const bytes = isArtifactName(name) ? await sizeOf(join(blobs, start, name)) : null;
      if (bytes !== null) found.push({ sha256: name, bytes });
    }
  }
  return found;
}

async function copyHashed(from: string, to: string, mode: number): Promise<Artifact> {
  const hash = sha256Stream();
  let bytes = 0;
  const file = await open(to, 'wx', mode);
  try {
    for await (const piece of createReadStream(from) as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The hash of a file; null when there is none. */
async function hashOf(path: string): Promise<string | null> {
  if ((await sizeOf(path)) === null) return null;
  const hash = sha256Stream();
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest('hex');
}

/** Bytes of an ordinary file; null for anything else. */
async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.size : null;
}

const shortName = (name: string): string => printable(basename(name)).slice(0, 12);

function notFound(name: string, cause?: unknown): never {
  throw new NotFoundError(
    'artifact.not-found',
    `artifacts: ${shortName(name)} is not among the kept files; restore a backup, or register the model file again`,
    { artifact: shortName(name) },
    { cause },
  );
}

const damaged = (name: string): Error =>
  new DataError(
    'artifact.damaged',
    `artifacts: ${shortName(name)} is not what was kept under this name; restore a backup, or register the model file again`,
    { artifact: shortName(name) },
  );
