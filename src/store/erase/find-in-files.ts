/**
 * Which files around the workspace name a customer: scored lists, tables, exports, old copies of the database. They are
 * somebody's, so they are told and never changed.
 *
 * Text and binary files are searched byte by byte. Packed ones (zip, gzip, Parquet, Excel) are told unsearched; a backup
 * of Holdfast among them with the moment it was made. Models, and the rows kept beside them, hold no ids and are passed
 * over.
 */
import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { openBackup } from '../backup/archive-reader.ts';
import { searchFile } from './search-file.ts';

export interface FoundFiles {
  readonly named: readonly { readonly path: string; readonly lines: number | null }[];
  readonly backups: readonly { readonly path: string; readonly created: string }[];
  /** Packed: what is in them was not looked at. */
  readonly packed: readonly string[];
  /** Not to be read by us. */
  readonly unreadable: readonly string[];
  readonly searched: number;
  /** There were more files than one run looks at. */
  readonly isCutShort: boolean;
}

export interface SearchedFolders {
  /** Each with all below it; a folder inside another is looked at once. */
  readonly folders: readonly string[];
  /** The database in use, which is purged rather than told, and what must not be told. */
  readonly leaveOut: readonly string[];
  /** Where models are kept. */
  readonly models?: string;
  readonly mostFiles?: number;
}

export async function findInFiles(
  text: string,
  { folders, leaveOut, models, mostFiles = 20_000 }: SearchedFolders,
  signal?: AbortSignal,
): Promise<FoundFiles> {
  const named: { path: string; lines: number | null }[] = [];
  const backups: { path: string; created: string }[] = [];
  const packed: string[] = [];
  const unreadable: string[] = [];
  const left = new Set(leaveOut.map((path) => resolve(path)));
  let searched = 0;
  let isCutShort = false;
  const look = async (path: string): Promise<void> => {
    try {
      if (await isPacked(path)) {
        const created = await backupMoment(path);
        if (created !== null) backups.push({ path, created });
        else if (models === undefined || !path.startsWith(`${resolve(models)}${sep}`)) packed.push(path);
        return;
      }
      const found = await searchFile(path, text);
      if (found.isBinary ? found.anywhere > 0 : found.words > 0)
        named.push({ path, lines: found.isBinary ? null : found.lines });
    } catch {
      unreadable.push(path);
    }
  };
  for (const folder of outermost(folders)) {
    for await (const path of filesBelow(folder)) {
      signal?.throwIfAborted();
      if (left.has(path)) continue;
      if (searched === mostFiles) {
        isCutShort = true;
        break;
      }
      searched++;
      await look(path);
    }
  }
  return { named, backups, packed, unreadable, searched, isCutShort };
}

function outermost(folders: readonly string[]): readonly string[] {
  const all = [...new Set(folders.map((folder) => resolve(folder)))];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(`${other}${sep}`)));
}

/** Folders of tools, where no person keeps customers. */
const toolFolders = new Set(['node_modules', '.git', '.toolchain', '.cache']);

async function* filesBelow(folder: string): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // Links are not followed: they may lead anywhere, and round in circles.
    if (entry.isDirectory() && !toolFolders.has(entry.name)) yield* filesBelow(path);
    else if (entry.isFile() && !entry.name.endsWith('.holdfast')) yield path;
  }
}

/** How packed files begin: zip (also Excel), gzip, Parquet, Zstandard, bzip2, xz. */
const packedSigns = ['504b0304', '504b0506', '1f8b', '50415231', '28b52ffd', '425a68', 'fd377a58'];

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead).toString('hex');
    return packedSigns.some((sign) => start.startsWith(sign));
  } finally {
    await file.close();
  }
}

/** ISO time; null for what is no backup of Holdfast. */
async function backupMoment(path: string): Promise<string | null> {
  try {
    const backup = await openBackup(path);
    backup.close();
    return backup.manifest.created;
  } catch {
    return null;
  }
}
