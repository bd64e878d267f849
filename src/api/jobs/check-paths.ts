/**
 * Paths of a job stay in the project folder and out of the workspace, also where a link would lead elsewhere: who may
 * ask for jobs may not read or write other files of the machine, nor the database, models and keys of the workspace.
 */
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ConflictError, NotFoundError, ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { JobPaths } from './job-kind.ts';

/** Throws `job.path`, `data.not-found` or `job.exists`. Looked at when the job is asked for, and again before it runs. */
export function checkPaths(
  { reads = [], writes = [], models = [], overwrite = false }: JobPaths,
  { projectFolder, root }: Pick<Workspace, 'projectFolder' | 'root'>,
): void {
  const files = models.filter(
    (one) => one?.endsWith('.holdfast') || one?.includes('/') || one?.includes(sep),
  );
  for (const path of [...reads, ...files]) {
    if (path === undefined) continue;
    const place = within(path, projectFolder, root);
    if (!statSync(place, { throwIfNoEntry: false })?.isFile()) {
      throw new NotFoundError(
        'data.not-found',
        `${printable(basename(path))}: there is no such file in the project folder; check the path`,
        { path },
      );
    }
  }
  for (const path of writes) {
    if (path === undefined) continue;
    const place = within(path, projectFolder, root);
    if (overwrite || !existsSync(place)) continue;
    throw new ConflictError(
      'job.exists',
      `${printable(basename(path))}: it is there already; give another name, or overwrite: true`,
      { path },
    );
  }
}

/** The real place of a path, of which the last parts may not exist yet. */
function within(path: string, folder: string, workspace: string): string {
  // Behind a link `..` leads elsewhere than the text of the path says.
  if (path.split(/[/\\]/).includes('..')) throw outside(path);
  const place = realOf(resolve(folder, path));
  // What the workspace holds is read and changed by its own functions only; models are named, not opened by path.
  if (isIn(place, realOf(workspace))) throw outside(path);
  if (isIn(place, realOf(folder)) && place !== realOf(folder)) return place;
  throw outside(path);
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    // A link that leads nowhere is not followed: what is written there would be made at its far end.
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT' && !isLink(path);
    if (!isMissing || dirname(path) === path) throw outside(path);
    return join(realOf(dirname(path)), basename(path));
  }
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

const isIn = (place: string, folder: string): boolean => {
  const way = relative(folder, place);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const outside = (path: string) =>
  new ParamError(
    'job.path',
    `${printable(path)}: a job reads and writes in the project folder only, and not in the workspace; give a path relative to that folder`,
    { path },
  );
