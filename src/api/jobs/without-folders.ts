/** Who asks for jobs over HTTP learns nothing of where the server keeps its files. */
import { relative, sep } from 'node:path';
import type { Workspace } from '../../store/workspace.ts';

/** The text with paths in the project folder made relative to it, and a workspace elsewhere as `HOLDFAST_HOME`. */
export function withoutFolders(
  text: string,
  { projectFolder, root }: Pick<Workspace, 'projectFolder' | 'root'>,
): string {
  const isInside = root.startsWith(`${projectFolder}${sep}`);
  const workspace = isInside ? relative(projectFolder, root) : 'HOLDFAST_HOME';
  const short = text.replace(pathsAt(root), (_, below = '') => `${workspace}${below}`);
  return short.replace(pathsAt(projectFolder), (_, below = '') => below.slice(1) || '.');
}

/** Paths that begin with the folder; none of which it is only a part: `/srv/churn` is not in `/mnt/srv/churn2`. */
const pathsAt = (folder: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}._/\\\\-])${RegExp.escape(folder)}(?![\\p{L}\\p{N}_-])([/\\\\][^\\s"'),;]*)?`,
    'gu',
  );
