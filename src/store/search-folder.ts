/**
 * Logs of searches in the workspace: `searches/KEY.jsonl`, one JSON value a line, appended and flushed to the disk one by
 * one, so that a search goes on after a kill.
 *
 * A kill in the middle of a line leaves a torn one: the next line begins on a line of its own, and readers pass over what
 * is no JSON. Nothing is kept open and nothing locked: whole lines of several processes may stand in one file.
 */
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../data/sources/sync-folder.ts';
import type { SearchLogs } from '../tasks/ports.ts';
import { ownerOnly, unwritable } from './whole-file.ts';
import type { Workspace } from './workspace.ts';

const ending = '.jsonl';
/** Logs of older searches are removed: they are small, but every change of the data begins a new one. */
const mostLogs = 100;

export function openSearchFolder({ root }: Pick<Workspace, 'root'>): SearchLogs {
  const folder = join(root, 'searches');
  const pathOf = (key: string): string => join(folder, `${key}${ending}`);

  /** Names of logs, the one written last first. Another process may remove one at any moment. */
  async function logs(): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(ifMissing([]));
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    const times = await Promise.all(
      names
        .filter((name) => name.endsWith(ending))
        .map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(ifMissing(gone))).mtimeMs })),
    );
    return times.sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
  }

  return {
    async read(key) {
      return parseLines(await readFile(pathOf(key), 'utf8').catch(() => ''));
    },
    async others(key) {
      const names = (await logs()).filter((name) => name !== `${key}${ending}`);
      return Promise.all(
        names.map(async (name) =>
          parseLines(await readFile(join(folder, name), 'utf8').catch(ifMissing(''))),
        ),
      );
    },
    append(key, value) {
      try {
        mkdirSync(folder, { recursive: true, mode: ownerOnly.folder });
        const file = openSync(pathOf(key), 'a+', ownerOnly.file);
        try {
          writeSync(file, `${endsTorn(file) ? '\n' : ''}${JSON.stringify(value)}\n`);
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
      } catch (cause) {
        throw unwritable('workspace.unwritable', pathOf(key), cause);
      }
    },
    async tidy() {
      for (const name of (await logs()).slice(mostLogs)) await rm(join(folder, name), { force: true });
      await syncFolder(folder);
    },
  };
}

/** A log that went meanwhile counts as the oldest. */
const gone = { mtimeMs: 0 };

const ifMissing =
  <Value>(value: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };

/** Whether a file ends in the middle of a line. */
function endsTorn(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 10;
}

const parseLines = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      // Torn by a kill.
      return [];
    }
  });
