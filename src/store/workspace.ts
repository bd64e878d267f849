/**
 * The workspace: the folder where Holdfast keeps what it made.
 *
 * `HOLDFAST_HOME`, else `.holdfast/` beside the nearest `holdfast.yaml` upward from the working directory, else
 * in the working directory. Nothing is made here: folders appear with the first thing saved.
 */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { defaultProjectFile } from '../base/default-project-file.ts';
import { makeFolder, writeWholeFile } from './whole-file.ts';

export interface Workspace {
  readonly root: string;
  /** Where the model files are. */
  readonly modelFolder: string;
  /** The folder of the nearest project file, else the working directory. */
  readonly projectFolder: string;
  /** The nearest project file, if there is one. */
  readonly projectFile: string | null;
  /** Where relative paths begin. */
  readonly cwd: string;
}

export function openWorkspace(place: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Workspace {
  const cwd = resolve(place.cwd);
  const projectFile = nearestProjectFile(cwd);
  const projectFolder = projectFile ? dirname(projectFile) : cwd;
  const home = place.env.HOLDFAST_HOME;
  const root = home ? resolve(cwd, home) : join(projectFolder, '.holdfast');
  return { root, modelFolder: join(root, 'artifacts', 'models'), projectFolder, projectFile, cwd };
}

/** Writes a small file into the workspace and removes it; throws `workspace.unwritable` where that fails. Gives the folder. */
export async function probeWorkspace({ root }: Workspace): Promise<string> {
  const probe = join(root, `.probe-${randomUUID()}`);
  await makeFolder(root);
  await writeWholeFile(probe, 'probe\n', 'workspace.unwritable');
  await rm(probe, { force: true });
  return root;
}

function nearestProjectFile(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, defaultProjectFile);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
    if (dirname(folder) === folder) return null;
  }
}
